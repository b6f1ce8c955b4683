"""Sphinx domain `pic`: what the study cites has one exact anchor each, and no link to it can die unseen.

An object (a cell of a monograph, a statement, a voice...) is declared by the directive `fiche`, and linked to
by the role of its kind. Anchors are unique in the whole book, so that they hold in the single-page edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from pic_analysis.publishing.lean_html import CODE_ONLY
from pic_analysis.publishing.markup import KIND_OF_ROLE, KINDS, anchor
from pic_analysis.vocabulary import nearest

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

ENTRY = "pic_entry"
"""Mark of a pending link that is a line of a list: it shows the title too, and bears the card's old address."""

# The last ` <...>` of the text is the target: identifiers may hold `>` themselves (`de A vers B <A>B>`).
_EXPLICIT = re.compile(r"^(?P<text>.+)\s<(?P<target>[^<\s]+)>$", re.DOTALL)


class Entry(NamedTuple):
    """One declared object: what it is, and the page where its card stands."""

    kind: str
    id: str
    title: str
    docname: str


def split_role(text: str) -> tuple[str, str]:
    """Split a role's content into the text to show (empty: the identifier) and the target.

    >>> split_role("B1-03"), split_role("A>B"), split_role("de A vers B <A>B>")
    (('', 'B1-03'), ('', 'A>B'), ('de A vers B', 'A>B'))
    """
    found = _EXPLICIT.match(text.strip())
    return (found["text"].strip(), found["target"]) if found else ("", text.strip())


class ObjectRole(SphinxRole):
    """Link to an object of one kind: `{renvoi}`Eco_PC1_1`` or `{constat}`les habitants <B1-03>``."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Leave a pending reference that names the target, and note that this page depends on it."""
        text, target = split_role(self.text)
        role = KINDS[self.kind].role
        pending = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", text or target),
            refdomain="pic",
            reftype=role,
            reftarget=target,
            refdoc=self.env.docname,
            refexplicit=bool(text),
            refwarn=True,
        )
        self.set_source_info(pending)
        pic(self.env).note_reference(self.kind, target)
        return [pending], []


