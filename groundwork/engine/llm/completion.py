"""Read a completion as it came: nothing in it is taken for granted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from groundwork.engine.llm.trouble import Declined, Failing, TooLong


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that came to its end."""

    text: str
    prompt_tokens: int | None
    """None when the endpoint does not tell."""
    completion_tokens: int | None
    thought: bool = False


OnTokens = Callable[[int | None, int | None, str], None]
"""Told tokens and text of every completion that arrived, also of those that are then refused."""


def read_completion(completion: Any, on_tokens: OnTokens) -> Reply:
    """Read a completion as it came; nothing in it is taken for granted."""
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise Failing("the endpoint sent something that is no completion; is the base URL right?")
    usage = getattr(completion, "usage", None)
    prompt, answer = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    choice = choices[0]
    message = getattr(choice, "message", None)
    text = _text(message)
    on_tokens(prompt, answer, text + _aside(message))
    thought = _thought(message, usage, text)
    finish = getattr(choice, "finish_reason", None)
    if getattr(message, "refusal", None) or finish == "content_filter":
        raise Declined("the model declined to answer" + (" (filter)" if finish != "stop" else ""))
    if finish == "length" and (text.strip() or thought):
        raise TooLong("the answer hit its token limit", thought=thought)
    return Reply(text, prompt, answer, thought)


def _text(message: object) -> str:
    """Return the arguments of the first function call, else the content."""
    for call in getattr(message, "tool_calls", None) or []:
        arguments = getattr(getattr(call, "function", None), "arguments", None)
        if isinstance(arguments, str) and arguments.strip():
            return arguments
    content = getattr(message, "content", None)
    return content if isinstance(content, str) else ""


def _aside(message: object) -> str:
    """Return the thoughts that an endpoint tells apart from the answer."""
    for name in ("reasoning_content", "reasoning"):
        thoughts = getattr(message, name, None)
        if isinstance(thoughts, str) and thoughts:
            return thoughts
    return ""


def _thought(message: object, usage: object, text: str) -> bool:
    """Tell whether the model thought before it answered: aloud, apart or unseen."""
    details = getattr(usage, "completion_tokens_details", None)
    head = text.partition("</think>")[0].strip()
    aloud = head.startswith("<think>") and head != "<think>"
    return bool(_aside(message)) or aloud or _count(details, "reasoning_tokens", 0) not in (None, 0)


def _count(source: object, name: str, default: int | None = None) -> int | None:
    value = getattr(source, name, default)
    return value if isinstance(value, int) and value >= 0 else default
