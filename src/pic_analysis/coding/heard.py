"""Say, once disagreements are settled, which interview speaks of which code and which was asked about it.

Everything that counts people counts them here: the page on coding, its exports, what a withdrawal changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import pandas as pd

from pic_analysis.coding import incidence
from pic_analysis.interviews import Interviews, settled


@dataclass(frozen=True, eq=False)
class Heard:
    """The coded interviews of a study, as they are counted.

    ``readings`` are the settled readings, in columns of codings; ``known`` is the safe group of each interview;
    ``present`` and ``questioned`` are booleans, interviews by codes in use. What the coders still disagree on is in
    none of them: neither said nor kept silent.
    """

    interviews: Interviews
    readings: pd.DataFrame
    asked: pd.DataFrame
    known: pd.Series
    present: pd.DataFrame
    questioned: pd.DataFrame

    @classmethod
    def of(cls, interviews: Interviews) -> Self:
        """Return what was heard in clean interviews."""
        register, book = interviews.interviews, interviews.codebook
        read = settled(interviews.codings, interviews.disagreements).rename(columns={"reading": "direction"})
        read.attrs.update(interviews.codings.attrs)  # fictitious interviews stay known as such
        waits = read["direction"] == ""
        unsettled = pd.MultiIndex.from_frame(read.loc[waits, ["interview_id", "code_id"]])
        asked = interviews.asked.assign(code_id=incidence.replaced(interviews.asked["code_id"], book))
        asked = asked[~pd.MultiIndex.from_frame(asked[["interview_id", "code_id"]]).isin(unsettled)]
        present = incidence.incidence(read[~waits], register, book)
        coded = {*incidence.replaced(interviews.codings["code_id"], book), *asked["code_id"]}
        present = present[[code for code in present if code in coded]]  # the headings of the codebook hold nothing
        if (
            interviews.asked.empty
        ):  # nobody wrote down what was asked: every interview is taken as asked about everything
            questioned = ~incidence.incidence(read[waits], register, book)[[*present]]
        else:
            questioned = incidence.questioned(asked, present, book)
        return cls(interviews, read[~waits], asked, incidence.groups(register), present, questioned)

    @property
    def codes(self) -> list[str]:
        """The codes in use, in the order of the codebook."""
        return [*self.present.columns]
