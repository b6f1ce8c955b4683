"""Read the Markdown of a block in a terminal: the same account as on its page, without a browser."""

from __future__ import annotations

import re
import textwrap

from pic_analysis.publishing.typography import french

WIDTH = 100

_FENCE = re.compile(r"^:{3,}(?:\{(?P<name>[\w-]+)\}\s*(?P<argument>.*))?$")
_OPTION = re.compile(r"^:(?P<name>[\w-]+):\s*(?P<value>.*)$")
_ROLE = re.compile(r"\{(?P<name>[\w-]+)\}`(?P<text>[^`]*?)(?:\s<(?P<target>[^<`\s]+)>)?`")


def plain_text(markdown: str) -> str:
    r"""Return a block's Markdown as text for a terminal, in lines of at most a hundred signs.

    >>> print(plain_text('::::{fiche} conclusion CCL05\n:titre: "Un titre."\n\n- **oui**\n::::'))
    CCL05  Un titre.
    - oui
    """
    lines: list[str] = []
    for line in markdown.splitlines():
        lines += _line(line.rstrip(), lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(line: str, before: list[str]) -> list[str]:
    if fence := _FENCE.match(line):
        argument = fence["argument"] or ""
        return [_words(argument.split()[-1] if fence["name"] == "fiche" else argument)] if argument else []
    if option := _OPTION.match(line):
        if option["name"] == "titre" and before:
            before.extend(_wrapped(f"{before.pop()}  {_words(_unquoted(option['value']))}", ""))
        return []
    if line.startswith("#"):
        title = _words(line.lstrip("# "))
        return ["", title.upper(), ""]
    if line.startswith("|"):
        cells = [_words(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        return [] if all(set(cell) <= {"-", ""} for cell in cells) else _wrapped(f"  {' | '.join(cells)}", "    ")
    if not line and before and _is_title(before[-1]):
        return []
    return _wrapped(_words(line), "  " if line.startswith("- ") else "")


def _is_title(line: str) -> bool:
    return "  " in line.strip()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False) or [""]


def _unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\") if text.startswith('"') else text


def _words(text: str) -> str:
    text = _ROLE.sub(_shown, text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<![\\*])\*{1,2}([^*]+?)\*{1,2}", r"\1", text)
    return french(re.sub(r"\\([\\`*_{}\[\]<>#|$~&+.():=%-])", r"\1", text).replace("`", "").strip())


def _shown(role: re.Match[str]) -> str:
    target = role["target"]
    if not target:
        return role["text"]
    if role["name"] == "download":
        place = re.sub(r"^/(\.\./)*", "", target)
        return f"{role['text']} ({place})"
    return f"{role['text']} ({target})"
