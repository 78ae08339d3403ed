"""Look at an endpoint as the engine would, and say what to fix: for ``groundwork doctor``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from groundwork.engine.llm.capability import Capability
from groundwork.engine.llm.config import LLMConfig, Memory, Mode
from groundwork.engine.llm.connection import Connection
from groundwork.engine.llm.ledger import Ledger
from groundwork.engine.llm.trouble import Busy, Denied, Trouble

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    advice: str = ""
    """What to change; empty when nothing needs to be."""


async def examine(config: LLMConfig, memory: Memory | None = None) -> list[Check]:
    """Check address, endpoint, model and mode, in this order; stop where the next makes no sense.

    Asks the model a few one-sentence questions. Never raises for what the endpoint does. What is
    found out is put into ``memory`` as the engine would.
    """
    checks = [_address(config)]
    if not checks[0].ok:
        return checks
    connection = Connection(config, memory)
    try:
        reached, names = await _reached(connection)
        checks.append(reached)
        if not reached.ok:
            return checks
        if names:
            checks.append(_listed(config.model, names))
        checks.append(await _answers(connection, config))
    finally:
        await connection.close()
    return checks


def _address(config: LLMConfig) -> Check:
    parts = urlsplit(config.base_url)
    where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        advice = "set GROUNDWORK_LLM_BASE_URL to a URL like https://host/v1"
        return Check("address", ok=False, found="no http(s) URL", advice=advice)
    if not config.model:
        advice = "set GROUNDWORK_LLM_MODEL to the name the endpoint gives the model"
        return Check("address", ok=False, found=f"{where}, but no model is named", advice=advice)
    if parts.path.rstrip("/").endswith("/chat/completions"):
        advice = "leave /chat/completions out: the base URL ends where that begins, often with /v1"
        return Check("address", ok=False, found=where, advice=advice)
    return Check("address", ok=True, found=where)


async def _reached(connection: Connection) -> tuple[Check, list[str]]:
    """Ask for the list of models. An endpoint without one is still reached."""
    try:
        names = await connection.models()
    except Denied as denied:
        if "404" in str(denied):
            return Check("endpoint", ok=True, found="answers, but lists no models"), []
        advice = "check GROUNDWORK_LLM_API_KEY and the account behind it"
        return Check("endpoint", ok=False, found=str(denied), advice=advice), []
    except Busy as busy:
        return Check("endpoint", ok=True, found=str(busy)), []
    except Trouble as trouble:
        advice = "is the server running, and does the base URL end with /v1?"
        return Check("endpoint", ok=False, found=str(trouble), advice=advice), []
    return Check("endpoint", ok=True, found=f"answers and lists {len(names)} model(s)"), names


def _listed(model: str, names: Sequence[str]) -> Check:
    if model in names:
        return Check("model", ok=True, found=model)
    known = ", ".join(name[:80] for name in names[:_SHOWN])
    advice = f"if the next check fails, set GROUNDWORK_LLM_MODEL to one of: {known}"
    return Check("model", ok=True, found=f"{model} is not in the list", advice=advice)


async def _answers(connection: Connection, config: LLMConfig) -> Check:
    ledger = Ledger(config.prices, None, None)
    try:
        able = await connection.capability(ledger)
    except Denied as denied:
        advice = "check the model's name and key"
        if "none of the modes" in str(denied):
            advice = "the model may be too small to answer in JSON; try another, or another mode"
        return Check("mode", ok=False, found=str(denied), advice=advice)
    except Trouble as trouble:
        return Check("mode", ok=False, found=str(trouble), advice="look at the server's own log")
    return _described(able, ledger.usage().calls)


def _described(able: Capability, calls: int) -> Check:
    found = f"{able.mode} works ({calls} probe(s))"
    found += f", thinking turned off by {able.switch}" if able.switch else ""
    advice = ""
    if able.thinks:
        advice = "the model thinks before it answers, and nothing turned that off: slow and costly"
    elif able.mode is Mode.TEXT:
        advice = "the endpoint holds the model to no form: answers will be mended more often"
    return Check("mode", ok=True, found=found, advice=advice)
