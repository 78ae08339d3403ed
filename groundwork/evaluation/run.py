"""Run an engine over annotated texts and count."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from groundwork.engine.base import Engine
from groundwork.errors import EngineError
from groundwork.evaluation.annotation import Annotation, GoldDocument, found_in, read_gold
from groundwork.evaluation.score import score
from groundwork.evaluation.tally import Tally
from groundwork.pipeline import structure
from groundwork.text.document import SourceText
from schemas.result import EngineInfo


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How one document went."""

    name: str
    tally: Tally
    refused: int = 0
    """Claims that the engine made and verification turned away."""
    repaired: int = 0
    """Items that had to be worded as the source words them."""
    error: str | None = None
    """Why there is no result; the document then counts as an empty answer."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How an engine went over a folder of documents."""

    engine: EngineInfo
    documents: tuple[DocumentScore, ...]
    total: Tally = field(default_factory=Tally)
    passed_over: tuple[str, ...] = ()
    """Files beside the annotations that are none."""
    unannotated: tuple[str, ...] = ()
    """Texts that nobody annotated; they count for nothing."""

    def worst_first(self) -> list[DocumentScore]:
        """Return the documents from the lowest mean character F1 up, empty ones last."""
        return sorted(
            self.documents,
            key=lambda document: (document.tally.is_empty, document.tally.macro, document.name),
        )


async def evaluate(
    gold_dir: Path,
    text_dir: Path,
    engine: Engine,
    *,
    at_once: int = 4,
    progress: Callable[[str], object] | None = None,
) -> Scores:
    """Structure every annotated text with ``engine`` and compare.

    ``at_once`` bounds the documents in flight; ``progress`` is told each name when it is done.
    Raises GoldError when the annotations do not fit the texts. A document that the engine
    fails on counts as an empty answer and carries the error.
    """
    folder = read_gold(gold_dir, text_dir)
    turn = asyncio.Semaphore(at_once)

    async def judged(document: GoldDocument) -> DocumentScore:
        async with turn:
            done = await _judge(document, engine)
        if progress:
            progress(document.name)
        return done

    scored = tuple(await asyncio.gather(*map(judged, folder.documents)))
    total = Tally()
    for document in scored:
        total += document.tally
    return Scores(engine.info, scored, total, folder.passed_over, folder.unannotated)


async def _judge(document: GoldDocument, engine: Engine) -> DocumentScore:
    try:
        result = await structure(SourceText(document.text), engine)
    except EngineError as error:
        empty = score(document.text, document.annotation, Annotation())
        return DocumentScore(document.name, empty, error=str(error))
    items = [item for report in result.reports for item in report.items]
    return DocumentScore(
        document.name,
        score(document.text, document.annotation, found_in(result)),
        refused=len(result.refused),
        repaired=sum(item.status == "repaired" for item in items),
    )
