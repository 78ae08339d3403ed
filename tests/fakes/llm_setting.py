"""What tests of the LLM engine stand on: documents made by hand, time that does not pass."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from groundwork.engine.base import Claim, Draft, Objections, OnClaims
from groundwork.engine.llm import LLMConfig, LLMEngine, Memory
from groundwork.engine.llm.gate import Time
from groundwork.text.document import CleanText, Document, Report, Section, Sentence, SourceText

_T = TypeVar("_T")

Outline = Sequence[tuple[tuple[str, ...], Sequence[str]]]
"""Heading path and sentences of each section."""

SUMMARY: Outline = [
    (("一、工作完成情况", "(一)水利建设"), ["改造管网46.8公里,惠及1.2万余人", "建成泵站3座"]),
    (("二、存在的不足",), ["灌溉保证率仅为71%,低于全市平均4个百分点"]),
    (("三、明年打算",), ["启动青石水库除险加固", "力争河长制考核进入全市前三"]),
]


def document(outline: Outline = SUMMARY, period: str | None = "2023") -> Document:
    """A document whose clean text is its source: sentences end with 。, headings with a break."""
    text = ""
    number = 0
    sections = []
    for headings, sentences in outline:
        text += "".join(heading + "\n" for heading in headings[-1:])
        placed = []
        for sentence in sentences:
            number += 1
            placed.append(Sentence(number, len(text), len(text) + len(sentence)))
            text += sentence + "。"
        text += "\n"
        sections.append(Section(headings, tuple(placed)))
    clean = CleanText(
        SourceText(text), text, text, tuple(range(len(text))), tuple(range(1, len(text) + 1))
    )
    report = Report(0, len(text), "水务局2023年工作总结", None, period, tuple(sections))
    return Document(clean, (report,))


class FastTime:
    """A clock that only sleeping moves, and how long everyone wanted to sleep."""

    def __init__(self, chance: float = 1.0) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self._chance = chance

    def time(self) -> Time:
        return Time(now_s=lambda: self.now, sleep=self.sleep, chance=lambda: self._chance)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def no_objections(_: Claim) -> Sequence[str]:
    return ()


def run(work: Coroutine[Any, Any, _T]) -> _T:
    return asyncio.run(work)


def draft(
    config: LLMConfig,
    outline: Outline = SUMMARY,
    *,
    objections: Objections = no_objections,
    memory: Memory | None = None,
    clock: FastTime | None = None,
    on_claims: OnClaims | None = None,
) -> Draft:
    """Run an engine over a document once, connections closed."""

    async def whole() -> Draft:
        engine = LLMEngine(config, memory, (clock or FastTime()).time())
        try:
            return await engine.draft(document(outline), objections, on_claims)
        finally:
            await engine.close()

    return run(whole())


Call = Callable[[], Awaitable[Any]]
