"""Blocks of the open-data page: what is offered, in which formats, how big, with which fingerprint."""

from __future__ import annotations

import sys
from html import escape

from pic_analysis import paths
from pic_analysis.numbers_fr import integer
from pic_analysis.publishing import citation_file, data_package, open_data, ro_crate, theory_exports
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import ref, table
from pic_analysis.publishing.offered import COMPUTED, EVIDENCE, INDICATORS, Offered, offered
from pic_analysis.schemas import TABLES
from pic_analysis.study import Study

_PARTS = {
    "preuves": (EVIDENCE, "Tables des preuves"),
    "calculs": (COMPUTED, "Tables calculées à partir des preuves"),
    "indicateurs": (INDICATORS, "Tables des indicateurs"),
}
_HEADER = ["Table", "Une ligne", "Lignes", "Taille du CSV", "Télécharger"]
_TOOLS = {
    theory_exports.CODEBOOK: (
        "pour coder des entretiens sur cette théorie dans NVivo, MAXQDA, ATLAS.ti ou QualCoder : importer la grille "
        "(REFI-QDA, « Codebook »)"
    ),
    theory_exports.DIAGRAM: (
        "pour chercher ce qu’il faudrait observer afin d’isoler un effet : sur dagitty.net, remplacer le texte de "
        "« Model code » par celui du fichier, ou dans R `dagitty::dagitty(readLines(…))`"
    ),
    theory_exports.LINKS: (
        "pour la comparer à une carte tirée d’entretiens : dans un tableur, nommer la feuille `links`, l’enregistrer "
        "en XLSX, puis l’importer dans Causal Map comme liens seuls"
    ),
}
_WHOLE = {
    data_package.FILE: "le descripteur des tables, que lisent les outils Frictionless",
    ro_crate.FILE: "la description de l’ensemble pour les archives de recherche (RO-Crate)",
    citation_file.CODEMETA: "la notice du logiciel (CodeMeta), tirée de CITATION.cff",
    open_data.SUMS: "l’empreinte de chaque fichier (`sha256sum --check SHA256SUMS`)",
}


def tables(study: Study, options: dict[str, str]) -> str:
    """Return the tables of one part (``partie``) with their files; a sentence if the study has none."""
    part, caption = _PARTS[options["partie"]]
    own = [one for one in offered(study.settings.name) if one.part == part]
    return table(caption, _HEADER, [_row(study, one) for one in own]) if own else "Cette étude n’en publie pas encore."


def whole(study: Study, _: dict[str, str]) -> str:
    """Return what holds or describes all tables at once."""
    name = open_data.archive(study.settings.name)
    lines = [f"- {_file(study, name, name)} : tous les fichiers de cette page{_weight(study, name)}."]
    own = open_data.is_own(study, paths.root())
    described = {path: said for path, said in _WHOLE.items() if own or path != citation_file.CODEMETA}
    lines += [f"- {_file(study, path, path)} : {said}." for path, said in described.items()]
    return "\n".join(lines)


def fingerprints(study: Study, _: dict[str, str]) -> str:
    """Return the sha256 of every CSV, as ``sha256sum --check`` reads them."""
    lines = [f"{one.sha256}  {one.path}" for one in offered(study.settings.name)]
    return "\n".join(["```text", *lines, "```"])


def tools(study: Study, _: dict[str, str]) -> str:
    """Return the theory of change for other tools, each with a line on how to open it."""
    return "\n".join(
        f"- {_file(study, f'{theory_exports.FOLDER}/{name}', name)} : {said}." for name, said in _TOOLS.items()
    )


def number(study: Study) -> str:
    """Return the number of tables offered."""
    return integer(len(offered(study.settings.name)))


def licence(_: Study) -> str:
    """Return the name of the licence of the tables."""
    return data_package.LICENCE["title"]


def citation(study: Study) -> str:
    """Return how to cite the book, its data and its code."""
    return open_data.citation_of(study, paths.root()).cited


def _row(study: Study, one: Offered) -> list[str]:
    title = one.table.title_fr
    # Evidence tables have a card in the data dictionary; the schema of the others says as much.
    known = one.part == EVIDENCE and one.table.name in TABLES
    formats = {
        "CSV": one.path,
        "schéma": one.schema_path,
        "Excel": one.excel_path,
        "Parquet": one.parquet_path,
    }
    return [
        ref("table", one.table.name, title) if known else plain(title),
        plain(one.table.row_fr),
        integer(len(one.frame)),
        size(len(one.content)),
        ", ".join(_file(study, path, text, f"{text}, {title}") for text, path in formats.items()),
    ]


def _file(study: Study, path: str, text: str, heard: str = "") -> str:
    """Return a link to a file of the published folder, at an address that does not change."""
    address = f"{open_data.PLACE}/{study.settings.name}/{path}"
    label = f' aria-label="{escape(heard, quote=True)}"' if heard else ""
    return f'<a href="{escape(address, quote=True)}" download{label}>{plain(text)}</a>'


def _weight(study: Study, path: str) -> str:
    name = study.settings.name
    file = paths.home(name) / open_data.SITE / open_data.PLACE / name / path
    sys.audit("pic_analysis.read", str(file))  # its size is read, though it is not opened
    return f" ({size(file.stat().st_size)})" if file.is_file() else ""


def size(octets: int) -> str:
    r"""Return the size of a file as French readers write it.

    >>> size(12), size(12_345), size(2_024_590)
    ('1\xa0ko', '12\xa0ko', '2\u202f025\xa0ko')
    """
    return f"{integer(max(1, round(octets / 1000)))}\N{NO-BREAK SPACE}ko"
