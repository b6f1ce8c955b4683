"""Derive the pages of a study's book from what its tables hold: a page for what is there, none for what is not.

The compendium's own book is written by hand, in ``book``; the books of the other studies are made here. A page written
by hand in ``studies/<study>/pages`` stands in place of the derived page of the same name, or is added to the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pic_analysis.evidence.passport import accounts
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.publishing.notebooks import Job
from pic_analysis.reading.settings import Package
from pic_analysis.study import Study
from pic_analysis.vocabulary import SEVERITIES, SPEAKER_KINDS

SECTIONS = (
    ("changement", "ce qui a changé", "1"),
    ("contribution", "les indices de contribution", "2"),
    ("limites", "autres explications et limites", "3"),
)
DICTIONARY = (
    (
        "recit",
        "Tables du récit et des sources",
        "statements citations testimonies double_coding sources stakeholders timeline",
    ),
    (
        "theorie",
        "Tables de la théorie du changement",
        "theory_nodes theory_links mechanisms link_support rivals rival_fates",
    ),
    (
        "conclusions",
        "Tables des conclusions, enseignements et recommandations",
        "conclusions lessons lesson_points recommendations recommendation_points follow_up conclusion_support "
        "lesson_support recommendation_answers",
    ),
    (
        "controle",
        "Tables des faits chiffrés et du contrôle",
        "facts announced_counts page_references repeated_quotations discrepancies cleaning_log quarantine",
    ),
)
"""Pages of the data dictionary: whole, it would weigh too much."""
_IN_CHARGE = ("contact", "responsable-traitement", "delegue", "base-legale", "conservation")
_SPEAKERS = {"interview": "Entretiens", "expert": "Experts", "document": "Documents"}


@dataclass(frozen=True)
class Page:
    """One page: its name in the book, its text (empty: a notebook makes it), its title there, the pages below it."""

    name: str
    text: str = ""
    title: str = ""
    below: tuple[Page, ...] = ()

    @property
    def every(self) -> Iterator[Page]:
        """The page and those below it."""
        yield self
        for page in self.below:
            yield from page.every


@dataclass(frozen=True)
class Book:
    """A home page, then captioned parts."""

    home: Page
    parts: tuple[tuple[str, tuple[Page, ...]], ...]

    @property
    def every(self) -> Iterator[Page]:
        """Every page, in order."""
        yield self.home
        for _, pages in self.parts:
            for page in pages:
                yield from page.every


def book(study: Study, made: Iterable[Job], indicators: Mapping[str, str], *, offered: bool, publisher: bool) -> Book:
    """Return the book of a study.

    Parameters
    ----------
    study
        The evaluation; its tables may be empty.
    made
        The notebooks executed for it.
    indicators
        Titles of its indicators by identifier; empty if it has none.
    offered
        Whether its tables are published as open data.
    publisher
        Whether the study says, or has a place to say, who publishes it.
    """
    pages = _Pages(study, {job.output.stem: job for job in made}, indicators, offered, publisher)
    parts = (
        ("L’essentiel", pages.essentials()),
        ("Les preuves", pages.evidence()),
        ("Ce que l’évaluation conclut", pages.findings()),
        ("Suivre le territoire", pages.monitoring()),
        ("Pour vérifier", pages.checks()),
    )
    return Book(pages.home(), tuple((caption, found) for caption, found in parts if found))


@dataclass(frozen=True)
class _Pages:
    study: Study
    made: Mapping[str, Job]
    indicators: Mapping[str, str]
    offered: bool
    publisher: bool

    def home(self) -> Page:
        about = self.study.settings
        known = [
            count(len(table), one, many)
            for table, one, many in (
                (self.study.statements, "constat", "constats"),
                (self.study.testimonies, "voix", "voix"),
                (self.study.conclusions, "conclusion", "conclusions"),
            )
            if len(table)
        ]
        known += [count(len(self.indicators), "indicateur")] if self.indicators else []
        held = f"Ce livre contient {enumerate_fr(known)}." if known else "Cette étude ne contient encore aucune donnée."
        if "atelier_de_codage" in self.made:
            held += " L’[atelier de codage](atelier_de_codage.ipynb) montre ce que valent les codages des entretiens."
        return _page(
            "index",
            title=about.title_fr,
            territory=about.territory,
            insee=about.insee,
            year=str(about.year),
            state=held,
            citation=self._citation(),
        )

    def essentials(self) -> tuple[Page, ...]:
        study = self.study
        held = {"reparations": len(study.cleaning_log), "quarantaine": len(study.quarantine)}
        repairs = "\n\n".join(_block(name) for name, rows in held.items() if rows)
        note = study.settings.readings_note
        double = _template("double").replace("{{note}}", note) if len(study.double_coding) else ""
        method = _page("methode", double=double, repairs=repairs) if self._evidence else None
        return _some(method, self._notebook("synthese"))

    def evidence(self) -> tuple[Page, ...]:
        study, about = self.study, self.study.settings
        cases = tuple(_some(*(self._notebook(case.page, "etudes-de-cas/") for case in about.cases)))
        packages = tuple(self._package(package) for package in about.packages if package.page in self.made)
        listed = {
            "etudes-de-cas/index": "\n".join(f"- [{c.label_fr}]({c.page}.ipynb)" for c in about.cases),
            "paquets/index": "\n".join(f"- [{p.label_fr} ({p.id})]({p.page}.ipynb)" for p in about.packages),
        }
        impacts = (study.statements["package"] == about.impacts).any() and about.impacts not in {
            p.id for p in about.packages
        }
        return _some(
            *self._theory(),
            _page("carte-des-preuves") if len(study.citations) else None,
            _page("etudes-de-cas/index", "etudes-de-cas", cases, list=listed["etudes-de-cas/index"]) if cases else None,
            _page("paquets/index", "paquets", packages, list=listed["paquets/index"]) if packages else None,
            _page("impacts", letter=about.impacts) if impacts else None,
            self._voices(),
        )

    def findings(self) -> tuple[Page, ...]:
        study = self.study
        cards = tuple(
            _page(f"conclusions/{name.lower()}", "conclusion", id=name, number=str(int(name[3:])))
            for name in study.conclusions["conclusion_id"]
        )
        bare = any(account.mention for kind in ("conclusion", "lesson") for account in accounts(study).all(kind))
        lessons = self._by_theme("enseignements", study.settings.lesson_themes, "volet", study.lessons["theme"])
        advice = study.recommendations["theme"]
        advised = self._by_theme("recommandations", study.settings.recommendation_themes, "theme", advice)
        gaps = self._blocks("ecarts", "gravite", SEVERITIES, study.discrepancies["severity"], "Écarts {}s")
        titles = dict(zip(study.sources["source_id"], study.sources["title"], strict=True))
        printed = self._blocks("faits", "source", titles, study.facts["source_id"], "{}")
        return _some(
            _page(
                "conclusions",
                below=cards,
                bare=_block("sans-chaine") if bare else "",
                sections=self._by_package("conclusions"),
            )
            if cards
            else None,
            self._notebook("solidite"),
            _page("explications-rivales", sections=self._by_package("rivales"))
            if cards or len(study.lessons)
            else None,
            lessons,
            advised,
            _page("ecarts-de-source", sections=gaps) if len(study.discrepancies) else None,
            _page("controles") if self._evidence else None,
            _page("faits-chiffres", sections=printed) if len(study.facts) else None,
        )

    def monitoring(self) -> tuple[Page, ...]:
        if not self.indicators:
            return ()
        cards = tuple(
            _page(f"indicateurs/{name.lower()}", "indicateur", id=name, title=f"{title[:1].upper()}{title[1:]}")
            for name, title in self.indicators.items()
        )
        letters = {"P": "Les séries publiques", "L": "Le suivi local"}
        own = [name[0] for name in self.indicators]
        listed = self._blocks("catalogue-des-indicateurs", "lettre", letters, own, "{}")
        asked = [self._notebook(stem, "questions-effet/") for stem in self.made if stem.startswith("qef")]
        return _some(
            self._notebook("etat-annuel"),
            _page("quoi-de-neuf"),
            _page("indicateurs/index", "indicateurs", cards, sections=listed),
            _page("suivi-local"),
            *asked,
        )

    def checks(self) -> tuple[Page, ...]:
        study = self.study
        sources = {"Documents": ("sources", len(study.sources)), "Chronologie": ("chronologie", len(study.timeline))}
        told = "\n\n".join(f"## {title}\n\n{_block(name)}" for title, (name, rows) in sources.items() if rows)
        series = "## Indicateurs\n\n" + _block("donnees-ouvertes", partie="indicateurs") if self.indicators else ""
        return _some(
            self._notebook("suivre_une_conclusion"),
            self._notebook("atelier_de_codage"),
            _page("sources", sections=told) if told else None,
            _page("donnees-ouvertes", indicators=series) if self.offered and self._evidence else None,
            self._dictionary() if self.offered or self._evidence else None,
            _page("licences", citation=self._citation(), publisher=self._publisher(*_IN_CHARGE)),
            _page("accessibilite", contact=self._publisher("contact-accessibilite")),
            _page("mentions-legales") if self.publisher else None,
        )

    def _dictionary(self) -> Page:
        below = tuple(
            _page(f"dictionnaire/{name}", "dictionnaire-partie", title=title, tables=tables)
            for name, title, tables in DICTIONARY
        )
        return _page("dictionnaire", below=below)

    @property
    def _evidence(self) -> bool:
        return any(len(table) for table in self.study.tables.values())

    def _publisher(self, *fields: str) -> str:
        return _block("organisme", champs=" ".join(fields)) if self.publisher else ""

    def _citation(self) -> str:
        cited = self.study.settings.citation
        return f"Source évaluée : {cited}." if cited else ""

    def _notebook(self, stem: str, folder: str = "") -> Page | None:
        job = self.made.get(stem)
        return Page(f"{folder}{stem}", title=job.labels.get("label", job.title)) if job else None

    def _theory(self) -> tuple[Page | None, ...]:
        study = self.study
        if not len(study.theory_nodes):
            return (_page("logigramme", "logigramme-vide") if self._evidence else None,)
        heads = study.theory_nodes[study.theory_nodes["parent"] == ""]
        boxes = self._blocks(
            "noeuds",
            "paquet",
            dict(zip(heads["node_id"], heads["label_fr"], strict=True)),
            heads["node_id"],
            "{}",
            "###",
        )
        labels = dict(zip(study.theory_links["link_id"], study.theory_links["label_fr"], strict=True))
        mechanisms = self._blocks(
            "mecanismes-de-la-fleche", "fleche", labels, study.mechanisms["link_id"], "{}", "##", named=True
        )
        arrows = (_page("fleches"),) if len(study.theory_links) else ()
        return (
            _page("logigramme", "logigramme", arrows, boxes=boxes, paths=_block("chemins-causaux"))
            if arrows
            else _page("logigramme", "logigramme-boites", boxes=boxes),
            _page("mecanismes", sections=mechanisms) if len(study.mechanisms) else None,
        )

    def _package(self, package: Package) -> Page:
        page, letter = package.page, package.id
        below = tuple(
            _page(f"paquets/{page}-{end}", "paquet-section", letter=letter, page=page, what=what, section=section)
            for end, what, section in SECTIONS
        )
        return Page(f"paquets/{page}", title=f"{letter}. {package.label_fr}", below=below)

    def _voices(self) -> Page | None:
        if not len(self.study.testimonies):
            return None
        kinds = [kind for kind in SPEAKER_KINDS if (self.study.testimonies["speaker_kind"] == kind).any()]
        parts = [f"## {_SPEAKERS[kind]}\n\n{_block('voix', nature=kind)}" for kind in kinds]
        parts += [f"## Qui parle : {_SPEAKERS[kind].lower()}\n\n{_block('repondants', nature=kind)}" for kind in kinds]
        return _page("voix", sections="\n\n".join(parts))

    def _by_package(self, block: str) -> str:
        packages = {package.id: package.label_fr for package in self.study.settings.packages}
        table = self.study.rivals if block == "rivales" else self.study.conclusions
        return self._blocks(block, "paquet", packages, table["package"], "{}")

    def _by_theme(self, name: str, themes: Mapping[str, str], option: str, used: Iterable[str]) -> Page | None:
        return _page(name, sections=sections) if (sections := self._blocks(name, option, themes, used, "{}")) else None

    def _blocks(
        self,
        block: str,
        option: str,
        labels: Mapping[str, str],
        used: Iterable[str],
        heading: str,
        level: str = "##",
        *,
        named: bool = False,
    ) -> str:
        """Return one section for each label that is used, with its block."""
        there = {*used}
        return "\n\n".join(
            f"{level} {f'{key} : ' if named else ''}{heading.format(label)}\n\n{_block(block, **{option: key})}"
            for key, label in labels.items()
            if key in there
        )


def _some(*pages: Page | None) -> tuple[Page, ...]:
    return tuple(page for page in pages if page is not None)


def _page(name: str, template: str = "", below: tuple[Page, ...] = (), **labels: str) -> Page:
    text = _template(template or name)
    for key, value in labels.items():
        text = text.replace(f"{{{{{key}}}}}", value)
    return Page(name, text, below=below)


def _block(name: str, **options: str) -> str:
    """Return a directive.

    >>> print(_block("noeuds", paquet="B"))
    ```{bloc} noeuds
    :paquet: B
    ```
    """
    lines = [f"```{{bloc}} {name}", *(f":{key}: {value}" for key, value in options.items()), "```"]
    return "\n".join(lines)


@cache
def _template(name: str) -> str:
    return files(__package__).joinpath("templates", "pages", f"{name}.md").read_text(encoding="utf-8")
