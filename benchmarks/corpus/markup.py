r"""Compile an annotated report from its markup into the text and its gold.

The markup, inside the report's own text
    ``<<title|period|organisation>>`` … ``<</>>``  a report (period, organisation may be empty)
    ``[a:…]`` ``[p:…]`` ``[g:…]`` ``[t:…]``        an achievement, problem, goal, plan (to do)
    ``{…}`` or ``{…|flags}``                       a quantity; what its words do not tell follows
        the bar: ``+`` or ``-`` for the change, ``est`` for an estimate, ``m`` for masked,
        ``t= v= up= u= q=`` to overrule type, value, upper, unit, qualifier (``u=0``: none)
    ``¶``                                          a page break: line break, running number, 、
    ``␣``                                          a blank put in by character recognition
    ``^…^``                                        an error of character recognition
    ``\``                                          takes the next character as it is
The first lines may be directives: ``#traditional`` (Traditional characters with the glosses
of a bad font conversion), ``#crlf``, ``#generated``.

Units
    Offsets count code points of the text as it is written to disk, line ends untranslated.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from benchmarks.corpus import amounts
from benchmarks.corpus.gloss import glossed

KINDS: Final = {"a": "achievement", "p": "problem", "g": "goal", "t": "plan"}
_TOKEN: Final = re.compile(r"<<(?P<report>[^<>]*)>>|\[(?P<kind>[apgt]):|[][{}¶␣^\\]")
_UNREAD: Final = re.compile(r"\n\d+、|\([a-zà-ǜ]+\)|\s")
_FLAG_NAMES: Final = {"t": "type", "v": "value", "up": "upper", "u": "unit", "q": "qualifier"}

Entry = dict[str, object]


class MarkupError(ValueError):
    """A source that does not compile; says where."""


@dataclass(slots=True)
class Compiled:
    """A document as it is committed: its text, its gold and its noise."""

    text: str
    reports: list[Entry] = field(default_factory=list)
    items: list[Entry] = field(default_factory=list)
    quantities: list[Entry] = field(default_factory=list)
    noise: list[Entry] = field(default_factory=list)
    generated: bool = False

    def gold(self, file: str) -> Entry:
        """Return the annotation object, in the format of the annotators' guidelines."""
        return {
            "file": file,
            "reports": self.reports,
            "items": self.items,
            "quantities": self.quantities,
        }


def compile_source(source: str) -> Compiled:
    r"""Compile marked-up text.

    >>> done = compile_source("<<镇总结|2023|某镇>>[a:修路{12公里}]。<</>>")
    >>> done.text, done.items[0]["quote"], done.quantities[0]["value"]
    ('修路12公里。\n', '修路12公里', 12)
    """
    directives, body = _directives(source)
    reader = _Reader(traditional="traditional" in directives, crlf="crlf" in directives)
    for piece in _pieces(body):
        reader.take(piece)
    return reader.finish(generated="generated" in directives)


def _directives(source: str) -> tuple[set[str], str]:
    names: set[str] = set()
    while re.match(r"#[a-z]+\n", source):
        line, _, source = source.partition("\n")
        names.add(line[1:])
    return names, source.rstrip("\n") + "\n"


def _pieces(body: str) -> list[re.Match[str] | str]:
    """Cut the body into markup tokens and the plain text between them."""
    pieces: list[re.Match[str] | str] = []
    position = 0
    while token := _TOKEN.search(body, position):
        pieces.append(body[position : token.start()])
        position = token.end()
        if token.group() == "\\":
            pieces.append(body[position])
            position += 1
        else:
            pieces.append(token)
    return [*pieces, body[position:]]


