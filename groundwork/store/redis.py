"""The one door to Redis, or to anything that speaks its protocol.

Structuring never waits long for its cache: half a second, one more try, then the answer is
given without it. redis-py's own defaults (five seconds, ten tries) would hold each request for
most of a minute when the server is gone.
"""

import asyncio
import zlib
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, Final, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from groundwork.errors import SettingsError, StoreError, StoreUnavailableError

_TIMEOUT_S: Final = 0.5
_PATIENCE_S: Final = 5.0
"""How long a command may take where nothing can be done without the server."""
_CONNECTIONS: Final = 256
_WAITING: Final = 256
"""How many may wait for something to happen at the server; the rest look now and then."""
_LOOK_S: Final = 1.0
_LEVEL: Final = 1  # JSON shrinks to an eighth already; level 6 costs four times as long
_LARGE: Final = 1 << 17  # bytes from which (de)compression leaves the event loop

_T = TypeVar("_T")

Argument = str | bytes | int | float


class RedisStore:
    """Values under keys with a time to live, compressed."""

    def __init__(self, url: str) -> None:
        self._redis = _client(
            url,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            max_connections=_CONNECTIONS,
        )

    async def get(self, key: str) -> bytes | None:
        """Return the bytes kept under ``key``, or None."""
        packed = await answered(self._redis.get(key))
        if not isinstance(packed, bytes):  # never a str: we do not ask for decoded answers
            return None
        try:
            if len(packed) < _LARGE:
                return zlib.decompress(packed)
            return await asyncio.to_thread(zlib.decompress, packed)
        except zlib.error as error:
            raise StoreError(f"the value under {key} is not ours") from error

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` under ``key`` for ``ttl_s`` seconds."""
        if len(value) < _LARGE:
            packed = zlib.compress(value, _LEVEL)
        else:
            packed = await asyncio.to_thread(zlib.compress, value, _LEVEL)
        await answered(self._redis.set(key, packed, ex=ttl_s))

    async def touch(self, key: str, ttl_s: int) -> None:
        """Keep what is under ``key`` for ``ttl_s`` seconds from now."""
        await answered(self._redis.expire(key, ttl_s))

    async def ping(self) -> None:
        """Return when the server answers."""
        await answered(self._redis.ping())

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()


class RedisDoor:
    """Commands, for those who keep more than values: jobs, batches, locks and limits.

    They cannot do without the server, so they wait longer for it. Every method may raise
    StoreError. A command whose connection broke is sent once more, so each must bear that.
    """

    def __init__(self, url: str) -> None:
        self._redis: Redis = queue_client(url)
        # Apart, because a thousand who only listen must not keep anybody from being served.
        self._listening: Redis = queue_client(url)
        self._places = asyncio.Semaphore(_WAITING)
        self._scripts: dict[str, Any] = {}

    async def do(self, *command: Argument) -> Any:
        """Return the reply to a command."""
        pending = self._redis.execute_command(*command)  # type: ignore[no-untyped-call]
        return await answered(within(_PATIENCE_S, pending))

    async def listen(self, *command: Argument, wait_s: float) -> None:
        """Send a command that blocks until something happens, or for ``wait_s`` seconds.

        It may return earlier: when too many listen already, each looks now and then.
        """
        if self._places.locked():
            await asyncio.sleep(min(wait_s, _LOOK_S))
            return
        async with self._places:
            pending = self._listening.execute_command(*command)  # type: ignore[no-untyped-call]
            await answered(within(wait_s + _PATIENCE_S, pending))

    async def do_all(self, commands: Iterable[Sequence[Argument]]) -> list[Any]:
        """Send commands together; they run one after another, nothing between them."""
        pipeline = self._redis.pipeline(transaction=True)
        for command in commands:
            pipeline.execute_command(*command)
        return await answered(within(_PATIENCE_S, pipeline.execute()))

    async def script(self, text: str, keys: Sequence[str], args: Sequence[Argument] = ()) -> Any:
        """Run a Lua script, which nothing interrupts."""
        script = self._scripts.get(text)
        if script is None:
            script = self._scripts[text] = self._redis.register_script(text)
        pending = script(keys=list(keys), args=list(args))
        return await answered(within(_PATIENCE_S, pending))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
        await self._listening.aclose()


def queue_client(url: str) -> Redis:
    """Make a client that may block for as long as its caller says, which redis-py's own cannot."""
    return _client(
        url,
        socket_timeout=None,
        socket_connect_timeout=_PATIENCE_S,
        max_connections=2 * _CONNECTIONS,
    )


def _client(url: str, **options: Any) -> Redis:
    try:
        return Redis.from_url(url, retry=Retry(NoBackoff(), 1), **options)
    except ValueError:  # its words may hold the password
        raise SettingsError(
            "GROUNDWORK_REDIS_URL is no address of a server: redis://HOST:PORT/0,"
            " rediss://HOST:PORT/0 or unix://PATH"
        ) from None


async def within(limit_s: float, pending: Awaitable[_T]) -> _T:
    """Await something, for so long. ``asyncio.wait_for`` may lose a cancellation (before 3.12)."""
    async with asyncio.timeout(limit_s):
        return await pending


async def answered(pending: Awaitable[_T]) -> _T:
    """Await a command; what goes wrong becomes one of our errors, without keys or values."""
    try:
        return await pending
    except (RedisConnectionError, RedisTimeoutError, OSError) as error:
        raise StoreUnavailableError(f"the store does not answer: {type(error).__name__}") from error
    except RedisError as error:
        raise StoreError(f"the store refused a command: {type(error).__name__}") from error
