import dataclasses
import re

import pandas as pd
import pytest

from pic_analysis.quality.finding import SLUGS_FR
from pic_analysis.quality.register import controls
from pic_analysis.quality.rules import RULES, findings
from pic_analysis.study import Study
from pic_analysis.vocabulary import DISCREPANCY_KINDS, SEVERITIES


def test_every_rule_has_its_names_and_known_kinds():
    assert [*RULES] == [*SLUGS_FR]
    assert len(set(SLUGS_FR.values())) == len(SLUGS_FR)
    assert {kind for rule in RULES.values() for kind in rule.kinds} <= set(DISCREPANCY_KINDS)


def test_empty_study_has_no_finding(loos):
    empty = {name: frame.iloc[:0] for name, frame in loos.tables.items()}
    assert findings(Study(loos.settings, **empty)) == []


def test_order_of_rows_changes_nothing_but_the_order(tiny_study):
    study = tiny_study()
    turned = dataclasses.replace(study, citations=study.citations.iloc[::-1].reset_index(drop=True))
    assert {f.id for f in findings(study)} == {f.id for f in findings(turned)}


def test_findings_of_the_study_are_whole(loos):
    found = findings(loos)
    assert len({finding.id for finding in found}) == len(found)
    for finding in found:
        assert re.fullmatch(r"CTR-[a-z-]+-[\w>-]+", finding.id)
        assert (finding.kind in RULES[finding.rule].kinds, finding.severity in SEVERITIES) == (True, True)
        assert finding.first.section
        assert finding.first.anchor
        for text in (finding.summary_fr, finding.consequence_fr):
            assert re.match(r"[A-ZÀÉÎÔ0-9]", text)
            assert text.endswith(".")
            assert not re.search(r"\b(nan|None|True|False)\b|  ", text)


def test_clean_tables_and_processed_files_give_the_same_findings(tiny_study, raw_folder):
    from pic_analysis.cleaning.study import clean
    from pic_analysis.reading import settings

    study = tiny_study()
    assert findings(Study(settings.load("essai"), **clean("essai").tables)) == findings(study)


KNOWN = {
    "rates": ("2.2", "7.1.2", "au moins 200"),
    "populations": ("texte", "texte", "595\u202f000"),
    "announcements": ("3.3.2", "3.3.4", "formes de contribution"),
    "labels": ("5.3.1", "5.3.2", "R1"),
    "quantifiers": (None, "4", "une large majorité"),
}


@pytest.mark.parametrize("rule", KNOWN)
def test_known_discrepancies_are_found_by_their_rule(rule, loos):
    first, second, said = KNOWN[rule]
    got = [
        finding
        for finding in RULES[rule].find(loos)
        if said in finding.summary_fr and first in (None, finding.first.section) and finding.second.section == second
    ]
    assert len(got) == 1
    assert got[0].id in controls(loos)[1].discrepancy_of


def test_quantifier_of_the_first_conclusion_stands_against_what_it_restates(loos):
    got = next(f for f in RULES["quantifiers"].find(loos) if f.objects[0] == ("conclusion", "CCL01"))
    assert ("statement", "B2-02") in got.objects


def test_every_finding_names_things_that_exist(loos):
    tables = {"fact": "facts", "statement": "statements", "conclusion": "conclusions", "testimony": "testimonies"}
    tables |= {"recommendation": "recommendations", "node": "theory_nodes"}
    for finding in findings(loos):
        for kind, name in finding.objects:
            if kind in tables:
                frame: pd.DataFrame = loos.tables[tables[kind]]
                assert name in set(frame.iloc[:, 0]), (finding.id, name)
