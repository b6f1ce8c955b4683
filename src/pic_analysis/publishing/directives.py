"""Sphinx directives and roles that bring the study into the text: `fiche`, `bloc`, `dessin`, `valeur`, `logigramme`."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.roles import CustomRole, generic_custom_role
from docutils.statemachine import StringList
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from pic_analysis.files import write_atomically
from pic_analysis.publishing.domain import pic
from pic_analysis.publishing.facts import answers, ask
from pic_analysis.publishing.markup import KINDS, anchor
from pic_analysis.publishing.study_of_book import load_study
from pic_analysis.vocabulary import nearest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.publishing.display import Figure
    from pic_analysis.study import Study

logger = logging.getLogger(__name__)


class fiche(nodes.General, nodes.Element):
    """One card: a `div` that bears the object's id.

    In lower case, as docutils finds the visitor of a node by the name of its class. Not a `container`: MyST
    writes those in its own way.
    """


class Card(SphinxDirective):
    """Declare one citable object and its exact anchor: `{fiche} cell Eco_PC1_1`."""

    required_arguments = 2
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "titre": directives.unchanged_required,
        "niveau": lambda text: directives.choice(text, ("2", "3", "4", "5", "6")),
        "class": directives.class_option,
    }

    def run(self) -> list[Node]:
        """Return the card, its title and its parsed content."""
        kind, object_id = self.arguments
        if kind not in KINDS:
            raise self.error(_unknown("nature de fiche inconnue", kind, KINDS))
        title = self.options.get("titre", "").strip()
        classes = ["fiche", f"fiche-{kind}", *self.options.get("class", [])]
        card = fiche("\n".join(self.content), classes=classes, ids=[anchor(kind, object_id)])
        self.set_source_info(card)
        pic(self.env).note_object(kind, object_id, title, self.get_location())
        # Headings of the page must not be given the same id by docutils.
        self.state.document.ids.setdefault(anchor(kind, object_id), card)
        head = nodes.paragraph("", "", classes=["fiche-titre"], level=self.options.get("niveau"))
        # The identifier is also the address of the card, ready to be copied.
        head += nodes.reference(
            "",
            object_id,
            refid=anchor(kind, object_id),
            internal=True,
            classes=["fiche-id"],
            reftitle=f"{object_id}\N{NO-BREAK SPACE}: adresse de cette fiche",
        )
        head += nodes.Text(f" {title}" if title else "")
        card += head
        self.state.nested_parse(self.content, self.content_offset, card)
        return [card]


class _AnyOption(dict[str, Any]):
    """Accept every option: their meaning belongs to the block."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Any:
        return directives.unchanged


class Block(SphinxDirective):
    """Put one generated block of the study in the page: `{bloc} constats` with its options."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = _AnyOption()

    def run(self) -> list[Node]:
        """Write the block's Markdown, then read it as if it stood in the page."""
        from pic_analysis.publishing.blocks.index import BLOCKS

        name = self.arguments[0]
        if name not in BLOCKS:
            raise self.error(_unknown("bloc inconnu", name, BLOCKS))
        try:
            text = ask(self.env, "block", name, _options(self.options))
        except (KeyError, ValueError) as error:
            raise self.error(f"bloc {name} : {error.args[0] if error.args else error}") from error
        return self._parsed(text)

    def _parsed(self, text: str) -> list[Node]:
        renderer = getattr(self.state, "_renderer", None)
        if renderer is not None:
            # As MyST's own `include`: the text is read where it stands, so its headings open true sections.
            # `nested_parse` would attach them to the page before the paragraphs that precede them.
            renderer.nested_render_text(text, self.lineno)
            return []
        holder = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), source=self.arguments[0]), 0, holder, True)
        return holder.children


class Drawn(Block):
    """Put a drawing of the study in the page, as a notebook shows it: `{dessin} serie` with its options.

    Under the image stand its note and its data, folded, with the same numbers as CSV; where the data cannot carry the
    drawing, the sentence that says why stands in its place.
    """

    def run(self) -> list[Node]:
        """Draw, write the image beside those of the notebooks, and return it with the data behind."""
        from pic_analysis.publishing.drawings import DRAWINGS

        name = self.arguments[0]
        if name not in DRAWINGS:
            raise self.error(_unknown("dessin inconnu", name, DRAWINGS))
        try:
            made = ask(self.env, "drawing", name, _options(self.options))
        except (KeyError, ValueError, TypeError) as error:
            raise self.error(f"dessin {name} : {error.args[0] if error.args else error}") from error
        if isinstance(made, str):
            return self._parsed(made)
        from pic_analysis.figures.both_modes import both_modes

        shown, behind = made
        image = nodes.image(uri=self._written(f"{shown.name}.svg", both_modes(shown.svg)), alt=shown.alt)
        holder = nodes.figure("", image, classes=["figure-calculee"])
        self.set_source_info(holder)
        return [holder, nodes.raw("", behind, format="html")]

    def _written(self, name: str, svg: str) -> str:
        """Write an image where no page stands, under a name that tells its content; return its address."""
        content = svg.encode("utf-8")
        stem, _, suffix = name.rpartition(".")
        sums = hashlib.sha256(content).hexdigest()[:12]
        path = Path(self.env.app.outdir).parent / "dessins" / f"{stem}-{sums}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
        return "/" + Path(os.path.relpath(path.resolve(), self.env.app.srcdir)).as_posix()


