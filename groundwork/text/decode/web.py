"""HTML pages: the main text by trafilatura, or all of it when the page is little else.

trafilatura drops menus, footers and related articles; on short and plain pages it drops headings
and lines of the report as well. Its answer is therefore measured against everything the page says
outside of menus, and taken only when most of that is in it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from groundwork.errors import TooLargeError, UnreadableFileError

_MOST_CHARACTERS: Final = 4_000_000
_MOST_TAGS: Final = 200_000
_MOST_JUDGED: Final = 20_000
"""Tags up to which the main text is looked for, which takes 50 microseconds a tag."""
_DEEPEST: Final = 200
"""Levels of nesting; pages have tens, and parsers recurse."""
_UNSEEN: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "head",
    }
)
_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "br",
    }
)
_CELLS: Final = frozenset(("td", "th"))
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_VOID: Final = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
    }
)
_KINDS: Final = "总结|總結|计划|計劃|思路|打算|安排|要[点點]|报告|報告|[汇匯彙][报報]"
_TITLE: Final = re.compile(rf".{{0,60}}(?:{_KINDS})(?:的(?:{_KINDS}))?")
_TITLE_LINES: Final = 4
_INFO: Final = re.compile(
    r"[(（【\[]?(?:[发發]布|[发發]表|更新|[录錄]入)?(?:[时時][间間]|日期|机构|機構|人)[:：]|(?:信息|文章)?[来來]源[:：]"
    r"|作者[:：]|(?:[责責]任)?[编編][辑輯][:：]|[浏瀏][览覽](?:次[数數]|量)?[:：]|[点點][击擊](?:[数數]|量)?[:：]"
    r"|[阅閱][读讀](?:次[数數]|量)?[:：]|字[号號体體][:：]"
)
"""What a page says below a title: when and by whom it was put up, how often it was read."""
_INFO_LONGEST: Final = 120
_MOSTLY: Final = 0.9
_LOST: Final = 0.5


def read_html(text: str) -> str:
    """Return the report of an HTML page, a line a block; table cells are parted by `` | ``.

    Raises UnreadableFileError for a page without text, TooLargeError for one that is too big or
    too deeply nested to parse in bounded time.
    """
    _inspect(text)
    whole = _whole(_DECLARATION.sub("", text))
    if not whole.strip():
        raise UnreadableFileError("the HTML page holds no text")
    return _without_info(whole if text.count("<") > _MOST_JUDGED else _judged(text, whole))


def _judged(text: str, whole: str) -> str:
    main = _main(text)
    share = _overlap(main, whole)
    if share < _LOST:
        return whole
    return _between(main, whole) if share >= _MOSTLY else main


def _without_info(text: str) -> str:
    """Leave out the lines between a title and its report that speak of the page."""
    kept: list[str] = []
    for line in text.split("\n"):
        titled = bool(kept) and len(kept[-1]) < _INFO_LONGEST and _TITLE.fullmatch(kept[-1])
        if not (titled and len(line) < _INFO_LONGEST and _INFO.match(line) and "。" not in line):
            kept.append(line)
    return "\n".join(kept)


def _inspect(text: str) -> None:
    if len(text) > _MOST_CHARACTERS or text.count("<") > _MOST_TAGS:
        raise TooLargeError("the HTML page has more text or tags than is read here")
    depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _VOID:
            depth = max(0, depth + (-1 if match[1] else 1))
            if depth > _DEEPEST:
                raise TooLargeError(f"the HTML page is nested more than {_DEEPEST} levels deep")


def _whole(text: str) -> str:
    """Return all visible text outside of menus and footers."""
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415 -- comes with trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        root = html.document_fromstring(text.replace("\0", ""))
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFileError("the HTML page cannot be parsed") from error
    pieces = "".join(_pieces(root)).split("\n")
    lines = (re.sub(r"[ \t\r\xa0]+", " ", line).strip(" |\u3000") for line in pieces)
    return "\n".join(line for line in lines if line)


def _pieces(root: Any) -> Iterator[str]:
    """Walk the page without recursion; a block begins and ends a line."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag
        if closing:
            yield "\n" if tag in _BLOCKS else " | " if tag in _CELLS else ""
            yield _flat(node.tail)
        elif not isinstance(tag, str) or tag in _UNSEEN:
            yield _flat(node.tail)
        else:
            yield "\n" if tag in _BLOCKS else ""
            yield _flat(node.text)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


def _main(text: str) -> str:
    import trafilatura  # noqa: PLC0415 -- 250 ms that other uploads do not need

    found = trafilatura.extract(
        text, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return found or ""


def _between(main: str, whole: str) -> str:
    """Return the page from the first to the last line of the main text, and its title above."""
    kept = set(main.split("\n"))
    lines = whole.split("\n")
    found = [index for index, line in enumerate(lines) if line in kept]
    if not found:
        return whole
    start = found[0]
    for index in range(max(0, start - _TITLE_LINES), start):
        if _TITLE.fullmatch(lines[index]):
            start = index
            break
    return "\n".join(lines[start : found[-1] + 1])


def _overlap(main: str, whole: str) -> float:
    """Return the share of the page's sentences that the main text holds."""
    kept = set(re.split(r"[\s|]+", main))
    lines = [line for line in re.split(r"[\s|]+", whole) if len(line) >= 15 and "。" in line]
    total = sum(map(len, lines))
    return sum(len(line) for line in lines if line in kept) / total if total else 1.0