class _Reader:
    """Writes the text out and notes where the brackets stood."""

    def __init__(self, *, traditional: bool, crlf: bool) -> None:
        self.traditional = traditional
        self.newline = "\r\n" if crlf else "\n"
        self.out = ""
        self.page = 1
        self.done = Compiled("")
        self.report: Entry | None = None
        self.item: tuple[str, int] | None = None
        self.number: tuple[int, str] | None = None
        """Start of the open quantity, and its words so far without noise."""
        self.flags: str | None = None
        self.error: int | None = None

    def take(self, piece: re.Match[str] | str) -> None:
        """Read the next token or stretch of plain text."""
        if isinstance(piece, str):
            self._plain(piece)
        elif piece["report"] is not None:
            self._report(piece["report"])
        elif piece["kind"]:
            if self.item:
                raise MarkupError(f"an item opens within an item: …{self.out[-20:]}")
            self.item = (KINDS[piece["kind"]], len(self.out))
        else:
            self._sign(piece.group())

    def _sign(self, sign: str) -> None:
        match sign:
            case "]":
                self._close_item()
            case "{":
                self.number, self.flags = (len(self.out), ""), None
            case "}":
                self._close_number()
            case "¶":
                self.page += 1
                self._noise("page_break", f"\n{self.page}、")
            case "␣":
                self._noise("ocr_space", " ")
            case "^" if self.error is None:
                self.error = len(self.out)
            case "^":
                self._note(self.done.noise, self.error or 0, {"kind": "ocr_error"})
                self.error = None
            case _:
                raise MarkupError(f"{sign} stands alone: …{self.out[-20:]}")

    def _plain(self, text: str) -> None:
        if self.number and self.flags is not None:
            self.flags += text
            return
        if self.number and "|" in text:
            text, _, self.flags = text.partition("|")
        for char, gloss in glossed(text) if self.traditional else [(char, "") for char in text]:
            self.out += self.newline if char == "\n" else char
            if gloss:
                self._noise("pinyin_gloss", gloss)
        if self.number:
            self.number = (self.number[0], self.number[1] + text)

    def _noise(self, kind: str, text: str) -> None:
        start = len(self.out)
        self.out += text.replace("\n", self.newline)
        self._note(self.done.noise, start, {"kind": kind})

    def _note(self, where: list[Entry], start: int, fields: Entry) -> None:
        quote = self.out[start:]
        if not quote:
            raise MarkupError(f"nothing is marked: …{self.out[-20:]}")
        where.append({"start": start, "end": len(self.out), "quote": quote} | fields)

    def _report(self, heading: str) -> None:
        if heading == "/":
            if self.report is None:
                raise MarkupError("a report closes that never opened")
            self.report["end"] = len(self.out)
            self.done.reports.append(self.report)
            self.report = None
            return
        title, period, organisation = (self._script(part) or None for part in heading.split("|"))
        self.report = {"start": len(self.out), "end": 0}
        self.report |= {"title": title, "period": period, "organisation": organisation}

    def _script(self, words: str) -> str:
        return "".join(char for char, _ in glossed(words)) if self.traditional else words

    def _close_item(self) -> None:
        if self.item is None:
            raise MarkupError(f"] closes no item: …{self.out[-20:]}")
        kind, start = self.item
        quote = self.out[start:]
        entry: Entry = {"kind": kind, "start": start, "end": len(self.out), "quote": quote}
        self.done.items.append(entry)
        self.item = None

    def _close_number(self) -> None:
        if self.number is None:
            raise MarkupError(f"}} closes no quantity: …{self.out[-20:]}")
        start, words = self.number
        fields = amounts.read(words)
        before = _UNREAD.sub("", self.out[max(0, start - 30) : start])
        if fields["type"] not in {"date", "rank"}:
            fields["change"] = amounts.change_before(before)
        for flag in (self.flags or "").split():
            fields |= _flag(flag)
        if fields["unit"]:
            # The unit is quoted as it is written.
            fields["unit"] = self._script(str(fields["unit"]))
        self._note(self.done.quantities, start, fields)
        self.number = self.flags = None

    def finish(self, *, generated: bool) -> Compiled:
        """Return the document, or say what was left open."""
        if self.item or self.number or self.report or self.error is not None:
            raise MarkupError(f"left open: {self.item or self.number or self.report}")
        self.done.text, self.done.generated = self.out, generated
        return self.done


def _flag(flag: str) -> Entry:
    if flag in {"+", "-", "="}:
        return {"change": {"+": "increase", "-": "decrease", "=": None}[flag]}
    if flag == "m":
        return {"masked": True, "value": None}
    if flag == "est":
        return {"qualifier": "estimate"}
    name, _, value = flag.partition("=")
    if name not in _FLAG_NAMES:
        raise MarkupError(f"unknown flag {flag}")
    if name in {"v", "up"}:
        return {_FLAG_NAMES[name]: amounts.number(value), "masked": False}
    return {_FLAG_NAMES[name]: None if value == "0" else value}