class PicDomain(Domain):
    """Registry of the citable objects of a book, and of the pages that link to them."""

    name = "pic"
    label = "pic"
    object_types = {key: ObjType(kind.label_fr, kind.role) for key, kind in KINDS.items()}
    roles = {kind.role: ObjectRole(key) for key, kind in KINDS.items()}
    # facts: page -> what it says that its source does not hold (`facts`); seen: the state of the data then;
    # written: the pages, and what is common to them (`kept_pages`).
    # objects: anchor -> Entry; references: page -> (kind, id) of its links; repeats: pages that declare again.
    initial_data = {"objects": {}, "references": {}, "repeats": set(), "facts": {}, "seen": (), "written": {}}
    data_version = 4

    @property
    def objects(self) -> dict[str, Entry]:
        """Declared objects by anchor."""
        return cast("dict[str, Entry]", self.data["objects"])

    def note_object(self, kind: str, object_id: str, title: str, location: Any) -> None:
        """Register an object declared by the current page; warn when its anchor is taken."""
        self._add(Entry(kind, object_id, title, self.env.docname), location)

    def note_reference(self, kind: str, object_id: str) -> None:
        """Note that the current page links to an object, declared or not."""
        self.data["references"].setdefault(self.env.docname, set()).add((kind, object_id))

    def find(self, kind: str, object_id: str) -> Entry | None:
        """Return the object of that kind and identifier, or None."""
        entry = self.objects.get(anchor(kind, object_id))
        return entry if entry and entry.kind == kind else None

    def href(self, builder: Builder, fromdocname: str, kind: str, object_id: str) -> str | None:
        """Return the relative address of an object, seen from a page, or None if it is not declared."""
        entry = self.find(kind, object_id)
        if entry is None:
            return None
        same = _same_page(builder, fromdocname, entry)
        page = "" if same else builder.get_relative_uri(fromdocname, entry.docname)
        return f"{page}#{anchor(kind, object_id)}"

    def explain_missing(self, role: str, target: str) -> str:
        """Say in French why a reference is dead, and what its author may have meant."""
        for entry in self.objects.values():
            if entry.id == target:
                right = KINDS[entry.kind]
                said = f"renvoi mort : {target} n’est pas de ce type ({right.label_fr})"
                return f"{said} ; écrire {{{right.role}}}`{target}`"
        same_kind = [entry.id for entry in self.objects.values() if entry.kind == KIND_OF_ROLE[role]]
        guess = nearest(target, same_kind) or nearest(target, [entry.id for entry in self.objects.values()])
        return f"renvoi mort : {target}" + (f" ; le plus proche : {guess}" if guess else "")

    def clear_doc(self, docname: str) -> None:
        """Forget what a page declared and linked to."""
        for name in [name for name, entry in self.objects.items() if entry.docname == docname]:
            del self.objects[name]
        self.data["references"].pop(docname, None)
        self.data["facts"].pop(docname, None)
        self.data["repeats"].discard(docname)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read; two processes may have met the same identifier."""
        for entry in otherdata["objects"].values():
            if entry.docname in docnames:
                self._add(entry, entry.docname)
        self.data["references"].update(
            {page: links for page, links in otherdata["references"].items() if page in docnames}
        )
        self.data["facts"].update({page: said for page, said in otherdata["facts"].items() if page in docnames})
        self.data["repeats"] |= otherdata["repeats"] & set(docnames)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: Element,
    ) -> Element | None:
        """Turn a pending reference into a link whose text says where it leads."""
        entry = self.find(KIND_OF_ROLE[typ], target)
        if entry is None:
            return None
        text = contnode.astext()
        if node.get(ENTRY):
            return _line(builder, fromdocname, entry)
        link = _link(builder, fromdocname, entry, nodes.Text(text))
        if node.get("pic_reason"):
            link["reftitle"] = node["pic_reason"]
        elif entry.title:
            full = f"{target}\N{NO-BREAK SPACE}: {entry.title}"
            if node["refexplicit"]:
                link["reftitle"] = f"{text} ({full})"
            else:
                # A bare code says nothing to a reader who hears the list of links: the writer names it in full,
                # or by its kind where the sentence that follows is its title, which would be heard twice.
                link[CODE_ONLY] = True
                said = _is_followed_by(node, entry.title)
                link["reftitle"] = f"{target}\N{NO-BREAK SPACE}: {KINDS[entry.kind].label_fr}" if said else full
        return link

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: Element,
    ) -> list[tuple[str, Element]]:
        """Answer the generic role `any`, and Markdown links to an identifier (`[texte](Eco_PC1_1)`)."""
        return [
            (f"pic:{KINDS[entry.kind].role}", _link(builder, fromdocname, entry, contnode))
            for entry in self.objects.values()
            if entry.id == target
        ]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """List the objects for the inventory and the search index, with their exact anchors."""
        for name, entry in sorted(self.objects.items()):
            shown = f"{entry.id} : {entry.title}" if entry.title else entry.id
            # Not the bare id: where name and anchor are equal, Sphinx's search drops the anchor and makes
            # one of the shown title, which leads to the top of the page.
            yield f"{entry.kind}:{entry.id}", shown, entry.kind, entry.docname, name, 1

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Return the French name of a kind, as search results print it."""
        return type.lname

    def unsettled(self) -> set[str]:
        """List the pages with a dead reference or a repeated identifier: each build warns of them again."""
        references = self.data["references"].items()
        dead = {page for page, links in references if not all(self.find(*link) for link in links)}
        return dead | self.data["repeats"]

    def _add(self, entry: Entry, location: Any) -> None:
        first = self.objects.setdefault(anchor(entry.kind, entry.id), entry)
        if first is not entry:
            self.data["repeats"].add(entry.docname)
            logger.warning(
                "identifiant déjà pris : %s (%s, page %s)",
                entry.id,
                KINDS[first.kind].label_fr,
                first.docname,
                location=location,
                type="pic",
                subtype="doublon",
            )


def pic(env: BuildEnvironment) -> PicDomain:
    """Return the domain of a build."""
    return cast(PicDomain, env.get_domain("pic"))


def _same_page(builder: Builder, fromdocname: str, entry: Entry) -> bool:
    return builder.name == "singlehtml" or entry.docname == fromdocname


def _link(builder: Builder, fromdocname: str, entry: Entry, child: Node) -> nodes.reference:
    page = entry.docname if _same_page(builder, fromdocname, entry) else fromdocname
    return make_refnode(builder, page, entry.docname, anchor(entry.kind, entry.id), child)


def _is_followed_by(link: Node, title: str) -> bool:
    """Say whether the text after a link begins with a title, whatever the spaces and signs."""
    after = link.next_node(nodes.Text, descend=False, siblings=True)
    return after is not None and _words(after.astext()).startswith(_words(title))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _line(builder: Builder, fromdocname: str, entry: Entry) -> nodes.reference:
    """Return a link that shows identifier and title, under the anchor of the card if that stands on another page."""
    shown = f"{entry.id}\N{NO-BREAK SPACE}: {entry.title}" if entry.title else entry.id
    line = _link(builder, fromdocname, entry, nodes.Text(shown))
    if not _same_page(builder, fromdocname, entry):
        line["ids"].append(anchor(entry.kind, entry.id))
    return line


def _warn_missing(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    if not isinstance(domain, PicDomain):
        return None
    message = domain.explain_missing(node["reftype"], node["reftarget"])
    logger.warning(message, location=node, type="pic", subtype="renvoi")
    return True


def _forget_pages_to_read(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget all pages about to be read at once: a card that moves from one to another is not there twice."""
    for docname in docnames:
        pic(env).clear_doc(docname)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, and its roles under their short names."""
    app.add_domain(PicDomain)
    app.connect("env-before-read-docs", _forget_pages_to_read)
    for role, key in KIND_OF_ROLE.items():
        app.add_role(role, ObjectRole(key))
    app.connect("warn-missing-reference", _warn_missing)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
