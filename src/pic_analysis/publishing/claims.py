"""Hold pages to their evidence: the role `confiance`, and what the build refuses to print of a claim.

Refused, each with a message that names the page and what to do: a claim without evidence and without the mention, a
verb stronger than the confidence allows, a number typed by hand in the prose of a passport, a `demo` table where
conclusions are cited, a level without its sources and its reason. Dead references and repeated identifiers are
refused by the domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from pic_analysis.publishing.domain import Entry, pic
from pic_analysis.publishing.facts import answers, ask
from pic_analysis.publishing.markup import DEMO_MARK, KINDS, anchor
from pic_analysis.publishing.prose import bare_level, readable, sentences, too_strong, typed_numbers
from pic_analysis.publishing.study_of_book import load_study
from pic_analysis.reading.settings import is_demo
from pic_analysis.vocabulary import CONFIDENCES, nearest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.evidence.passport import Passport
    from pic_analysis.study import Study

logger = logging.getLogger(__name__)

_MAY_BE_CLAIM = re.compile(r"(?<![\w>⟦-])(?:CCL\d{2}|ENS\d{1,2})(?![\w>-])")
_ADDRESS = re.compile(_MAY_BE_CLAIM.pattern, re.IGNORECASE)  # the page of a passport is named in lower case
_PASSPORT = re.compile(r"\{bloc\}\s+passeport\b")
_HOLDS = "pic_passport"  # metadata of the pages that hold a passport
_FICTITIOUS = "pic_demo"  # metadata of the notebooks whose code names a fictitious study
_DEMO_STUDY = re.compile(r"\bdemo_\w+")
_BLOCKS = (nodes.row, nodes.paragraph, nodes.title, nodes.term, nodes.caption, nodes.attribution)


class ConfidenceRole(SphinxRole):
    """Say how strong a claim is, in a sentence: `{confiance}`CCL05`` gives its level, its sources and its reason."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return a link to the claim that carries the reason; a claim that does not exist is a warning."""
        from pic_analysis.publishing.blocks.claims import confidence

        study, claim = load_study(self.env.app), self.text.strip()
        account = account_of(study, claim)
        ask(self.env, "confidence", claim)
        if account is None:
            near = nearest(claim, _known(study))
            message = f"affirmation inconnue : {claim}" + (f" ; la plus proche : {near}" if near else "")
            logger.warning(message, location=self.get_location(), type="pic", subtype="preuve")
            return [nodes.problematic("", self.rawtext)], []
        role = KINDS[account.kind].role
        pending = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", confidence(account)),
            refdomain="pic",
            reftype=role,
            reftarget=claim,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
            pic_reason=account.reason,
        )
        self.set_source_info(pending)
        pic(self.env).note_reference(account.kind, claim)
        return [pending], []


@lru_cache(maxsize=4)
def _known(study: Study) -> dict[str, str]:
    """Return the kind of every claim, by identifier."""
    from pic_analysis.evidence.chain import CLAIM_KINDS, claims

    return {claim: kind for kind in reversed(CLAIM_KINDS) for claim in claims(study, kind)}


