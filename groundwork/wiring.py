"""The only file that turns Settings into objects."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager

from groundwork import pipeline
from groundwork.engine.base import Engine
from groundwork.engine.llm import (
    LLMConfig,
    LLMEngine,
    Mode,
    Prices,
)
from groundwork.engine.rules import RuleEngine
from groundwork.jobs.assembly import Background, JobOptions
from groundwork.jobs.batches import BatchLimits
from groundwork.services import THREADS, Limits, ModelMemory, Server, Services
from groundwork.settings import Settings
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.keyring import KeyRing
from groundwork.store.redis import RedisDoor, RedisStore
from groundwork.store.shared import RedisShared
from groundwork.store.turnstile import SharedTurnstile
from groundwork.text.document import SourceText
from groundwork.webhooks import WebhookSender
from schemas.result import Result


def build(settings: Settings) -> Services:
    """Make the services that ``settings`` describe; nothing is started yet."""
    embedded = None
    if settings.redis_url is None:
        embedded = embedded_server(settings)
        url = embedded.url
    else:
        url = settings.redis_url.get_secret_value()
    store, background = RedisStore(url), _background(settings, url)
    return Services(
        engine=engine(settings, store, background.door),
        store=store,
        limits=Limits(settings.max_characters, settings.max_claims, settings.request_timeout_s),
        result_ttl_s=settings.result_ttl_s,
        shared=RedisShared(RedisDoor(url)),
        server=Server(embedded, background),
    )


def _background(settings: Settings, url: str) -> Background:
    options = JobOptions(
        ttl_s=settings.result_ttl_s,
        concurrency=settings.job_concurrency,
        lines=(settings.llm_concurrency if settings.llm_base_url else 2 * THREADS) + 1,
        timeout_s=settings.job_timeout_s,
        grace_s=settings.stop_grace_s,
        batch_limits=BatchLimits(
            settings.batch_max_lines, settings.batch_max_bytes, settings.max_body_bytes
        ),
    )
    secret = settings.webhook_key
    sender = secret and WebhookSender(
        secret.get_secret_value(), allow_private=settings.webhook_allow_private
    )
    return Background(url, options, sender or None)


@asynccontextmanager
async def key_ring(settings: Settings) -> AsyncIterator[KeyRing]:
    """Yield the API keys that the store keeps; the embedded server is started if it is down."""
    with ExitStack() as stack:
        if settings.redis_url is None:
            url = (await asyncio.to_thread(stack.enter_context, embedded_server(settings))).url
        else:
            url = settings.redis_url.get_secret_value()
        shared = RedisShared(RedisDoor(url))
        try:
            yield KeyRing(shared)
        finally:
            await shared.close()


def embedded_server(settings: Settings) -> EmbeddedServer:
    """Make the server that keeps results when no Redis URL is set; not started yet."""
    return EmbeddedServer(settings.data_dir, settings.embedded_max_memory_mb)


def engine(settings: Settings, store: Store | None = None, door: RedisDoor | None = None) -> Engine:
    """Make the engine that ``settings`` name: a model when there is an endpoint, else the rules.

    With a store the model's answers and abilities are remembered between runs; with a door to
    Redis all processes call the endpoint at one rate.
    """
    config = llm_config(settings)
    if config is None:
        return RuleEngine()
    turnstile = door and SharedTurnstile(
        door, f"{config.base_url}\n{config.api_key}", settings.llm_calls_per_min
    )
    return LLMEngine(
        config, None if store is None else ModelMemory(store), turnstile=turnstile or None
    )


@contextmanager
def structurer(settings: Settings) -> Iterator[Callable[[SourceText], Result]]:
    """Yield a function that structures texts one after another, without a server or a store."""
    made = engine(settings)
    with asyncio.Runner() as runner:
        try:
            yield lambda source: runner.run(pipeline.structure(source, made))
        finally:
            if isinstance(made, LLMEngine):
                runner.run(made.close())


def llm_config(settings: Settings) -> LLMConfig | None:
    """Return what the LLM engine is told, or None when no endpoint is set."""
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    return LLMConfig(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else "",
        mode=None if settings.llm_mode == "auto" else Mode(settings.llm_mode),
        temperature=settings.llm_temperature,
        timeout_s=settings.llm_timeout_s,
        concurrency=settings.llm_concurrency,
        attempts=settings.llm_attempts,
        chunk_tokens=settings.llm_chunk_tokens,
        answer_tokens=settings.llm_answer_tokens,
        repair_rounds=settings.llm_repair_rounds,
        token_cap=settings.llm_token_cap,
        cost_cap=settings.llm_cost_cap,
        prices=Prices(settings.llm_price_prompt, settings.llm_price_completion),
    )
