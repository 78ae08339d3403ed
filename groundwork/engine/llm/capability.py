"""What an endpoint and a model can do, found out once by small probes, then remembered.

Tried in turn: strict json_schema, tools, json_object, plain text. On the way a probe learns what
else the endpoint wants: ``max_completion_tokens`` for ``max_tokens``, no temperature, and which
switch keeps a thinking model from thinking (thoughts cost tokens and time, and nothing here needs
them). A probe asks about one invented sentence; its tokens are counted like all others.
"""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from groundwork.engine.llm.config import LLMConfig, Memory, Mode
from groundwork.engine.llm.protocol import read_items
from groundwork.engine.llm.reading import read_answer
from groundwork.engine.llm.render import Message
from groundwork.engine.llm.trouble import Declined, Denied, Rejected, TooLong, Unreadable
from groundwork.errors import StoreError

_LOG = logging.getLogger(__name__)

SWITCHES: Final[Mapping[str, Mapping[str, Any]]] = {
    "chat_template_kwargs": {"chat_template_kwargs": {"enable_thinking": False}},
    "enable_thinking": {"enable_thinking": False},
    "thinking": {"thinking": {"type": "disabled"}},
    "reasoning_effort": {"reasoning_effort": "none"},
    "think": {"think": False},
}
"""Ways to turn thinking off: vLLM, SGLang and llama.cpp; DashScope; DeepSeek; OpenAI; Ollama."""

CAPABILITY: Final = "llm:capability:"
"""How keys begin that hold nothing of anybody's text, so that all tenants may share them."""

REMEMBERED_S: Final = 30 * 24 * 3600
PROBE_LIMIT: Final = 300
_ADJUSTMENTS: Final = len(SWITCHES) + 3

PROBE: Final = (
    Message(
        "system",
        "从编号的句子中找出陈述,只输出一个 JSON 对象,例如:"
        '{"items":[{"kind":"achievement","sentences":[1]}]}。kind 是 achievement(已完成)、'
        "problem(问题)、goal(目标)、plan(计划)之一。",
    ),
    Message("user", "[1] 已建成社区食堂3个"),
)


@dataclass(frozen=True, slots=True)
class Capability:
    """How to ask this model so that it answers in our form."""

    mode: Mode
    limit_name: str = "max_tokens"
    temperature: bool = True
    """Whether it accepts one."""
    switch: str | None = None
    """The key of SWITCHES that keeps it from thinking; None when it need not be kept."""
    thinks: bool = False
    """It thinks before it answers and nothing stops it: answers need room for that."""

    def to_bytes(self) -> bytes:
        """Return it as JSON, for the memory."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Capability":
        """Read it back. Raises ValueError for anything that we did not write."""
        try:
            fields = json.loads(raw)
            found = cls(**{**fields, "mode": Mode(fields["mode"])})
        except (TypeError, KeyError) as error:
            raise ValueError("not a capability") from error
        if found.switch is not None and found.switch not in SWITCHES:
            raise ValueError("not a capability")
        return found


class ProbeReply:
    """What a probe needs to know of a reply: its text, and whether the model thought aloud."""

    def __init__(self, text: str, *, thought: bool) -> None:
        self.text = text
        self.thought = thought


Probe = Callable[[Sequence[Message], Capability, int], Awaitable[ProbeReply]]


async def discover(probe: Probe, config: LLMConfig) -> Capability:
    """Return the strictest way that works. Raises Denied when none does.

    A configured mode is the only one tried. Failing, Busy, CircuitOpen and CapReached pass
    through: they say nothing about what the model can do.
    """
    modes = [config.mode] if config.mode else list(Mode)
    learned = Capability(modes[0])
    for mode in modes:
        learned = replace(learned, mode=mode)
        found, learned = await _try_mode(probe, learned)
        if found:
            return learned
    raise Denied("the endpoint answers in none of the modes: " + ", ".join(modes))


async def _try_mode(probe: Probe, trial: Capability) -> tuple[bool, Capability]:
    """Probe one mode, adjusting what else the endpoint objects to."""
    for _ in range(_ADJUSTMENTS):
        try:
            reply = await probe(PROBE, trial, PROBE_LIMIT)
        except Rejected as rejected:
            adjusted = _adjusted(trial, rejected.hints)
            if adjusted is None:
                return False, _without_switch(trial)
            trial = adjusted
            continue
        except TooLong as too_long:
            if not too_long.thought or trial.thinks:
                return False, trial
            trial = _next_switch(trial)
            continue
        except Declined:
            return False, trial
        if reply.thought and not trial.thinks:
            trial = _next_switch(trial)
            continue
        return _is_ours(reply.text), trial
    return False, trial


def _adjusted(trial: Capability, hints: frozenset[str]) -> Capability | None:
    """Return the next thing to try after a rejection, or None when it is the mode itself."""
    if "limit" in hints and trial.limit_name == "max_tokens":
        return replace(trial, limit_name="max_completion_tokens")
    if "temperature" in hints and trial.temperature:
        return replace(trial, temperature=False)
    if trial.switch is not None:
        return _next_switch(trial)
    if "thinking" in hints and not trial.thinks:
        return _next_switch(trial)
    return None


def _next_switch(trial: Capability) -> Capability:
    names = list(SWITCHES)
    following = 0 if trial.switch is None else names.index(trial.switch) + 1
    if following == len(names):
        return replace(trial, switch=None, thinks=True)
    return replace(trial, switch=names[following])


def _without_switch(trial: Capability) -> Capability:
    return replace(trial, switch=None)


def _is_ours(text: str) -> bool:
    """Tell whether an answer has our form; whether it is right does not matter here."""
    try:
        good, bad = read_items(read_answer(text), range(1, 2))
    except Unreadable:
        return False
    return bool(good) and not bad


def memory_key(config: LLMConfig) -> str:
    """Return the key under which the capability of an endpoint and model is remembered."""
    told = "\0".join((config.base_url, config.model, config.mode or "any"))
    return f"{CAPABILITY}1:" + hashlib.sha256(told.encode()).hexdigest()[:32]


async def recall(memory: Memory | None, config: LLMConfig) -> Capability | None:
    """Return what was found out before; a memory that fails has forgotten it."""
    if memory is None:
        return None
    try:
        raw = await memory.get(memory_key(config))
        found = Capability.from_bytes(raw) if raw else None
    except (StoreError, ValueError) as error:
        _LOG.warning("capability not recalled: %s", type(error).__name__)
        return None
    return found if config.mode in (None, found.mode if found else None) else None


async def remember(memory: Memory | None, config: LLMConfig, found: Capability) -> None:
    """Keep what was found out; a memory that fails costs a probe at the next start."""
    if memory is None:
        return
    try:
        await memory.put(memory_key(config), found.to_bytes(), REMEMBERED_S)
    except StoreError as error:
        _LOG.warning("capability not remembered: %s", type(error).__name__)