def account_of(study: Study, claim: str) -> Passport | None:
    """Return the account of a claim of any kind; None if there is none of that identifier."""
    from pic_analysis.evidence.passport import accounts

    kind = _known(study).get(claim)
    return accounts(study).of(kind, claim) if kind else None


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse what a page says beyond its evidence."""
    for block in _blocks(doctree):
        text, links = block.astext(), [*block.findall(addnodes.pending_xref)]
        if text and (cited := _cited(app, block, text, links)):
            _note_judged(app, cited)
            for message in _verbs(app, block, cited):
                _refuse(message, block)
        # What is read with a block: the reasons that its links carry.
        if bare_level(" ".join([text, *(link["pic_reason"] for link in links if link.get("pic_reason"))])):
            said = " ".join(text.split())[:80]
            _refuse(f"niveau de confiance sans ses sources ou sans sa raison : « {said} »", block)
    if _cites_conclusions(app.env, doctree):
        demo = _demo(doctree)
        if demo is not None or app.env.metadata[app.env.docname].get(_FICTITIOUS):
            message = "donnée de démonstration (demo) sur une page qui cite des conclusions : retirez-la"
            _refuse(message, doctree if demo is None else demo)
        if is_demo(app.config.pic_study):
            _refuse("un livre de démonstration (demo) ne publie pas de conclusion", doctree)


def _note_judged(app: Sphinx, cited: list[str]) -> None:
    """Note what the page being read is judged by: with other levels or verbs, it must be judged again."""
    ask(app.env, "settings", "verbs")
    for claim in cited:
        ask(app.env, "level", claim)


@answers("level")
def _level(study: Study, claim: str) -> str:
    account = account_of(study, claim)
    return account.strength.confidence if account else ""


@answers("confidence")
def _confidence(study: Study, claim: str) -> str:
    from pic_analysis.publishing.blocks.claims import confidence

    account = account_of(study, claim)
    return "\0".join((account.kind, confidence(account), account.reason)) if account else ""


@answers("claims")
def _claims(study: Study) -> str:
    return repr(sorted(_known(study).items()))


@answers("summaries")
def _all_summaries(study: Study) -> str:
    return "\0".join(_summaries(study))


def _verbs(app: Sphinx, block: nodes.Element, cited: list[str]) -> Iterator[str]:
    """Yield one message for each verb stronger than the weakest claim that its sentence cites."""
    study = load_study(app)
    accounts = {claim: account for claim in cited if (account := account_of(study, claim))}
    weakest = min((a.strength.confidence for a in accounts.values()), key=[*CONFIDENCES].index, default="high")
    if not any(too_strong(part, weakest, study.settings.verbs) for part in sentences(block.astext())):
        return
    marked = _marked(block)
    ask(app.env, "summaries")
    for sentence in sentences(_without_data(marked, study)):
        # A link by another way leaves no mark: the whole block is then held to it.
        own = [claim for claim in accounts if _mark(claim) in sentence or _mark(claim) not in marked]
        for account in (accounts[claim] for claim in own):
            level = account.strength.confidence
            if verb := too_strong(sentence, level, study.settings.verbs):
                allowed = ", ".join(map(readable, study.settings.verbs[level]))
                yield (
                    f"verbe plus fort que la preuve : « {verb} », pour {account.id} ({CONFIDENCES[level]}) ; "
                    f"verbes admis à ce niveau : {allowed}"
                )


def _blocks(holder: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what is judged as a whole, in order: of a row no part, its level in one cell has its reason in another."""
    for node in holder.children:
        if isinstance(node, _BLOCKS):
            yield node
        if isinstance(node, nodes.Element) and not isinstance(node, nodes.row):
            yield from _blocks(node)


def _cited(app: Sphinx, block: nodes.Element, text: str, links: list[addnodes.pending_xref]) -> list[str]:
    """Return the identifiers of the claims that a block cites, by our roles, by any other link, or by bare name."""
    cited = [node["reftarget"] for node in links if _is_claim(node)]
    addresses = [node.get("reftarget", "") for node in links]
    addresses += [node.get("refuri", "") + "#" + node.get("refid", "") for node in block.findall(nodes.reference)]
    if found := _ADDRESS.findall(" ".join([text, *addresses])):
        ask(app.env, "claims")
        known = {anchor(kind, claim).casefold(): claim for claim, kind in _known(load_study(app)).items()}
        cited += [known[name.casefold()] for name in found if name.casefold() in known]
    return [*dict.fromkeys(cited)]


def _is_claim(node: addnodes.pending_xref) -> bool:
    claims = (KINDS[kind].role for kind in ("conclusion", "lesson", "link", "mechanism"))
    return node.get("refdomain") == "pic" and node.get("reftype") in claims


def _mark(claim: str) -> str:
    return f"⟦{claim}⟧"


