"""Parse an XML text that a stranger wrote, as far as it is well formed; nothing is expanded or fetched."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from pic_analysis.problems import Problem
from pic_analysis.reading.refusal import LIMITS, Limits, Refused


class _Builder(TreeBuilder):
    """Build a tree that stays at hand when the text breaks off, and refuse endless nesting."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.root: Element | None = None
        self._depth, self._most = 0, limits.depth

    def start(self, tag: Any, attrs: Any) -> Element:
        self._depth += 1
        if self._depth > self._most:
            raise RecursionError
        element = super().start(tag, attrs)
        if self.root is None:
            self.root = element
        return element

    def end(self, tag: Any) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_xml(content: bytes, file: str, limits: Limits = LIMITS) -> tuple[Element, tuple[Problem, ...]]:
    """Return the root of an XML text, read as far as it is well formed, and the problem where it stopped.

    Raises
    ------
    Refused
        If it declares entities or a document type, nests without end, or holds no element at all.
    """
    builder = _Builder(limits)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    problems: tuple[Problem, ...] = ()
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        said = "le XML déclare un type de document ou des entités : refusé, rien n’est développé ni cherché ailleurs"
        raise Refused(file, said, "Aucun outil d’analyse n’en écrit : refaites l’export") from error
    except RecursionError as error:
        raise Refused(file, f"le XML emboîte plus de {limits.depth} niveaux") from error
    except (ParseError, ValueError, LookupError) as error:
        row = getattr(error, "position", (0, 0))[0]
        said = "le XML est mal formé à partir d’ici : ce qui suit n’est pas lu"
        problems = (Problem(file, row, "", "", said, "Fichier tronqué ou abîmé : refaites l’export"),)
    if builder.root is None:
        raise Refused(file, "ce n’est pas du XML lisible", "Le fichier est vide, tronqué ou d’un autre format")
    return builder.root, problems
