"""The one door: lazy, quiet, and patient by the endpoint's own words."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from groundwork.engine.llm.client import retry_after_s
from groundwork.engine.llm.completion import read_completion
from groundwork.engine.llm.trouble import Failing, read_hints, safe_code


def test_the_libraries_are_loaded_with_the_first_call_only() -> None:
    """They take two seconds, which nobody without a model should wait for."""
    program = (
        "import sys, groundwork.wiring, groundwork.engine.llm.doctor;"
        "sys.exit(bool({'openai', 'instructor'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers) == seconds


def test_retry_after_as_a_date_ahead() -> None:
    ahead = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    seconds = retry_after_s({"retry-after": ahead})
    assert seconds is not None
    assert 3_000 < seconds <= 3_600


@pytest.mark.parametrize("junk", [None, "<html>", 3, [], {"choices": []}, object()])
def test_what_is_no_completion_is_a_failure(junk: object) -> None:
    with pytest.raises(Failing):
        read_completion(junk, lambda prompt, answer, text: None)


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'", "limit"),
        ("Unsupported value: 'temperature' does not support 0", "temperature"),
        ("parameter.enable_thinking must be set to false", "thinking"),
        ("This model's maximum context length is 8192 tokens", "context"),
        ("the request exceeds the available context size", "context"),
        ("You exceeded your current quota insufficient_quota", "quota"),
        ("Insufficient Balance", "quota"),
        ("The model `m` does not exist", "model"),
        ("data_inspection_failed", "filter"),
    ],
)
def test_hints_are_read_from_what_endpoints_write(message: str, hint: str) -> None:
    assert read_hints(message) == {hint}


@pytest.mark.parametrize("code", [None, 400, "自由文本", "two words", "x" * 41, "改造管网46.8公里"])
def test_what_is_no_code_is_not_shown(code: object) -> None:
    assert safe_code(code) == ""
