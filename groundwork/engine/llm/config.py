"""What the LLM engine is told from outside: values, no environment, no secrets in ``repr``."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

LLM_VERSION: Final = "2"
"""Raised when chunks, rendering or protocol change, so that no stale result is served."""


class Mode(StrEnum):
    """How the model is held to the answer's form, strictest first."""

    JSON_SCHEMA = "json_schema"
    """The endpoint decodes under our schema."""
    TOOLS = "tools"
    """The answer is the argument of a function that must be called."""
    JSON_OBJECT = "json_object"
    """The endpoint promises JSON, of whatever form."""
    TEXT = "text"
    """Nothing is promised; the prompt asks for JSON."""


class Memory(Protocol):
    """Keeps small things between runs. Both methods may raise StoreError."""

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` for ``ttl_s`` seconds."""


class Turnstile(Protocol):
    """Lets calls to one endpoint through at one rate, for all processes that share it."""

    async def wait_s(self) -> float:
        """Take a turn: 0 when it is granted, else the seconds after which to ask again."""

    async def pause(self, pause_s: float) -> None:
        """Let everybody wait, because the endpoint asked one of us to."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What the provider charges for a million tokens, in whatever currency the caps use."""

    prompt: Decimal = Decimal(0)
    completion: Decimal = Decimal(0)

    def cost(self, prompt_tokens: int, completion_tokens: int) -> Decimal:
        """Return the price of so many tokens.

        >>> Prices(Decimal("2"), Decimal("8")).cost(1_000_000, 500_000)
        Decimal('6')
        """
        total = self.prompt * prompt_tokens + self.completion * completion_tokens
        return total / 1_000_000


@dataclass(frozen=True, slots=True)
class LLMConfig:
    """One endpoint, one model, and how far to go with them."""

    base_url: str
    """Up to and including /v1."""
    model: str
    api_key: str = field(default="", repr=False)
    mode: Mode | None = None
    """None: found out once and remembered."""
    prompt: str = "extract/v1"
    temperature: float = 0.0
    timeout_s: float = 120.0
    """For one call, from sending it to the last byte of the answer."""
    concurrency: int = 4
    """Calls in flight at a time, over all documents of this process."""
    attempts: int = 3
    """Tries of one call when the endpoint fails; waiting for 429 is not a failure."""
    wait_limit_s: float = 300.0
    """Longest that one call may wait for its turn because of 429 and backoff."""
    chunk_tokens: int = 1_200
    """Report text in one call, in estimated tokens."""
    answer_tokens: int = 4_000
    """Longest answer of one call."""
    repair_rounds: int = 2
    """How often failed items are sent back, at most 2."""
    token_cap: int | None = None
    """Most tokens that one document may cost, questions and answers together."""
    cost_cap: Decimal | None = None
    """Most money that one document may cost; needs prices."""
    prices: Prices = field(default_factory=Prices)
