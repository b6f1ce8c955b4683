"""Render the outputs of notebooks: figures with their alternative text, folded code in plain French HTML."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from myst_nb.sphinx_ import HideCodeCellNode

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

SHORTEST, LONGEST = 30, 250


class Renderer(NbElementRenderer):
    """myst-nb's renderer, with the alternative text that a figure carries in its output's metadata.

    The text is read in `metadata["image/svg+xml"]["pic"]["alt"]`, or in `metadata["pic"]["alt"]`.
    """

    def render_image(self, data: MimeData) -> list[Element]:
        """Render an image in a `figure` element; warn when nobody said what it shows."""
        if data.mime_type == "image/svg+xml":
            from pic_analysis.figures.both_modes import both_modes  # matplotlib comes with it

            data = replace(data, content=both_modes(data.string))
        images = super().render_image(data)
        alt = _metadata(data).get("alt", "").strip()
        if not alt and images and images[0].get("alt"):
            alt = images[0]["alt"]  # given in the cell, by myst-nb's own options
        problem = _problem(alt)
        if problem:
            where = "" if data.cell_index is None else f" (cellule {data.cell_index + 1})"
            self.logger.warning(f"figure{where} : {problem}", subtype="alt", line=data.line)
        for image in images:
            image["alt"] = alt
        config = self.renderer.get_cell_level_config
        captioned = config("render_figure_options", data.cell_metadata, data.line)
        return images if captioned else [nodes.figure("", *images, classes=["figure-calculee"])]

    def render_image_inline(self, data: MimeData) -> list[Element]:
        """Render an image inside a sentence, where no `figure` element may stand."""
        return [image for figure in self.render_image(data) for image in figure.findall(nodes.image)]


def _metadata(data: MimeData) -> dict[str, Any]:
    for holder in (data.output_metadata.get(data.mime_type), data.output_metadata):
        if isinstance(holder, dict) and isinstance(holder.get("pic"), dict):
            return dict(holder["pic"])
    return {}


def _problem(alt: str) -> str:
    """Say what is wrong with an alternative text, if anything.

    >>> _problem("Trop court")
    'texte alternatif de 10 signes ; il en faut de 30 à 250'
    """
    if not alt:
        return "pas de texte alternatif ; afficher Figure(fig, alt=…), ou le dire dans la cellule"
    if not SHORTEST <= len(alt) <= LONGEST:
        return f"texte alternatif de {len(alt)} signes ; il en faut de {SHORTEST} à {LONGEST}"
    return ""


def visit_hidden_cell(self: Any, node: HideCodeCellNode) -> None:
    """Open folded content under one summary: browsers tell by themselves whether it is open."""
    classes = " ".join(["cellule-pliee", *node["classes"]])
    self.body.append(f'<details class="{classes}">\n<summary>{escape(node["prompt_show"])}</summary>\n')


def depart_hidden_cell(self: Any, node: HideCodeCellNode) -> None:
    """Close folded content."""
    self.body.append("</details>\n")


def prefer(app: Sphinx, config: Config) -> None:
    """Choose this renderer, and MyST for the Markdown that code writes, where the book says nothing else."""
    for name, default, ours in (
        ("nb_render_plugin", "default", "pic"),
        ("nb_render_markdown_format", "commonmark", "myst"),
    ):
        if config[name] == default:
            config[name] = ours


def setup(app: Sphinx) -> ExtensionMetadata:
    """Render notebooks our way: the renderer is found by its entry point, `pic`."""
    app.setup_extension("myst_nb")
    app.connect("config-inited", prefer)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_hidden_cell))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