class ValueRole(SphinxRole):
    """Put one computed value of the study in a sentence: `{valeur}`nombre-constats``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the value as plain text; a value that does not exist is a warning."""
        from pic_analysis.publishing.blocks.index import VALUES

        name = self.text.strip()
        if name not in VALUES:
            message = _unknown("valeur inconnue", name, VALUES)
            logger.warning(message, location=self.get_location(), type="pic", subtype="valeur")
            return [nodes.problematic("", self.rawtext)], []
        return [nodes.Text(ask(self.env, "value", name))], []


class logic_model(nodes.General, nodes.Element):
    """Place of the theory of change in a page; drawn when the addresses of its boxes are known."""


class LogicModel(SphinxDirective):
    """Draw the theory of change: `{logigramme}`."""

    def run(self) -> list[Node]:
        """Leave a placeholder, and note every box and arrow that the page will link to."""
        study = load_study(self.env.app)
        ask(self.env, "theory")
        for object_id, kind in _drawn(study).items():
            pic(self.env).note_reference(kind, object_id)
        placeholder = logic_model(refdoc=self.env.docname)
        self.set_source_info(placeholder)
        return [placeholder]


class DrawLogicModel(SphinxPostTransform):
    """Replace each placeholder with the drawing, its boxes linked to their cards."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Draw in HTML; leave out elsewhere, where the list of boxes stands for it."""
        for place in list(self.document.findall(logic_model)):
            if self.app.builder.format == "html":
                place.replace_self(nodes.raw("", self._html(place), format="html"))
            else:
                place.parent.remove(place)

    def _html(self, place: logic_model) -> str:
        from pic_analysis.figures.logic_model import svg

        study = load_study(self.app)
        kinds = _drawn(study)

        def href(object_id: str) -> str | None:
            found = pic(self.env).href(self.app.builder, place["refdoc"], kinds[object_id], object_id)
            if found is None:
                message = pic(self.env).explain_missing(KINDS[kinds[object_id]].role, object_id)
                logger.warning(message, location=place, type="pic", subtype="renvoi")
            return found

        drawing = svg(study.theory_nodes, study.theory_links, href)
        label = "Logigramme, à faire défiler sur un petit écran"
        return f'<div class="logigramme" role="region" tabindex="0" aria-label="{label}">{drawing}</div>\n'


@answers("block")
def _block(study: Study, name: str, options: str) -> str:
    from pic_analysis.publishing.blocks.index import BLOCKS

    return BLOCKS[name](study, json.loads(options))


@answers("value")
def _value(study: Study, name: str) -> str:
    from pic_analysis.publishing.blocks.index import VALUES

    return VALUES[name](study)


def _said(made: str | tuple[Figure, str]) -> str:
    return made if isinstance(made, str) else "\0".join((made[0].name, made[0].svg, made[0].alt, made[1]))


@answers("drawing", _said)
def _drawing(study: Study, name: str, options: str) -> str | tuple[Figure, str]:
    """Return a figure, and the HTML of the data behind it; a sentence where data cannot carry the drawing."""
    from pic_analysis.publishing.display import Behind, figure
    from pic_analysis.publishing.drawings import DRAWINGS

    given = json.loads(options)
    made = DRAWINGS[name](study, given)
    if isinstance(made, str):
        return made
    shown = figure(made.drawing, given.get("note", ""), made.columns)
    return shown, Behind(shown).html()


@answers("theory")
def _theory(study: Study) -> str:
    return study.theory_nodes.to_csv() + study.theory_links.to_csv()


def _options(given: dict[str, Any]) -> str:
    return json.dumps({key: value or "" for key, value in given.items()}, ensure_ascii=False)


def _drawn(study: Study) -> dict[str, str]:
    """Return the kind of each object of the drawing."""
    boxes = dict.fromkeys(study.theory_nodes["node_id"], "node")
    return boxes | dict.fromkeys(study.theory_links["link_id"], "link")


def _visit_fiche(self: Any, node: fiche) -> None:
    self.body.append(self.starttag(node, "div"))


def _depart_fiche(self: Any, node: fiche) -> None:
    self.body.append("</div>\n")


def _nothing(self: Any, node: nodes.Node) -> None:
    """Write only the content, in the editions that have no anchors."""


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    guess = nearest(name, known)
    return f"{what} : {name}" + (f" ; le plus proche : {guess}" if guess else "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives, the role of values and the drawing."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.setup_extension("pic_analysis.publishing.study_of_book")
    app.add_directive("fiche", Card)
    app.add_directive("bloc", Block)
    app.add_directive("dessin", Drawn)
    app.add_directive("logigramme", LogicModel)
    app.add_role("valeur", ValueRole())
    # docutils writes this class as the attribute `lang`: a voice that reads French aloud then changes its accent.
    app.add_role("anglais", CustomRole("anglais", generic_custom_role, {"class": ["language-en"]}))
    plain: Any = dict.fromkeys(("latex", "texinfo", "text", "man"), (_nothing, _nothing))
    app.add_node(fiche, html=(_visit_fiche, _depart_fiche), **plain)
    app.add_node(logic_model)
    app.add_post_transform(DrawLogicModel)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
