"""A study with a report and a register: the page on coding never lets the few who left be counted."""

import re

import pytest
from disclosure.test_declared import OWN, REPORT, SPEAKING, interviews

from pic_analysis.publishing.blocks import interview_groups as groups
from pic_analysis.publishing.blocks import interviews as page
from pic_analysis.publishing.interview_exports import group_tables
from pic_analysis.publishing.workshop import Workshop


@pytest.fixture
def workshop():
    """Return 75 interviews, where the report counts 76 people."""
    return Workshop.of(interviews(SPEAKING, report={**REPORT, "agents": 15}))


def test_total_of_the_register_is_nowhere_on_the_page(workshop):
    drawn = page.accumulated(workshop)
    parts = [page.register(workshop).data, groups.shares(workshop).data, drawn.data]
    said = " ".join(str(value) for part in parts for value in part.to_numpy().ravel())
    said += " ".join([drawn.title, drawn.alt, groups.diagnostics(groups.model(workshop)).text])
    said += page.saturated(workshop).text + page.delivery(workshop).text.partition("Au nettoyage")[0]
    assert not re.search(r"\b75\b", said)
    assert OWN not in set(drawn.data["group"])


def test_export_counts_the_register_alone_and_hides_what_the_page_hides(workshop):
    got = group_tables(workshop.interviews)
    sizes = got["interviews_by_group"]
    assert [*sizes.columns] == ["group", "people", "status"]
    assert sizes.loc[sizes["group"] == "ensemble", "status"].item() == "s"
    assert [*got["codes_by_group"].columns] == ["code_id", "label_fr", "group", "said", "people", "status"]
