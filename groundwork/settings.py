"""Every setting: its default and a sentence. Read once, at the edges; the core receives values.

Each is an environment variable with the prefix ``GROUNDWORK_``, or a line of a file ``.env`` in
the working directory. ``.env.example`` lists them; a test compares it with this table.
"""

import ipaddress
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from groundwork.errors import SettingsError

_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,255}")
_PER_MIN: Final = 600


class Settings(BaseSettings):
    """What an operator may choose. Frozen: nothing changes while the service runs."""

    model_config = SettingsConfigDict(
        env_prefix="GROUNDWORK_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    host: str = "127.0.0.1"
    """Address to listen on. On any but loopback every request needs an API key."""
    port: int = Field(default=8000, ge=0, le=65535)
    """Port to listen on; 0 takes one that is free and logs it."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that answer requests. More than one pays when there are cores to spare."""
    stop_grace_s: float = Field(default=8.0, gt=0, le=3_600)
    """Seconds that requests and jobs in hand have after SIGTERM; then jobs are handed back."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much goes to standard error. Report text never does."""

    require_keys: bool = False
    """Ask for an API key on loopback, too. Once a key was made, one is always asked for."""
    rate_limit_per_min: int | None = Field(default=None, ge=0)
    """Requests a minute for each key; 0: any number. Empty: 600, and on loopback any number."""
    cors_origins: str = ""
    """Origins whose pages may call the API from a browser, separated by commas. Empty: none."""
    metrics_token: SecretStr | None = None
    """Bearer token that reads /metrics. Empty: they answer only while no API key is needed."""
    otlp_endpoint: str | None = None
    """OpenTelemetry collector for traces, http://host:4318. Needs the extra otel. Empty: none."""

    redis_url: SecretStr | None = None
    """Redis or Valkey server, redis://host:6379/0. Empty: a server of our own, on this machine."""
    data_dir: Path = Path(".groundwork")
    """Folder of the embedded server's data, when no Redis URL is set."""
    embedded_max_memory_mb: int = Field(default=512, ge=16)
    """Megabytes the embedded server may hold; when they are full, results are not kept."""
    result_ttl_s: int = Field(default=604_800, ge=1)
    """Seconds a result and its source text are kept."""
    idempotency_ttl_s: int = Field(default=86_400, ge=1)
    """Seconds an answer to a POST with an Idempotency-Key is kept to be given again."""
    memory_cache_mb: int = Field(default=64, ge=0)
    """Megabytes of results that each process keeps at hand for a few seconds; 0: none."""

    job_concurrency: int = Field(default=16, ge=2, le=1_000)
    """Jobs that a worker process does at a time, and the most lines of batches beside them."""
    job_workers: int = Field(default=1, ge=0, le=64)
    """Worker processes that serve starts beside it; 0: none, they run elsewhere."""
    job_timeout_s: float = Field(default=600.0, gt=0)
    """Seconds one try of a job may take in the background."""
    batch_max_lines: int = Field(default=50_000, ge=1)
    """Most lines of a batch; beyond it the answer is 413."""
    batch_max_bytes: int = Field(default=200_000_000, ge=1)
    """Largest body of a batch in bytes; beyond it the answer is 413."""
    webhook_key: SecretStr | None = None
    """Key that webhooks are signed with, whsec_ and Base64. Empty: no webhooks are sent."""
    webhook_allow_private: bool = False
    """Send webhooks to private addresses and without TLS, too."""

    max_body_bytes: int = Field(default=10_000_000, ge=1)
    """Largest request body in bytes; beyond it the answer is 413."""
    max_characters: int = Field(default=500_000, ge=1)
    """Longest text in characters, once read from its file; beyond it the answer is 413."""
    max_claims: int = Field(default=1_000, ge=1)
    """Most claims of one verification; beyond it the answer is 413."""
    request_timeout_s: float = Field(default=60.0, gt=0)
    """Seconds a request may take; beyond it the answer is 504."""

    llm_base_url: str | None = None
    """OpenAI-compatible endpoint, up to and including /v1. Empty: rules do the work."""
    llm_api_key: SecretStr | None = None
    """Key of that endpoint, where it wants one."""
    llm_model: str | None = None
    """Model, by the name the endpoint gives it."""
    llm_mode: Literal["auto", "json_schema", "tools", "json_object", "text"] = "auto"
    """How the model is held to the answer's form; auto finds out once and remembers."""
    llm_temperature: float = Field(default=0.0, ge=0, le=2)
    """Sampling temperature. Above 0 the same text may give another answer."""
    llm_timeout_s: float = Field(default=120.0, gt=0)
    """Seconds one call to the model may take."""
    llm_concurrency: int = Field(default=4, ge=1, le=256)
    """Calls to the model in flight at a time, over all reports of a process."""
    llm_calls_per_min: int | None = Field(default=None, ge=1)
    """Calls to the model a minute, over all processes that share a store. Empty: no limit."""
    llm_attempts: int = Field(default=3, ge=1, le=10)
    """Tries of one call when the endpoint fails; then rules do that part of the report."""
    llm_chunk_tokens: int = Field(default=1_200, ge=100)
    """Report text in one call, in estimated tokens. More is cheaper, and needs a larger context."""
    llm_answer_tokens: int = Field(default=4_000, ge=100)
    """Longest answer of one call, in tokens."""
    llm_repair_rounds: int = Field(default=2, ge=0, le=2)
    """How often items that failed verification are sent back to the model."""
    llm_token_cap: int | None = Field(default=None, ge=1)
    """Most tokens one report may cost; beyond it rules do the rest. Empty: no limit."""
    llm_cost_cap: Decimal | None = Field(default=None, gt=0)
    """Most money one report may cost; needs the two prices. Empty: no limit."""
    llm_price_prompt: Decimal = Field(default=Decimal(0), ge=0)
    """Price of a million prompt tokens, in the currency of the cap."""
    llm_price_completion: Decimal = Field(default=Decimal(0), ge=0)
    """Price of a million answer tokens, in the currency of the cap."""

    @model_validator(mode="after")
    def _origins_are_origins(self) -> Self:
        for origin in self.allowed_origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError("cors_origins takes origins, like https://intranet.example, or *")
        return self

    @model_validator(mode="after")
    def _endpoint_and_model_together(self) -> Self:
        if (self.llm_base_url is None) != (self.llm_model is None):
            raise ValueError("llm_base_url and llm_model belong together: set both or none")
        if self.llm_cost_cap is not None and not (
            self.llm_price_prompt or self.llm_price_completion
        ):
            raise ValueError("llm_cost_cap needs llm_price_prompt or llm_price_completion")
        return self

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        return _is_loopback(self.host)

    @property
    def keys_needed(self) -> bool:
        """Whether a request needs a key even if none was ever made."""
        return self.require_keys or not self.is_local

    @property
    def requests_per_min(self) -> int:
        """How often each caller may ask; 0 for any number."""
        if self.rate_limit_per_min is None:
            return 0 if self.is_local else _PER_MIN
        return self.rate_limit_per_min

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of ``cors_origins``."""
        return tuple(filter(None, (part.strip() for part in self.cors_origins.split(","))))


def load(**given: Any) -> Settings:
    """Read the settings; ``given`` values win over the environment.

    Raises SettingsError that names each setting that does not fit, never its value: it may be
    a secret.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(map(_complaint, error.errors()))) from None


def _complaint(found: ErrorDetails) -> str:
    name = "".join(f"GROUNDWORK_{part}: " for part in found["loc"][:1]).upper()
    return name + found["msg"].removeprefix("Value error, ")


def _is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches ``host``.

    >>> [_is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.1.2.3")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
