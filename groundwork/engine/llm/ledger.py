"""What one document has cost so far, and whether another call is still within its caps."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from groundwork.engine.llm.config import Prices
from groundwork.engine.llm.trouble import CapReached
from schemas.result import Usage


class Ledger:
    """Counts every attempt, failed ones included.

    A call first reserves what it may cost, so that calls in flight together stay within the caps.
    """

    def __init__(self, prices: Prices, token_cap: int | None, cost_cap: Decimal | None) -> None:
        self._prices = prices
        self._token_cap = token_cap
        self._cost_cap = cost_cap
        self._reserved_prompt = 0
        self._reserved_completion = 0
        self._calls = 0
        self._prompt = 0
        self._completion = 0
        self._repair = 0
        self._seconds = 0.0
        self.unreported = 0
        """Calls whose tokens the endpoint did not tell; they count as estimated."""

    @contextmanager
    def reserve(self, prompt_tokens: int, completion_tokens: int) -> Iterator[None]:
        """Hold back what a call may cost while it runs. Raises CapReached if that is too much."""
        prompt = self._prompt + self._reserved_prompt + prompt_tokens
        completion = self._completion + self._reserved_completion + completion_tokens
        if self._token_cap is not None and prompt + completion > self._token_cap:
            raise CapReached(f"the cap of {self._token_cap} tokens a document is reached")
        if self._cost_cap is not None and self._prices.cost(prompt, completion) > self._cost_cap:
            raise CapReached(f"the cost cap of {self._cost_cap} a document is reached")
        self._reserved_prompt += prompt_tokens
        self._reserved_completion += completion_tokens
        try:
            yield
        finally:
            self._reserved_prompt -= prompt_tokens
            self._reserved_completion -= completion_tokens

    def count(self, prompt_tokens: int, completion_tokens: int, *, repair: bool) -> None:
        """Add the tokens of one attempt; those of re-asks are told apart as well."""
        self._prompt += prompt_tokens
        self._completion += completion_tokens
        if repair:
            self._repair += prompt_tokens + completion_tokens

    def count_call(self, seconds: float) -> None:
        """Add one attempt and the time it took, whatever came of it."""
        self._calls += 1
        self._seconds += seconds

    def usage(self) -> Usage:
        """Return the account; ``repair_tokens`` are part of the other two counts."""
        return Usage(
            calls=self._calls,
            prompt_tokens=self._prompt,
            completion_tokens=self._completion,
            repair_tokens=self._repair,
            seconds=round(self._seconds, 3),
        )