def _marked(block: nodes.Element) -> str:
    """Return the text of a block, each link to a claim replaced by the claim's identifier."""
    copy = block.deepcopy()
    for node in [node for node in copy.findall(addnodes.pending_xref) if _is_claim(node)]:
        node.replace_self(nodes.Text(f"{node.astext()} {_mark(node['reftarget'])}"))
    text = copy.astext()
    # What names a claim without our role is marked too, at the end of what names it.
    return _MAY_BE_CLAIM.sub(lambda found: f"{found.group()} {_mark(found.group())}", text)


def _without_data(text: str, study: Study) -> str:
    """Return a text without the summaries of the study: what the report asserts is not what we assert."""
    for summary in _summaries(study):
        text = text.replace(summary, " ")
    return text


@lru_cache(maxsize=4)
def _summaries(study: Study) -> tuple[str, ...]:
    texts = {
        text
        for table in study.tables.values()
        for column in table.columns
        if column.endswith("_fr")
        for text in table[column]
        if text
    }
    return tuple(sorted(texts, key=len, reverse=True))


def _cites_conclusions(env: BuildEnvironment, doctree: nodes.document) -> bool:
    role = KINDS["conclusion"].role
    declared = any(entry.docname == env.docname and entry.kind == "conclusion" for entry in pic(env).objects.values())
    linked = any(
        node.get("refdomain") == "pic" and node.get("reftype") == role
        for node in doctree.findall(addnodes.pending_xref)
    )
    return declared or linked


def _demo(doctree: nodes.document) -> nodes.Element | None:
    """Return the first output of a page that was made from fictitious data."""
    return next((node for node in doctree.findall(nodes.raw) if DEMO_MARK in node.astext()), None)


def check_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Refuse a number typed by hand in the prose of a passport: it would not follow the data."""
    if str(app.env.doc2path(docname)).endswith(".ipynb"):
        if _DEMO_STUDY.search(content[0]):
            app.env.metadata[docname][_FICTITIOUS] = True
        return
    if not _PASSPORT.search(content[0]):
        return
    app.env.metadata[docname][_HOLDS] = True
    if numbers := typed_numbers(content[0]):
        listed = ", ".join(dict.fromkeys(numbers))
        _refuse(f"nombre tapé à la main dans une page générée : {listed} ; écrivez {{valeur}}`…`", docname)


def check_mentions(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse a conclusion or lesson that no page declares, or whose page hides that it has no evidence."""
    from pic_analysis.evidence.passport import accounts

    declared = pic(env).objects.values()
    if not any(entry.kind == "conclusion" for entry in declared):
        return  # a book of something else
    passports = any(_HOLDS in about for about in env.metadata.values())
    for account in [account for kind in ("conclusion", "lesson") for account in accounts(load_study(app)).all(kind)]:
        entry = pic(env).find(account.kind, account.id)
        if entry is None:
            if passports and account.kind == "conclusion":
                _refuse(f"la conclusion {account.id} n’a pas de passeport dans le livre", None)
        elif account.mention and account.mention not in _card(env, entry):
            _refuse(f"{account.id} n’a pas de preuve, et sa fiche ne porte pas la mention « {account.mention} »", None)


def _card(env: BuildEnvironment, entry: Entry) -> str:
    """Return the text of the card that declares an object."""
    name = anchor(entry.kind, entry.id)
    page = env.get_doctree(entry.docname)
    cards = page.findall(lambda node: isinstance(node, nodes.Element) and name in node["ids"])
    return " ".join(card.astext() for card in cards)


def _refuse(message: str, location: Any) -> None:
    logger.warning(message, location=location, type="pic", subtype="preuve")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role, and the checks."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.setup_extension("pic_analysis.publishing.study_of_book")
    app.add_role("confiance", ConfidenceRole())
    app.connect("source-read", check_source)
    app.connect("doctree-read", check_page)
    app.connect("env-check-consistency", check_mentions)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
