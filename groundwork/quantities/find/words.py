"""The cue words of ``words.txt`` beside this module, by section."""

import re
from importlib.resources import files

_HEADER = re.compile(r"\[([a-z]+)\]")


def _read() -> dict[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    name = ""
    text = files("groundwork.quantities.find").joinpath("words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if header := _HEADER.fullmatch(line):
            name = header[1]
        elif not line.startswith("#"):
            sections.setdefault(name, []).extend(line.split())
    return {section: tuple(words) for section, words in sections.items()}


WORDS = _read()


def either(section: str) -> str:
    """Return the pattern that any word of the section matches."""
    return "|".join(WORDS[section])
