"""What a document will probably cost, before any call."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from groundwork.engine.llm.chunks import cut
from groundwork.engine.llm.config import LLMConfig
from groundwork.engine.llm.render import material, static_part
from groundwork.engine.llm.tokens import estimate_tokens
from groundwork.text.document import Document
from prompts import load

_TOKENS_PER_SENTENCE: Final = 18  # Measured by benchmarks/answer_tokens.py on long reports.


@dataclass(frozen=True, slots=True)
class Estimate:
    """Expected calls, tokens and cost, without re-asks and without the probes of a first run."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: Decimal | None
    """In the currency of the prices; None when none are set."""


def estimate(document: Document, config: LLMConfig) -> Estimate:
    """Return what drafting ``document`` will probably take. Pure computing, no call."""
    chunks = cut(document, config.chunk_tokens)
    static = sum(estimate_tokens(message.content) for message in static_part(load(config.prompt)))
    prompt = sum(static + estimate_tokens(material(chunk)) for chunk in chunks)
    completion = sum(_TOKENS_PER_SENTENCE * len(chunk.lines) for chunk in chunks)
    priced = bool(config.prices.prompt or config.prices.completion)
    return Estimate(
        calls=len(chunks),
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=config.prices.cost(prompt, completion) if priced else None,
    )
