"""A fake endpoint for each test, and a guard: no test here reaches anything but this machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from groundwork.engine.llm import LLMConfig
from tests.fakes.openai_server import FakeOpenAI, Script

_LOOPBACK = ("127.0.0.1", "::1", "localhost", b"127.0.0.1")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every address but loopback, by name or by number."""
    real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError("a test tried to leave this machine")
        real_connect(self, address)

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in _LOOPBACK:
            raise AssertionError("a test tried to look up another machine")
        return real_lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for name in ("http_proxy", "https_proxy", "all_proxy", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


Serve = Callable[[Script], FakeOpenAI]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start fake endpoints that end with the test."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(FakeOpenAI(script))


@pytest.fixture
def config() -> Callable[..., LLMConfig]:
    """Make a configuration for a fake endpoint; anything may be overridden."""

    def make(fake: FakeOpenAI, **changes: Any) -> LLMConfig:
        settings: dict[str, Any] = {"model": "fake", "timeout_s": 5.0, "api_key": "sk-secret"}
        return LLMConfig(base_url=fake.url, **(settings | changes))

    return make
