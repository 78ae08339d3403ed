"""Clean a report, and remember where every character came from.

Each pass is one named function from text to cuts; ``clean`` runs them in order until nothing is
left to do, so that cleaning clean text changes nothing. The edits replay: applied to the source
text they give the clean text.
"""

from collections.abc import Callable, Iterator
from typing import Final

from groundwork.text.clean.boilerplate import boilerplate
from groundwork.text.clean.characters import full_width, invisible, line_ends, odd_spaces
from groundwork.text.clean.gloss import pinyin_gloss
from groundwork.text.clean.lines import line_break
from groundwork.text.clean.markup import markup
from groundwork.text.clean.misread import ocr_error
from groundwork.text.clean.pages import page_break, quoted_breaks
from groundwork.text.clean.script import simplified
from groundwork.text.clean.spaces import ocr_space
from groundwork.text.clean.tape import Cut, Tape
from groundwork.text.document import CleanText, Edit, SourceText

PASSES: Final[tuple[tuple[str, Callable[[str], Iterator[Cut]]], ...]] = (
    ("invisible", invisible),
    ("line_end", line_ends),
    ("space", odd_spaces),
    ("full_width", full_width),
    ("pinyin_gloss", pinyin_gloss),
    ("markup", markup),
    ("boilerplate", boilerplate),
    ("page_break", page_break),
    ("line_break", line_break),
    ("ocr_space", ocr_space),
    ("ocr_error", ocr_error),
)
_ROUNDS: Final = 8
"""One round cleans a report; the others only bound what a made-up text can ask for."""


def clean(source: SourceText) -> CleanText:
    r"""Return the text without its noise, with the origin of every character.

    >>> clean(SourceText("區(qū)科技局\u200b新增１２\n3、%")).text
    '區科技局新增12%'
    """
    return _cleaned(source, Tape(source.text))


def clean_like(text: str, source: CleanText) -> CleanText:
    r"""Clean a claim that may quote ``source`` raw, page-break marks and all.

    A quotation often lacks the context that proves a mark to be no list mark; the source has it.
    Marks that were cut from the source go first where the claim has them between the same two
    characters, or at its edge; then the claim is cleaned as usual. Origins index ``text``.

    >>> source = clean(SourceText("全年投资增长12\n3、.5%,签约5家。"))
    >>> clean_like("增长12\n3、", source).text
    '增长12'
    """
    tape = Tape(text)
    tape.apply("page_break", quoted_breaks(text, source))
    return _cleaned(SourceText(text), tape)


def _cleaned(source: SourceText, tape: Tape) -> CleanText:
    for _ in range(_ROUNDS):
        edited = False
        for kind, cuts in PASSES:
            edited |= tape.apply(kind, cuts(tape.text))
        if not edited:
            break
    return CleanText(
        source=source,
        text=tape.text,
        reading=simplified(tape.text),
        starts=tape.starts,
        ends=tape.ends,
        edits=tape.edits(),
    )


def replay(text: str, edits: tuple[Edit, ...]) -> str:
    """Apply ``edits`` to the source text, which gives the clean text.

    >>> replay("区(qū)局", (Edit("pinyin_gloss", 1, 5),))
    '区局'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.replacement)
        done = edit.end
    return "".join((*pieces, text[done:]))
