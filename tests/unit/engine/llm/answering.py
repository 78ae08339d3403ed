"""Answers that several tests let the model give."""

from tests.fakes.openai_server import Body, items, question


def numbers_shown(request: Body) -> list[int]:
    """The sentence numbers of the last question."""
    lines = question(request).splitlines()
    return [int(line[1 : line.index("]")]) for line in lines if line.startswith("[")]


def each_sentence(request: Body) -> str:
    """Answer every numbered sentence of the question as an achievement."""
    entries = ({"kind": "achievement", "sentences": [n]} for n in numbers_shown(request))
    return items(*entries)
