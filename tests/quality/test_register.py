import math

from quality.rows import discrepancy, study_of

from pic_analysis.quality.finding import Finding, Passage
from pic_analysis.quality.register import about, compare


def found(rule, kind, first, second=None, objects=(("fact", "FAI001"),)):
    passages = [Passage("SRC01", *place) if place else None for place in (first, second)]
    return Finding(rule, kind, "notable", *passages, objects, "Écart.", "Ne pas.")


TWO_FORMS = found("announcements", "count", ("3.3.2", "deux formes"), ("3.3.4", "trois façons"))


def matched(findings, *rows):
    got = compare(study_of(discrepancies=[*rows]), findings)
    return got.matches["discrepancy_id"].tolist()


def test_same_kind_and_same_passages_match_whatever_their_order():
    row = discrepancy("ECA01", "count", ("3.3.4", "de trois façons"), ("3.3.2", "prend deux formes"))
    assert matched([TWO_FORMS], row) == ["ECA01"]


def test_other_kind_or_other_section_does_not_match():
    assert matched([TWO_FORMS], discrepancy("ECA01", "page", ("3.3.2", "deux formes"), ("3.3.4", "trois façons"))) == [
        ""
    ]
    assert matched([TWO_FORMS], discrepancy("ECA01", "count", ("3.3.2", "deux formes"), ("3.4.4", "trois façons"))) == [
        ""
    ]


def test_compatible_kind_matches_only_with_its_words():
    said = discrepancy("ECA01", "structure", ("3.3.2", "prend deux formes"), ("3.3.4", "de trois façons"))
    other = discrepancy("ECA01", "structure", ("3.3.2", "le titre"), ("3.3.4", "un autre"))
    assert matched([TWO_FORMS], said) == ["ECA01"]
    assert matched([TWO_FORMS], other) == [""]


def test_anchors_break_ties_and_a_tie_that_they_leave_is_no_match():
    near = discrepancy("ECA01", "count", ("3.3.2", "deux formes"), ("3.3.4", "trois façons"))
    far = discrepancy("ECA02", "count", ("3.3.2", "le titre"), ("3.3.4", "un autre"))
    assert matched([TWO_FORMS], far, near) == ["ECA01"]
    assert matched([TWO_FORMS], far) == ["ECA02"]
    assert matched([TWO_FORMS], far, {**far, "discrepancy_id": "ECA03"}) == [""]


def test_one_row_matches_one_finding():
    row = discrepancy("ECA01", "count", ("3.3.2", "deux formes"), ("3.3.4", "trois façons"))
    again = found("announcements", "count", ("3.3.2", "deux formes"), ("3.3.4", "trois"), (("fact", "FAI002"),))
    assert matched([TWO_FORMS, again], row) == ["ECA01", ""]


def test_one_section_needs_the_words_of_the_anchors():
    jobs = found("sums", "sum", ("3.5.4", "une centaine d’emplois autour"), ("3.5.4", "Cerdd : 12 emplois"))
    same = discrepancy("ECA01", "sum", ("3.5.4", "compte une centaine d’emplois"), ("3.5.4", "Act : 7 emplois"))
    other = discrepancy("ECA02", "sum", ("3.5.4", "30 a 40 000 visiteurs"), ("3.5.4", "25 000 visiteurs"))
    assert matched([jobs], same) == ["ECA01"]
    assert matched([jobs], other) == [""]


def test_finding_of_one_passage_matches_by_its_words_or_by_the_code_that_it_names():
    cell = (("statement", "C2-18"), ("cell", "Part_PC1_1"))
    alone = found("signatures", "reference", ("3.2.1", "la mairie en fait plus"), objects=cell)
    named = discrepancy("ECA01", "reference", ("3.1", "la règle"), ("3.2.1", "facilitateur. (Part_PCI_1)"))
    unnamed = discrepancy("ECA02", "reference", ("3.1", "la règle"), ("3.2.1", "une autre chose"))
    assert matched([alone], named) == ["ECA01"]
    assert matched([alone], unnamed) == [""]


def test_chapter_holds_its_sections_when_the_words_agree():
    axes = found("announcements", "count", ("resume", "quatre axes principaux"), ("2", "s’ancrer dans la mémoire"))
    row = discrepancy("ECA01", "count", ("resume", "autour de quatre axes principaux"), ("2.8", "La dimension"))
    assert matched([axes], row) == ["ECA01"]


def test_what_no_conclusion_takes_up_matches_a_row_of_the_conclusions():
    orphan = found("orphans", "chain", ("3.2.3", "une tendance à la passivité"), ("4", ""), (("statement", "B3-18"),))
    row = discrepancy("ECA01", "chain", ("3.2.3", "Une tendance a la passivité de"), ("4", "La stratégie ne"))
    other = discrepancy("ECA02", "chain", ("3.2.3", "une tendance à la passivité"), ("3.3.1", "ailleurs"))
    assert matched([orphan], other, row) == ["ECA01"]
    assert matched([orphan], other) == [""]


def test_recall_and_precision_count_what_a_rule_can_find():
    rows = [
        discrepancy("ECA01", "count", ("3.3.2", "deux formes"), ("3.3.4", "trois façons")),
        discrepancy("ECA02", "count", ("1.3", "trois paquets"), ("7.1.2", "quatre lettres")),
        discrepancy("ECA03", "naming", ("1.3", "un nom"), ("2", "un autre")),
    ]
    more = found("pages", "page", ("4", "p. 48"), ("6.1", "enseignement"), (("page_reference", "PAG01"),))
    got = compare(study_of(discrepancies=rows), [TWO_FORMS, more])
    assert (got.recall, got.precision) == (0.5, 0.5)
    assert got.by_rule.loc["announcements"].to_dict() == {"found": 1, "matched": 1, "new": 0}
    assert got.by_rule.loc["pages", "new"] == 1
    assert got.by_kind.loc["count"].to_dict() == {"rows": 2, "matched": 1, "missed": 1, "reachable": True}
    assert not got.by_kind.loc["naming", "reachable"]
    assert got.control_of == {"ECA01": "CTR-annonce-FAI001"}
    assert got.discrepancy_of == {"CTR-annonce-FAI001": "ECA01"}


def test_nothing_found_and_nothing_noted_have_no_share():
    got = compare(study_of(), [])
    assert math.isnan(got.recall)
    assert math.isnan(got.precision)


def test_rows_of_the_register_about_a_passage():
    study = study_of(discrepancies=[discrepancy("ECA01", "sum", ("2.2", "220 réunions publiques"), None)])
    assert about(study, Passage("SRC01", "2.2", "Ainsi, 220 réunions")) == ["ECA01"]
    assert about(study, Passage("SRC01", "2.3", "Ainsi, 220 réunions")) == []
    assert about(study, Passage("SRC01", "2.2", "144 permanences")) == []
