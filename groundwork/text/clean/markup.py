r"""Markdown signs inside lines: bold, links, escapes, and the rules of tables.

Two asterisks are bold only in pairs around words. In reports they mask names just as often
(``**至**高速公路``), so a pair is cut when it holds a number, a lead-in or a line, or in a text
that is Markdown by other signs, and never when its first words are what masks are put to.
Signs at the beginning of a line (#, -, >) stay: they are outline marks.
"""

import re
from collections.abc import Iterator
from typing import Final

from groundwork.text.clean.tape import Cut

_SIGNS: Final = re.compile(
    r"^[ \t]{0,3}(?:#{1,6} +[^\s#]|\|[ :|-]{0,200}---[ :|-]{0,200}$|[-*+] +\*\*|> +\S|```)",
    re.MULTILINE,
)
"""Lines that only Markdown has."""
_RULE: Final = re.compile(
    r"^[ \t]*(?:[-=]{3,}|[|:-][|: \t-]*-[|: \t-]*)[ \t]*(?:\n|\Z)", re.MULTILINE
)
_BOLD: Final = re.compile(r"(?<![*\\])\*\*(?=([^\s*\n](?:[^*\n]{0,118}[^\s*\n])?)\*\*(?!\*))")
_OUTLINE: Final = (
    r"(?:[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、)）]"
    r"|第[一二三四五六七八九十\d]{1,3}[篇章部])"
)
_LEAD: Final = re.compile(rf"{_OUTLINE}|[^*]{{2,}}[。：:；！]\Z|[\d.,]+[^\W\d]{{0,3}}[%％]?\Z")
"""What is bold in any text: a heading, a lead-in with its punctuation, a number with its unit."""
_HEAD: Final = re.compile(rf"[ \t\u3000>#*+•-]*{_OUTLINE}?[ \t]*\Z")
_NAMED: Final = re.compile(
    r"[和与及至、，,;；》”’】)）%％‰亿元余月江镇乡局站桥厂号街]|市(?![场政域容级民值])|区(?![域块县])"
    r"|路(?![径网])|年(?![初底轻度])|人(?![才民社大居均口])|家(?![庭校政])|村(?![级民居集])"
    r"|县(?![域级城乡])|日(?!常)|河(?![长道])|湖(?!长)|山(?!水)|园(?![区林])|项(?!目)"
    r"|个(?![人体性税])|户(?![均外])|万(?!众)|所(?!有)|院(?!校)|校(?![园企])|高速|大道|公司|企业|同志"
)
"""What stands behind a mask: the rest of a name or number."""
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]\n]{1,80})\]\((?:https?:/|[./#])[^\s()]{0,300}\)")
_ESCAPE: Final = re.compile(r"\\(?=[.\-*_#()\[\]+!|>~`])")


def markup(text: str) -> Iterator[Cut]:
    r"""Cut paired bold signs, links' addresses, escapes and the rules of tables; masks stay.

    >>> text = "# 总结\n整改问题**217项**,**县**镇通车"
    >>> [cut.start for cut in markup(text)]
    [9, 15]
    """
    marked = _SIGNS.search(text) is not None
    cuts = [*_bold(text, marked=marked), *_rules(text)]
    if marked:
        cuts += [Cut(match.start(), match.end()) for match in _ESCAPE.finditer(text)]
        for match in _LINK.finditer(text):
            cuts += (Cut(match.start(), match.start() + 1), Cut(match.end(1), match.end()))
    reached = 0
    for cut in sorted(cuts):
        if cut.start >= reached:
            yield cut
            reached = cut.end


def _bold(text: str, *, marked: bool) -> Iterator[Cut]:
    reached = 0
    for match in _BOLD.finditer(text):
        if match.start() < reached:
            continue
        start, end = match.span(1)
        if _is_bold(text, start, end, marked=marked):
            yield Cut(start - 2, start)
            yield Cut(end, end + 2, " " if _heads(text, match.start(), end) else "")
            reached = end + 2


def _is_bold(text: str, start: int, end: int, *, marked: bool) -> bool:
    words = text[start:end]
    if _NAMED.match(words) or any(words.count(a) != words.count(b) for a, b in ("“”", "《》")):
        return False
    opening = text[max(0, start - 60) : start - 2].rpartition("\n")[2]
    after = text[end + 2 : end + 3]
    heads = _HEAD.match(opening) is not None
    if _LEAD.match(words) and (heads or words[-1] not in "。：:；！"):
        return True
    if heads and after in {"", "\n"} and len(words) > 1:
        return True
    if not marked or len(words) < 2:
        return False
    return not after.isalpha() or not opening[-1:].isalpha()


def _heads(text: str, start: int, end: int) -> bool:
    """Tell a heading that only being bold parts from its body, which a space does from now on."""
    opening = text[max(0, start - 60) : start].rpartition("\n")[2]
    bare = end - start > 6 and text[end - 1].isalpha() and text[end + 2 : end + 3].isalpha()
    return bare and _HEAD.match(opening) is not None


def _rules(text: str) -> Iterator[Cut]:
    """Yield the lines that part a table's head from its rows, or paragraphs from each other."""
    for match in _RULE.finditer(text):
        yield Cut(match.start(), match.end())
