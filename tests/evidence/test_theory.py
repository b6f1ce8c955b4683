import pandas as pd

from pic_analysis.evidence.theory import paths_between

LINKS = pd.DataFrame({"link_id": ["A>B", "B>C", "A>C"], "source_id": list("ABA"), "target_id": list("BCC")})


def test_every_path_is_found_shortest_first():
    assert paths_between(LINKS, "A", "C") == [["A", "C"], ["A", "B", "C"]]


def test_no_path_goes_against_the_arrows_nor_to_a_box_that_is_not_there():
    assert paths_between(LINKS, "C", "A") == []
    assert paths_between(LINKS, "A", "E") == []
