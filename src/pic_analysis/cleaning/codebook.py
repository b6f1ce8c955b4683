"""Clean the codebook: the last version of each code, its parent, and the code that replaces it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pic_analysis.cleaning.sieve import OLDER, Sieve, sift, stack
from pic_analysis.cleaning.values import NOTATIONS, Verdict, gap, is_missing, judge, plain, tidy
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import count_words, nearest

FIELDS = {
    "code_id": ("code", "identifiant", "code grille"),
    "label_fr": ("intitulé", "libellé", "nom du code"),
    "parent": ("code parent", "famille"),
    "link_id": ("lien", "lien éprouvé", "flèche", "mécanisme"),
    "version": ("version de la grille",),
    "merged_into": ("fondu dans", "remplacé par", "fusionné avec"),
    "definition_fr": ("définition", "consigne"),
}
REQUIRED = ("code_id", "label_fr")
_LINK = re.compile(r"[A-Z]\d?>[A-Z]\d?(-\d+)?|RIV\d{2}")
_MOST_WORDS = {"label_fr": 25, "definition_fr": 60}


@dataclass(frozen=True)
class Codebook:
    """The clean codebook: its rows, the code that each one stands for today, and the codes by folded label."""

    sieve: Sieve
    current: Mapping[str, str]
    labelled: Mapping[str, str]

    def read(self, text: str) -> Verdict:
        """Return the verdict of a code as typed or exported: its identifier or its label, merges followed."""
        if empty := gap(text, required=True):
            return empty
        code = code_form(text)
        code = code if code in self.current else self.labelled.get(fold(text), "")
        if not code:
            near = nearest(code_form(text), self.current) or nearest(fold(text), self.labelled)
            return Verdict(tidy(text), expected="ce code n’est pas dans la grille", nearest=near)
        if (now := self.current[code]) != code:
            return Verdict(now, rule=f"code fondu dans {now}")
        return Verdict(code, rule="" if code == text else NOTATIONS[2])

    def known(self, text: str) -> str:
        """Return the code that a typed one means today, an empty string if there is none."""
        verdict = self.read(text)
        return "" if verdict.expected else verdict.clean


def code_form(text: str) -> str:
    """Return the identifier that a code would have.

    >>> code_form("A>B-1"), code_form(" Fierté locale ")
    ('a_b_1', 'fierte_locale')
    """
    return fold(text).replace(" ", "_")


def clean_codebook(sheet: Sheet) -> Codebook:
    """Return the codebook sorted: one row for each code, in its last version, first seen in the version it says.

    A code that two rows give for the same version, a parent or a replacement that is no code, and codes that contain
    or replace one another in a circle are held.
    """
    raw = stack([sheet], [*FIELDS])
    judged = {
        "code_id": judge(raw["code_id"], lambda text: _code(text, required=True)),
        "label_fr": judge(raw["label_fr"], lambda text: _words(text, "label_fr", required=True)),
        "parent": judge(raw["parent"], lambda text: _code(text, required=False)),
        "link_id": judge(raw["link_id"], _link),
        "version": judge(raw["version"], _version, int),
        "merged_into": judge(raw["merged_into"], lambda text: _code(text, required=False)),
        "definition_fr": judge(raw["definition_fr"], lambda text: _words(text, "definition_fr", required=False)),
    }
    sieve = _last_versions(sift(raw, judged))
    size = -1
    while size != len(sieve.clean):  # a row that goes may leave others without their parent
        size = len(sieve.clean)
        for column in ("parent", "merged_into"):
            sieve = _without_circles(_without_orphans(sieve, column), column)
    codes = sieve.clean
    merged = dict(zip(codes["code_id"], codes["merged_into"], strict=True))
    current = {code: _walk(code, merged)[-1] for code in merged}
    labels = codes[~codes["label_fr"].duplicated(keep=False)]
    folded = zip(labels["code_id"], map(fold, labels["label_fr"]), strict=True)
    labelled = {label: code for code, label in folded if label}
    return Codebook(sieve, current, labelled)


def _code(text: str, *, required: bool) -> Verdict:
    if empty := gap(text, required=required):
        return empty
    code = code_form(text)
    if not code:
        return Verdict("", expected="attendu : un code fait de lettres ou de chiffres")
    return Verdict(code, rule="" if code == text else NOTATIONS[2])


def _words(text: str, column: str, *, required: bool) -> Verdict:
    if empty := gap(text, required=required):
        return empty
    most = _MOST_WORDS[column]
    if (count := count_words(text)) > most:
        return Verdict(tidy(text), expected=f"au plus {most} mots, lus : {count}")
    return plain(text)


def _link(text: str) -> Verdict:
    if empty := gap(text, required=False):
        return empty
    link = re.sub(r"\s*(→|->|>)\s*", ">", tidy(text))
    if not _LINK.fullmatch(link):
        return Verdict(link, expected="attendu : une flèche (A>B), un mécanisme (A>B-1) ou une rivale (RIV01)")
    return Verdict(link, rule="" if link == text else "flèche mise en forme")


def _version(text: str) -> Verdict:
    if is_missing(text):
        return Verdict(1, rule="version non dite : lue comme la première")
    found = re.fullmatch(r"[vV]?\.? ?(\d{1,4})([.,]0+)?", tidy(text))
    if not found:
        return Verdict(0, expected="attendu : le numéro de la version, par exemple 2")
    return Verdict(int(found[1]), rule="" if found[1] == text else "numéro de version mis en forme")


def _last_versions(sieve: Sieve) -> Sieve:
    twice = sieve.clean[sieve.clean.duplicated(["code_id", "version"])]
    sieve = sieve.hold(twice.index, "code_id", twice["code_id"].to_numpy(), "ce code est déjà là, dans cette version")
    first = sieve.clean.groupby("code_id")["version"].min()
    last = sieve.clean.sort_values("version", kind="stable").drop_duplicates("code_id", keep="last").index
    sieve = sieve.put_aside(sieve.clean.index.difference(last), "code_id", OLDER)
    versions = first.loc[sieve.clean["code_id"]].to_numpy()
    return replace(sieve, clean=sieve.clean.assign(version=versions))


def _without_orphans(sieve: Sieve, column: str) -> Sieve:
    codes = set(sieve.clean["code_id"])
    named = sieve.clean[column]
    lost = named[~named.isin(codes) & (named != "")]
    near = [nearest(name, codes) for name in lost]
    return sieve.hold(lost.index, column, lost.to_numpy(), "aucune ligne de la grille n’a ce code", nearest=near)


def _without_circles(sieve: Sieve, column: str) -> Sieve:
    up = dict(zip(sieve.clean["code_id"], sieve.clean[column], strict=True))
    walks = [_walk(code, up) for code in sieve.clean["code_id"]]
    circular = np.array([up.get(walk[-1], "") == walk[0] for walk in walks], dtype=bool)
    rows = sieve.clean.index[circular]
    said = [" > ".join([*walk, walk[0]]) for walk, inside in zip(walks, circular, strict=True) if inside]
    what = {"parent": "se contiennent", "merged_into": "se remplacent"}[column]
    return sieve.hold(rows, column, np.array(said, dtype=object), f"ces codes {what} les uns les autres")


def _walk(code: str, up: Mapping[str, str]) -> list[str]:
    """Return a code and what it leads to, step by step, until nothing more or something already met."""
    walked = [code]
    while (step := up.get(walked[-1], "")) and step not in walked:
        walked.append(step)
    return walked


def frame(codebook: Codebook) -> pd.DataFrame:
    """Return the clean codebook, parents replaced by the code that stands for them today."""
    codes = codebook.sieve.clean
    parent = codes["parent"].map(lambda code: codebook.current.get(code, code))
    return codes.assign(parent=parent.where(parent != codes["code_id"], "")).reset_index(drop=True)
