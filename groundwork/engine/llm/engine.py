"""The engine: chunks go out together, claims come back in text order, nothing is trusted."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from groundwork.engine.base import Draft, Objections, OnClaims
from groundwork.engine.llm.answers import Answers
from groundwork.engine.llm.chunks import Chunk, cut
from groundwork.engine.llm.client import preload
from groundwork.engine.llm.config import LLM_VERSION, LLMConfig, Memory, Turnstile
from groundwork.engine.llm.connection import Connection
from groundwork.engine.llm.gate import Time
from groundwork.engine.llm.ledger import Ledger
from groundwork.engine.llm.render import static_part
from groundwork.engine.llm.settling import Outcome
from groundwork.engine.llm.work import Manner, Work
from groundwork.engine.rules import RULES_VERSION
from groundwork.text.document import Document
from prompts import load
from schemas.result import EngineInfo

_OPTIONS_LENGTH: Final = 12
_ENOUGH_KINDS: Final = 10
"""Fewest statements by which a model's kinds can be judged."""
MOST_ROUNDS: Final = 2
"""Re-asks beyond the second mend next to nothing; the source's own wording is always there."""


class LLMEngine:
    """Drafts with a language model behind any OpenAI-compatible endpoint.

    ``memory`` keeps what was found out about the endpoint and the answers to chunks; without one,
    both are forgotten with the process. One engine and one event loop a process: limits and pauses
    are shared by all documents that a loop works on.
    """

    def __init__(
        self,
        config: LLMConfig,
        memory: Memory | None = None,
        clock: Time | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._turnstile = turnstile
        self._config = config
        self._memory = memory
        self._clock = clock
        self._prompt = load(config.prompt)
        self._connections: WeakKeyDictionary[asyncio.AbstractEventLoop, Connection]
        self._connections = WeakKeyDictionary()  # Sockets and locks belong to one loop.

    @property
    def config(self) -> LLMConfig:
        """What the engine was told."""
        return self._config

    @property
    def info(self) -> EngineInfo:
        """Model, prompt and versions; the mode only when it is configured, as it may be learnt."""
        return EngineInfo(
            name="llm",
            model=self._config.model,
            mode=self._config.mode,
            prompt=self._config.prompt,
            prompt_digest=self._prompt.digest,
            versions={"llm": LLM_VERSION, "rules": RULES_VERSION, "options": self._options()},
        )

    async def draft(
        self, document: Document, objections: Objections, on_claims: OnClaims | None = None
    ) -> Draft:
        """Return the claims of every report, in text order.

        Chunks that the model fails are done by rules, and the draft says so. Cancelling it stops
        every call in flight. An exception of ``on_claims`` ends the draft in an ExceptionGroup.
        """
        config = self._config
        chunks = cut(document, config.chunk_tokens)
        if not chunks:
            return Draft(claims=())
        await asyncio.to_thread(preload)
        connection = self._connection()
        ledger = Ledger(config.prices, config.token_cap, config.cost_cap)
        work = Work(document, objections, connection, ledger, self._manner())

        async def one(index: int, chunk: Chunk) -> Outcome:
            outcome = await work.do(chunk)
            if on_claims is not None:
                await on_claims(outcome.claims, index, len(chunks))
            return outcome

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(at, chunk)) for at, chunk in enumerate(chunks)]
        whole = Outcome()
        for task in tasks:
            whole.add(task.result())
        known = connection.known
        return replace(_draft(whole, ledger), mode=known.mode if known else None)

    async def close(self) -> None:
        """Let go of the connections that the running event loop opened."""
        connection = self._connections.pop(asyncio.get_running_loop(), None)
        if connection is not None:
            await connection.close()

    def _connection(self) -> Connection:
        loop = asyncio.get_running_loop()
        if loop not in self._connections:
            self._connections[loop] = Connection(
                self._config, self._memory, self._clock, self._turnstile
            )
        return self._connections[loop]

    def _manner(self) -> Manner:
        config = self._config
        return Manner(
            static=static_part(self._prompt),
            answers=Answers(self._memory, self._asked_how()),
            rounds=min(config.repair_rounds, MOST_ROUNDS),
            most_tokens=config.answer_tokens,
        )

    def _options(self) -> str:
        """Return a digest of the settings that can change a draft."""
        config = self._config
        options = (config.base_url, config.temperature, config.chunk_tokens, config.answer_tokens)
        told = repr((*options, config.repair_rounds, config.token_cap, str(config.cost_cap)))
        return hashlib.sha256(told.encode()).hexdigest()[:_OPTIONS_LENGTH]

    def _asked_how(self) -> str:
        """Return what an answer depends on; not the rules: it is judged anew by newer ones."""
        info = self.info
        told = (info.model, info.mode or "auto", info.prompt_digest)
        return "\n".join((*map(str, told), info.versions["llm"], info.versions["options"]))


def _draft(whole: Outcome, ledger: Ledger) -> Draft:
    warnings = list(whole.warnings)
    if ledger.unreported:
        warnings += ["token counts are partly estimated: the endpoint did not tell"]
    compared, differ = whole.kinds_compared, whole.kinds_differ
    if compared >= _ENOUGH_KINDS and 2 * differ > compared:
        warnings += [
            f"the rules see another kind in {differ} of {compared} statements of the model"
        ]
    return Draft(
        claims=tuple(whole.claims),
        usage=ledger.usage(),
        warnings=tuple(_counted(warnings)),
        partial=tuple(whole.partial),
        refused=tuple(whole.refused),
        degraded=whole.degraded,
    )


def _counted(warnings: Sequence[str]) -> list[str]:
    """Say each warning once, and how often it applied."""
    return [
        warning if times == 1 else f"{warning} ({times} times)"
        for warning, times in Counter(warnings).items()
    ]
