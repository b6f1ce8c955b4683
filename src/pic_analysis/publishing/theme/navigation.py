"""Read Sphinx's tables of contents into plain lists that a template can write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docutils import nodes

from pic_analysis.publishing.typography import french


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents; active where the current page is it or stands below it."""

    title: str
    uri: str
    current: bool
    active: bool
    entries: tuple[Entry, ...] = ()

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What the menu lists below: nothing when the reader is elsewhere; the site map has it whole.

        The menu stands on every page: each of its lines is written, built and read as often as the book has pages.
        """
        return self.entries if self.active else ()


@dataclass(frozen=True)
class Part:
    """One captioned list of pages; the caption may be empty."""

    caption: str
    entries: tuple[Entry, ...]


def parts(toctree: nodes.Element | None) -> tuple[Part, ...]:
    """Return the parts of the global table of contents, as Sphinx resolves it for one page."""
    found: list[Part] = []
    caption = ""
    for child in toctree.children if toctree is not None else ():
        if isinstance(child, nodes.title):
            caption = french(child.astext())
        elif isinstance(child, nodes.bullet_list):
            found.append(Part(caption, entries(child)))
            caption = ""
    return tuple(found)


def entries(bullet_list: nodes.Element) -> tuple[Entry, ...]:
    """Return the entries of one list, in order; an item without a link is passed over."""
    found = []
    for item in bullet_list.children:
        link = next((node for child in item.children for node in _links(child)), None)
        if link is None:
            continue
        below = tuple(
            entry for child in item.children if isinstance(child, nodes.bullet_list) for entry in entries(child)
        )
        current = "current" in link["classes"]
        found.append(
            Entry(
                french(link.astext()),
                link.get("refuri", ""),
                current,
                current or any(entry.active for entry in below),
                below,
            )
        )
    return tuple(found)


def seen_from(listed: Sequence[Entry], here: str, addresses: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return entries as another page shows them.

    Parameters
    ----------
    listed
        Entries as some page shows them.
    here
        Address of the other page in these; empty if it is not among them.
    addresses
        Address that the other page gives to each; an address that is not there is the same from everywhere.
    """
    found = []
    for entry in listed:
        below = seen_from(entry.entries, here, addresses)
        current = bool(here) and entry.uri == here
        active = current or any(one.active for one in below)
        found.append(Entry(entry.title, addresses.get(entry.uri, entry.uri), current, active, below))
    return tuple(found)


def inside(page_contents: nodes.Node) -> tuple[Entry, ...]:
    """Return the sections of one page, without its own title."""
    if not isinstance(page_contents, nodes.bullet_list):
        return ()
    return tuple(below for entry in entries(page_contents) for below in entry.entries)


def active_part(site_map: Sequence[Part]) -> Part | None:
    """Return the part that holds the current page."""
    return next((part for part in site_map if any(entry.active for entry in part.entries)), None)


def _links(node: nodes.Node) -> Iterable[nodes.reference]:
    """Return the links of a paragraph, but not those of the lists below it."""
    return () if isinstance(node, nodes.bullet_list) else node.findall(nodes.reference)
