"""Say why nothing was fetched: the site could not be reached, or what it answered is not what was expected."""

from __future__ import annotations

import unicodedata

from pic_analysis.problems import Problem


class Unreachable(Exception):
    """Say, in French, why a site gave no whole answer: nothing is wrong with the data."""


class AnswerError(Exception):
    """Carry the problem of an answer that is not as expected."""

    def __init__(
        self,
        source: str,
        expected: str,
        *,
        row: int = 0,
        column: str = "",
        value: str = "",
        hint: str = "",
        near: str = "",
    ):
        # Names of columns and titles are a stranger's too, wherever they are told.
        self.problem = Problem(
            _plain(source), row, _plain(column), shown(value), _plain(expected), _plain(hint), _plain(near)
        )
        super().__init__(str(self.problem))


class Denied(AnswerError):
    """Say that a site refused a request, with the status and the words of its refusal."""

    def __init__(self, source: str, status: int, body: str) -> None:
        self.status, self.body = status, body
        hint = "Vérifiez le jeu de données et les filtres dans connections.yml"
        super().__init__(source, f"demande refusée par le site (code {status})", value=body, hint=hint)


def shown(value: object) -> str:
    r"""Return a value of a stranger as one short line that a terminal cannot act on.

    >>> shown("\x1b[2Jabc\n" + "d" * 5)
    '�[2Jabc ddddd'
    """
    line = " ".join(str(value)[:500].split())
    line = _plain(line)
    return line if len(line) <= 61 else f"{line[:60]}…"


def is_plain(text: str) -> bool:
    r"""Say whether a text has no sign that a terminal or an editor acts on.

    >>> is_plain("1\xa0234 entrées"), is_plain("\x1b[2J"), is_plain("a\u202eb")
    (True, False, False)
    """
    return not any(unicodedata.category(sign).startswith("C") for sign in text)


def _plain(text: str) -> str:
    return "".join(sign if is_plain(sign) else "�" for sign in text)
