from quality.rows import statement, study_of, support

from pic_analysis.quality.orphans import impacts, orphans

STATEMENTS = [
    statement("B1-01", "3.2.1"),
    statement("B1-02", "3.2.1"),
    statement("B1-03", "3.2.1", "limit"),
    statement("B4-01", "3.2.4", "key_point"),
    statement("E1-01", "3.5.1", "impact"),
    statement("E2-01", "3.5.2", "impact"),
    statement("E6-01", "3.6", "spread"),
]


def study(*supported):
    return study_of(statements=STATEMENTS, conclusion_support=[support("CCL01", name) for name in supported])


def test_statements_that_no_conclusion_takes_up_are_grouped_by_section_and_role():
    first, second = orphans(study("E1-01"))
    assert (first.id, first.kind, first.severity) == ("CTR-sans-conclusion-B1-01", "chain", "mineur")
    assert [name for _, name in first.objects] == ["B1-01", "B1-02"]
    assert (first.first.anchor, first.second.section, first.second.anchor) == ("ancre de B1-01", "4", "")
    assert first.summary_fr == (
        "2\xa0constats de la section 3.2.1 (changement observé) n’appuient aucune conclusion et ne s’opposent à aucune."
    )
    assert (second.id, second.severity) == ("CTR-sans-conclusion-B1-03", "notable")


def test_key_point_or_statement_taken_up_is_no_orphan():
    assert orphans(study("B1-01", "B1-02", "B1-03")) == []


def test_chapters_of_impacts_and_spread_are_found_whole_or_in_part():
    whole, spread = impacts(study("B1-01"))
    assert (whole.id, whole.severity) == ("CTR-impacts-E1-01", "majeur")
    assert whole.summary_fr == "Aucune conclusion ne reprend les sections 3.5.1 et 3.5.2 (2\xa0constats)."
    assert spread.summary_fr == "Aucune conclusion ne reprend la section 3.6 (1\xa0constat)."
    (part,) = impacts(study("E1-01", "E6-01"))
    assert (part.id, part.severity) == ("CTR-impacts-E2-01", "notable")


def test_impacts_all_taken_up_are_no_finding():
    assert impacts(study("E1-01", "E2-01", "E6-01")) == []


def test_chain_that_was_not_traced_says_nothing():
    assert orphans(study()) == []
    assert impacts(study()) == []
