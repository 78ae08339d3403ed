"""Sending hostile requests to the application in this process, and judging its answers."""

import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from api.app import create_app
from api.errors import PROBLEM_JSON
from groundwork.engine.rules import RuleEngine
from groundwork.services import Limits, Services
from groundwork.settings import Settings
from groundwork.store.memory import MemoryStore
from schemas.problem import Problem
from tests.fuzz.hostile import Hostile, requests

_ALLOWED = frozenset({200, 400, 401, 404, 409, 413, 415, 422})
_BY_WISH = 504
"""``only-if-cached`` asks for this status."""


@dataclass
class Outcome:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


async def run(count: int, seed: int) -> Outcome:
    """Send ``count`` requests, one after another."""
    outcome = Outcome()
    settings = Settings(_env_file=None, max_body_bytes=200_000)
    services = Services(RuleEngine(), MemoryStore(), Limits(20_000, 20, 30.0), result_ttl_s=60)
    app = create_app(settings, services)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://fuzz.local") as client:
        for number, hostile in enumerate(requests(count, seed)):
            headers = {**hostile.headers, "content-type": hostile.kind}
            started_s = time.perf_counter()
            answer = await client.post(hostile.address, content=hostile.body, headers=headers)
            outcome.slowest_s = max(outcome.slowest_s, time.perf_counter() - started_s)
            outcome.statuses[answer.status_code] += 1
            if wrong := _wrong(hostile, answer):
                outcome.failures.append(f"seed {seed} number {number} {hostile.address}: {wrong}")
    await services.stop()
    return outcome


def _wrong(hostile: Hostile, answer: httpx.Response) -> str | None:
    if answer.status_code == _BY_WISH and "only-if-cached" in hostile.headers.values():
        return None
    if answer.status_code not in _ALLOWED:
        return f"status {answer.status_code}"
    if answer.status_code == 200:
        return None
    if answer.headers["content-type"] != PROBLEM_JSON:
        return f"{answer.status_code} as {answer.headers['content-type']}"
    if Problem.model_validate_json(answer.content).status != answer.status_code:
        return "the body tells another status"
    return "a traceback" if "Traceback" in answer.text else None
