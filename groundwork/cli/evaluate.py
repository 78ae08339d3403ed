"""``groundwork eval``: how well an engine does on your own annotated reports."""

import asyncio
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from groundwork.engine.base import Engine
from groundwork.engine.rules import RuleEngine
from groundwork.errors import InputError
from groundwork.evaluation import Scores, as_json, evaluate, render


class EngineChoice(StrEnum):
    """Who drafts the statements."""

    AUTO = "auto"
    """The model when an endpoint is set, else the rules."""
    RULES = "rules"
    LLM = "llm"


class Shape(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"


def evaluate_engine(
    gold: Annotated[Path, typer.Option(help="Folder of annotations, a JSON file a document.")],
    text: Annotated[Path, typer.Option(help="Folder of the texts that were annotated.")],
    engine: Annotated[
        EngineChoice, typer.Option(help="auto takes the model when GROUNDWORK_LLM_BASE_URL is set.")
    ] = EngineChoice.AUTO,
    output: Annotated[Shape, typer.Option("--format", help="Tables to read, or JSON.")] = (
        Shape.TABLE
    ),
    worst: Annotated[int, typer.Option(min=0, help="Documents to list, the worst first.")] = 10,
) -> None:
    """Compare what an engine finds with annotations: your model, your prompt, your reports.

    Each annotation is {"file", "items", "quantities"}; items have kind, start and end, and
    quantities start, end, value and unit. Offsets count code points of the text in the file.
    """
    scores = asyncio.run(_scores(gold, text, engine))
    if output is Shape.JSON:
        sys.stdout.write(json.dumps(as_json(scores), ensure_ascii=False, indent=2) + "\n")
        return
    console = Console()
    for part in render(scores, worst):
        console.print(part)


async def _scores(gold: Path, text: Path, choice: EngineChoice) -> Scores:
    engine = make_engine(choice)
    console = Console(stderr=True)
    try:
        with console.status("reading") as status:
            return await evaluate(gold, text, engine, progress=status.update)
    finally:
        close = getattr(engine, "close", None)
        if close is not None:
            await close()


def make_engine(choice: EngineChoice) -> Engine:
    """Make the engine that was asked for. Raises InputError when no endpoint is set for it."""
    if choice is EngineChoice.RULES:
        return RuleEngine()
    from groundwork import wiring  # noqa: PLC0415 - the model's libraries take a second
    from groundwork.settings import load  # noqa: PLC0415

    made = wiring.engine(load())
    if choice is EngineChoice.LLM and isinstance(made, RuleEngine):
        raise InputError("no model is set: GROUNDWORK_LLM_BASE_URL and GROUNDWORK_LLM_MODEL")
    return made
