"""Under a figure stand its source, the date of its data, its image and its citation."""

import re

import pandas as pd
from matplotlib.figure import Figure as Drawn
from publishing.small_book import build, write, write_notebook

from pic_analysis.publishing.display import Behind, Figure
from pic_analysis.publishing.figure_tools import source

ALT = "Une ligne qui monte de un à deux entre 2019 et 2020."
EDITION = {"citation": "Essai, Le livre.", "version_fr": "1.2", "date_fr": "17 mai 2026"}


def outputs(name: str, title: str):
    drawn = Drawn()
    drawn.text(0, 0, "Source : INSEE, 2020.")
    figure = Figure(drawn, alt=ALT, title=title, data=pd.DataFrame({"a": [1]}), name=name)
    data, metadata = figure._repr_mimebundle_()
    return {"data": data, "metadata": metadata}, {"data": Behind(figure)._repr_mimebundle_()}


def test_each_figure_has_its_own_tools_after_its_data(tmp_path):
    write(tmp_path, index="# Livre\n\n```{toctree}\ncarnet\n```\n")
    write_notebook(tmp_path, "carnet", *outputs("un", "Le premier"), *outputs("deux", "Le second"), markdown="# Carnet")
    book = build(tmp_path, html_context=EDITION)
    page = book.page("carnet")
    parts = page.split('<p class="figure-source">')[1:]
    assert len(parts) == 2
    for part, name, title in zip(parts, ("un", "deux"), ("Le premier", "Le second"), strict=True):
        assert part.startswith("Source\u00a0: INSEE, 2020. Données de l’édition du 17 mai 2026. ")
        image = re.search(rf'<a download="{name}.svg" href="([^"]+)">Télécharger {name}.svg</a>', part)
        assert "<svg" in (book.output / image[1]).read_text(encoding="utf-8")
        assert (
            f"Essai, Le livre, figure «\u00a0{title}\u00a0», page «\u00a0Carnet\u00a0», version 1.2, 17 mai 2026."
            in part
        )
    assert page.index("Télécharger un.csv") < page.index("Télécharger un.svg") < page.index("Télécharger deux.csv")


def test_one_page_edition_has_none(tmp_path):
    write(tmp_path, index="# Livre\n\n```{toctree}\ncarnet\n```\n")
    write_notebook(tmp_path, "carnet", *outputs("un", "Le premier"))
    assert "figure-source" not in build(tmp_path, builder="singlehtml", html_context=EDITION).page()


def test_day_of_retrieval_is_the_date_of_the_data():
    svg = "<text x='0'>2019</text><text>Source : INSEE ;</text><text>relevé du 3 mai 2026.</text><text>9.</text>"
    assert source(svg, "17 mai 2026") == "Source\u00a0: INSEE\u202f; relevé du 3 mai 2026."


def test_nothing_is_said_of_what_is_not_known():
    assert source("<text>Titre</text>") == ""
