"""One endpoint as the rest of the engine sees it: questions in, items out, everything counted."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from groundwork.engine.llm import capability
from groundwork.engine.llm.capability import Capability, ProbeReply
from groundwork.engine.llm.client import Door
from groundwork.engine.llm.completion import Reply
from groundwork.engine.llm.config import LLMConfig, Memory, Mode, Turnstile
from groundwork.engine.llm.gate import Gate, Policy, Time
from groundwork.engine.llm.ledger import Ledger
from groundwork.engine.llm.reading import read_answer
from groundwork.engine.llm.render import REMINDER, Message
from groundwork.engine.llm.tokens import estimate_tokens
from groundwork.engine.llm.trouble import Failing, Rejected, Unreadable

_PER_MESSAGE: Final = 6  # Tokens that a chat template puts around a turn.


class Connection:
    """Door, gate and capability of one endpoint within one event loop."""

    def __init__(
        self,
        config: LLMConfig,
        memory: Memory | None = None,
        clock: Time | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._config = config
        self._memory = memory
        self._door = Door(config)
        policy = Policy(config.concurrency, config.attempts, config.wait_limit_s)
        self._gate = Gate(policy, clock, turnstile)
        self._finding = asyncio.Lock()
        self._capability: Capability | None = None
        self._confirmed: Capability | None = None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._door.close()

    @property
    def known(self) -> Capability | None:
        """What has been found out about the endpoint, if anything yet."""
        return self._capability

    async def models(self) -> list[str]:
        """Return the names of the models that the endpoint lists, asking just once."""
        return await self._door.models()

    async def capability(self, ledger: Ledger, stale: Capability | None = None) -> Capability:
        """Return how to ask this model; find it out when nobody knows or it is ``stale``."""
        async with self._finding:
            if self._capability is None and stale is None:
                self._capability = await capability.recall(self._memory, self._config)
            if self._capability is None or self._capability == stale != self._confirmed:
                self._capability = None
                self._capability = await self._discover(ledger)
                self._confirmed = stale  # If it is what was found again, it is not the reason.
                await capability.remember(self._memory, self._config, self._capability)
            return self._capability

    async def items(
        self, messages: Sequence[Message], limit: int, ledger: Ledger, *, repair: bool = False
    ) -> list[Any]:
        """Return the raw items of the answer, after one reminder if the first is unreadable."""
        able = await self.capability(ledger)
        try:
            reply = await self._ask(messages, able, limit, ledger, repair=repair)
        except Rejected:
            rejected, able = able, await self.capability(ledger, stale=able)
            if able == rejected:
                raise
            reply = await self._ask(messages, able, limit, ledger, repair=repair)
        try:
            return read_answer(reply.text)
        except Unreadable:
            # Held less strictly: a decoder that runs into blanks under a schema does so again.
            if self._config.mode is None:
                able = replace(able, mode=Mode.TEXT)
            again = [*messages[:-1], Message("user", f"{messages[-1].content}\n\n{REMINDER}")]
            reply = await self._ask(again, able, limit, ledger, repair=True)
            return read_answer(reply.text)

    async def _discover(self, ledger: Ledger) -> Capability:
        async def probe(messages: Sequence[Message], trial: Capability, limit: int) -> ProbeReply:
            reply = await self._ask(messages, trial, limit, ledger, repair=False)
            return ProbeReply(reply.text, thought=reply.thought)

        return await capability.discover(probe, self._config)

    async def _ask(
        self,
        messages: Sequence[Message],
        able: Capability,
        limit: int,
        ledger: Ledger,
        *,
        repair: bool,
    ) -> Reply:
        """Ask through the gate; every attempt behind it is counted and kept within the caps."""
        prompt = sum(estimate_tokens(m.content) + _PER_MESSAGE for m in messages)

        def count(prompt_tokens: int | None, completion_tokens: int | None, answer: str) -> None:
            if prompt_tokens is None or completion_tokens is None:
                ledger.unreported += 1
            ledger.count(
                prompt if prompt_tokens is None else prompt_tokens,
                estimate_tokens(answer) if completion_tokens is None else completion_tokens,
                repair=repair,
            )

        async def attempt() -> Reply:
            with ledger.reserve(prompt, limit):
                started_s = time.monotonic()
                try:
                    return await self._door.ask(messages, able, limit, count)
                except Failing as failing:
                    if failing.billed:
                        ledger.unreported += 1
                        ledger.count(prompt, 0, repair=repair)
                    raise
                finally:
                    ledger.count_call(time.monotonic() - started_s)

        return await self._gate.run(attempt)
