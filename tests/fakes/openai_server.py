"""An OpenAI-compatible server on loopback that misbehaves as told.

Real sockets and the real client: what is tested is what happens on the wire. A script is a
function from the request's body to a ``Reply``; ``Model`` is the script of a well-behaved model,
which tests give faults one by one.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What goes over the wire."""

    status: int = 200
    body: Any = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay_s: float = 0.0
    drop_after: int | None = None
    """Close the connection after so many bytes of the body; -1: before any answer."""

    def encoded(self) -> bytes:
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, ensure_ascii=False).encode()


Script = Callable[[Body], Reply]


def completion(
    text: str | None,
    finish: str = "stop",
    *,
    request: Body | None = None,
    usage: tuple[int, int] | None = (100, 20),
    reasoning: str | None = None,
    refusal: str | None = None,
) -> Reply:
    """A chat completion; as the arguments of a call when ``request`` asked for tools."""
    message: Body = {"role": "assistant", "content": text}
    if request and request.get("tools"):
        call = {"name": request["tools"][0]["function"]["name"], "arguments": text}
        message |= {
            "content": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": call}],
        }
        finish = "tool_calls" if finish == "stop" else finish
    if reasoning is not None:
        message["reasoning_content"] = reasoning
    if refusal is not None:
        message["refusal"] = refusal
    body: Body = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
    }
    if usage is not None:
        prompt, answer = usage
        body["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
        }
    return Reply(body=body)


def error(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI and its kin write it; header names with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"error": {"message": message, "code": code, "type": "e"}}, named)


def mode_of(request: Body) -> str:
    """Which of our modes a request was made in."""
    if request.get("tools"):
        return "tools"
    form = (request.get("response_format") or {}).get("type")
    return str(form or "text")


def question(request: Body) -> str:
    """The last user turn."""
    return str(request["messages"][-1]["content"])


def is_probe(request: Body) -> bool:
    """Whether the engine is only finding out what the endpoint can do."""
    return "社区食堂" in question(request)


def items(*entries: Mapping[str, Any]) -> str:
    """An answer in our form."""
    return json.dumps({"items": list(entries)}, ensure_ascii=False)


PROBE_ANSWER = items({"kind": "achievement", "sentences": [1]})


@dataclass
class Model:
    """A model that answers ``answer(request)`` in the modes it supports, probes by itself."""

    answer: Callable[[Body], Reply | str]
    modes: tuple[str, ...] = ("json_schema", "tools", "json_object", "text")
    refuses: Callable[[Body], Reply | None] = lambda request: None
    """Looked at first: a reply here ends the request."""

    def __call__(self, request: Body) -> Reply:
        refused = self.refuses(request)
        if refused is not None:
            return refused
        if mode_of(request) not in self.modes:
            return error(400, f"{mode_of(request)} is not supported by this server")
        answer = PROBE_ANSWER if is_probe(request) else self.answer(request)
        return completion(answer, request=request) if isinstance(answer, str) else answer


class FakeOpenAI:
    """The server. ``with FakeOpenAI(script) as fake: ... fake.url``."""

    def __init__(self, script: Script, models: tuple[str, ...] = ("fake",)) -> None:
        self.script = script
        self.models = models
        self.listing: Reply | None = None
        """What GET /models answers, if not the list of ``models``."""
        self.requests: list[Body] = []
        self.keys: list[str | None] = []
        self.abandoned = threading.Event()
        """Set when a client went away before it was answered."""
        self.released = threading.Event()
        """Ends every delay, so that a test can finish."""
        self.in_flight = 0
        self.most_in_flight = 0
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def questions(self) -> list[Body]:
        """The requests that were no probes."""
        return [request for request in self.requests if not is_probe(request)]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeOpenAI


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        fake = self.server.fake
        fake.keys.append(self.headers.get("authorization"))
        data = [{"id": name, "object": "model"} for name in fake.models]
        self._send(fake.listing or Reply(body={"object": "list", "data": data}))

    def do_POST(self) -> None:
        fake = self.server.fake
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with fake.lock:
            fake.requests.append(body)
            fake.keys.append(self.headers.get("authorization"))
            fake.in_flight += 1
            fake.most_in_flight = max(fake.most_in_flight, fake.in_flight)
        try:
            self._send(fake.script(body))
        finally:
            with fake.lock:
                fake.in_flight -= 1

    def _send(self, reply: Reply) -> None:
        if not self._wait(reply.delay_s) or reply.drop_after == -1:
            self.close_connection = True
            return
        payload = reply.encoded()
        self.send_response(reply.status)
        self.send_header("content-type", reply.content_type)
        self.send_header("content-length", str(len(payload)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload[: reply.drop_after])
        if reply.drop_after is not None:
            self.close_connection = True

    def _wait(self, delay_s: float) -> bool:
        """Wait; return whether the client is still there."""
        until_s = time.monotonic() + delay_s
        self.connection.setblocking(False)
        try:
            while time.monotonic() < until_s and not self.server.fake.released.wait(0.01):
                if self._is_gone():
                    self.server.fake.abandoned.set()
                    return False
        finally:
            self.connection.setblocking(True)
        return True

    def _is_gone(self) -> bool:
        try:
            return bool(self.connection.recv(1) == b"")
        except BlockingIOError:
            return False
        except OSError:
            return True
