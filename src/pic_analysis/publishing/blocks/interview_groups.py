"""What the page on coding shows of groups of people: who speaks of what, what may be compared, and how cautiously."""

from __future__ import annotations

from pic_analysis.coding import accumulation, incidence, logistic, permutation
from pic_analysis.coding.proportion import wilson
from pic_analysis.coding.voices import voices
from pic_analysis.disclosure.suppression import SECRET
from pic_analysis.numbers_fr import NARROW, count, decimal, integer, percent
from pic_analysis.publishing.blocks.interviews import LEVEL, table_of, with_interval
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.display import Prose, Table
from pic_analysis.publishing.workshop import Workshop
from pic_analysis.vocabulary import SAFE_GROUPS

UNKNOWN = "car les questions posées ne sont pas documentées"


def shares(workshop: Workshop) -> Table | Prose:
    """Return, for each code and safe group, who speaks of it among those who were asked, with Wilson's interval."""
    if not workshop.codes:
        return Prose("Aucun code n’est en usage : il n’y a rien à compter.")
    found = voices(workshop.present, workshop.known, workshop.questioned)
    asked = _asked(workshop)
    none = {True: "aucune lecture arrêtée", False: "jamais interrogé"}
    said = {
        (row.code_id, row.group): _share(row.said, row.interviews) or none[(row.code_id, row.group) in asked]
        for row in found.itertuples(index=False)
    }
    sums = found.groupby("code_id")[["said", "interviews"]].sum()
    said |= {(code, ""): _share(*sums.loc[code]) or none[(code, "") in asked] for code in workshop.codes}
    groups = [*(group for group in SAFE_GROUPS if group in {*found["group"]}), ""]
    rows = [
        (workshop.labels[code], *(SECRET if workshop.hides(code, group) else said[code, group] for group in groups))
        for code in workshop.codes
    ]
    among = (
        "ceux qui ont été interrogés" if workshop.asked_known else f"tous ceux dont la lecture est arrêtée, {UNKNOWN}"
    )
    caption = f"Entretiens qui en parlent, parmi {among} ; intervalle de Wilson à {percent(LEVEL)}"
    return table_of(rows, workshop, caption, ["Code", *groups[:-1], accumulation.EVERYONE])


def _asked(workshop: Workshop) -> set[tuple[str, str]]:
    """Return the codes and groups of which somebody may have been asked; an empty group stands for everyone."""
    if not workshop.asked_known:
        return {(code, group) for code in workshop.codes for group in (*SAFE_GROUPS, "")}
    asked = workshop.interviews.asked
    codes = incidence.replaced(asked["code_id"], workshop.interviews.codebook)
    pairs = {*zip(codes, asked["interview_id"].map(workshop.known).fillna(""), strict=True)}
    return pairs | {(code, "") for code, _ in pairs}


def leads(workshop: Workshop, threshold: float = 0.05) -> Prose:
    """Return what permutation tests suggest, in words: an exact p may tell something of a hidden count."""
    found = permutation.differences(workshop.present, workshop.known, workshop.questioned)
    if not found["p"].notna().any():
        return Prose(
            "Aucun code ne se compare d’un groupe à l’autre : il faut deux groupes au moins, et qu’une partie "
            "seulement des entretiens en parle."
        )
    sentences = permutation.sentences(found, workshop.interviews.codebook, threshold)
    alike, untested = int((found["p_holm"] > threshold).sum()), int(found["p"].isna().sum())
    kept = "le garde-fou retient les nombres"
    said = [
        text if row.code_id in workshop.open_codes else f"{text.partition(' (p')[0]}{NARROW}; {kept}."
        for text, row in zip(sentences, found.itertuples(index=False), strict=True)
        if row.p_holm <= threshold
    ]
    test = f"(test de permutation, correction de Holm, seuil de {percent(threshold)})"
    rest = f"À titre {permutation.EXPLORATORY}, rien ne distingue les groupes pour {count(alike, 'code')} {test}"
    none = f"{count(untested, 'code ne se compare', 'codes ne se comparent')} pas" if untested else ""
    last = " ; ".join(text for text in (rest if alike else "", none) if text)
    return Prose("\n".join(f"- {plain(text)}" for text in (*said, *([f"{last}."] if last else []))))


def model(workshop: Workshop) -> logistic.Logistic:
    """Return the logistic model of who speaks of what he was asked, clustered by interview."""
    rows = logistic.spoken(workshop.present, workshop.known, workshop.questioned)
    return logistic.logistic(rows, leave_out=False)


def odds(workshop: Workshop, fitted: logistic.Logistic) -> Table | Prose:
    """Return the odds of each group against the reference."""
    if fitted.table.empty:
        return Prose("Pas de modèle pour ces entretiens ; voici pourquoi.")
    rows = [(r.group, with_interval(r.odds_ratio, r.low, r.high), r.status) for r in fitted.table.itertuples()]
    reference = fitted.table["reference"].iloc[0]
    what = "de ce qui est demandé" if workshop.asked_known else f"d’un code, {UNKNOWN}"
    caption = f"Rapport de cotes de parler {what} ; référence : {reference} ; intervalle à {percent(LEVEL)}"
    return table_of(rows, workshop, caption, ["Groupe", "Rapport de cotes", "Statut"])


def diagnostics(fitted: logistic.Logistic) -> Prose:
    """Return why there is no model, or what tells whether it can be read; then what it may not be used to say."""
    said = [*fitted.refusals]
    if about := fitted.diagnostics:
        said += [
            # Not how many interviews, answers, nor how many speak: beside other tables, a masked count would come back.
            f"Le modèle trouve, pour chaque paramètre, au moins {integer(logistic.EVENTS_PER_PARAMETER)} réponses de "
            "l’espèce la plus rare.",
            f"Corrélation entre réponses d’un même entretien : {decimal(about.working_correlation, 3)} ; la prendre en "
            f"compte multiplie la variance par {decimal(about.design_effect, 2)} au plus.",
        ]
    return Prose("\n".join(f"- {text}" for text in (*said, *fitted.cautions)))


def _share(said: int, interviews: int) -> str:
    """Return how many speak among so many; an empty text where there is nobody to speak."""
    if not interviews:
        return ""
    low, high = wilson(said, interviews, LEVEL)
    ends = f"{decimal(100 * float(low), 0)} à {percent(float(high))}"
    return f"{integer(said)} sur {integer(interviews)} : {percent(said / interviews)} ({ends})"
