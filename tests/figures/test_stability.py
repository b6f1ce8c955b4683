from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import REPOSITORY

PROGRAM = """
import hashlib, sys
from pic_analysis.figures.agreement import double_coding
from pic_analysis.figures.directions import directions
from pic_analysis.figures.evidence import evidence_matrix
from pic_analysis.figures.extent import extent
from pic_analysis.figures.interviews import interviews
from pic_analysis.figures.sensitivity import sensitivity
from pic_analysis.figures.voices import voices_by_case
from pic_analysis.publishing import impact_pictures
from pic_analysis.publishing.display import Behind, Figure
from pic_analysis.publishing.impact_question import Question
from pic_analysis.study import Study

study = Study.load("loos_2016")
drawn = [directions(study, "B"), evidence_matrix(study, "Eco")]
drawn += [draw(study) for draw in (double_coding, extent, interviews, sensitivity, voices_by_case)]
asked = Question.load("loos_2016", "QEF01")
drawn += [draw(asked).drawing for draw in (impact_pictures.event_study, impact_pictures.placebo_gaps)]
for one in drawn:
    figure = Figure(one.figure, alt=one.alt, title=one.title, data=one.data, labels=one.labels, name=one.name)
    for text in (figure.svg, Behind(figure).html(), repr(Behind(figure))):
        print(one.name, hashlib.sha256(text.encode()).hexdigest())
"""


def shown(seed: str) -> str:
    surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PIC_ROOT": str(REPOSITORY)}
    ran = subprocess.run([sys.executable, "-c", PROGRAM], env=surroundings, capture_output=True, text=True, check=True)
    return ran.stdout


@pytest.mark.slow
def test_two_processes_show_the_same_bytes():
    first = shown("1")
    assert len(set(first.splitlines())) == 27  # nine figures: drawing, table, plain text
    assert first == shown("2")
