"""The texts that models are told, kept apart from code.

A prompt is a folder ``NAME/VERSION`` with ``system.md`` and ``examples.json``. Its digest covers
both, so a changed word gives another digest, and results made with the old one are not served
for the new one.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from groundwork.errors import EngineError

_PATH: Final = re.compile(r"[a-z][a-z0-9_]*/v[0-9]+")


@dataclass(frozen=True, slots=True)
class ExampleSection:
    """Sentences under one heading path."""

    headings: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a report and the answer we want for it; sentences count from 1."""

    title: str | None
    period: str | None
    sections: tuple[ExampleSection, ...]
    answer: str
    """As the model should write it: JSON without spaces."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt: pure text, the same for every report."""

    name: str
    version: str
    digest: str
    """sha256 over everything a model is told by it."""
    system: str
    examples: tuple[Example, ...]


@cache
def load(path: str) -> Prompt:
    """Return the prompt ``NAME/VERSION``. Raises EngineError if there is none.

    >>> prompt = load("extract/v1")
    >>> prompt.name, prompt.version, len(prompt.digest)
    ('extract', 'v1', 64)
    """
    if not _PATH.fullmatch(path):
        raise EngineError("a prompt is named like extract/v1")
    folder = resources.files(__name__).joinpath(*path.split("/"))
    try:
        system = folder.joinpath("system.md").read_bytes()
        examples = folder.joinpath("examples.json").read_bytes()
        parsed = tuple(_example(entry) for entry in json.loads(examples))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"prompt {path} cannot be read: {type(error).__name__}") from error
    name, version = path.split("/")
    digest = hashlib.sha256(b"\0".join((path.encode(), system, examples))).hexdigest()
    return Prompt(name, version, digest, system.decode("utf-8").strip(), parsed)


def _example(entry: Mapping[str, Any]) -> Example:
    return Example(
        title=entry["title"],
        period=entry["period"],
        sections=tuple(_section(section) for section in entry["sections"]),
        answer=json.dumps(entry["answer"], ensure_ascii=False, separators=(",", ":")),
    )


def _section(entry: Mapping[str, Sequence[str]]) -> ExampleSection:
    return ExampleSection(tuple(entry["headings"]), tuple(entry["sentences"]))
