"""Lines are cut from a stream wherever its pieces end, and none is lost or doubled."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.errors import InputError
from groundwork.jobs.batches import BatchLimits, _Reception
from schemas.batch import BadLine


class Intake:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, bytes]] = []
        self.bad: list[BadLine] = []

    @property
    def received(self) -> int:
        return len(self.lines) + len(self.bad)

    async def add(self, lines: Sequence[tuple[int, bytes]]) -> None:
        self.lines += lines

    async def reject(self, bad: Sequence[BadLine]) -> None:
        self.bad += bad


def received(pieces: Sequence[bytes], limits: BatchLimits | None = None) -> Intake:
    intake: Any = Intake()

    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    asyncio.run(_Reception(intake, limits or BatchLimits()).read(stream()))
    return intake  # type: ignore[no-any-return]


def line(name: str) -> bytes:
    return json.dumps({"custom_id": name, "body": {"text": "报告"}}, ensure_ascii=False).encode()


WHOLE = b"\n".join([line("一"), b"", b"{}", line("二"), b"\xff\xfe", line("一"), line("三")])


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.integers(0, len(WHOLE)), max_size=12), newline=st.booleans())
def test_where_the_stream_is_cut_does_not_matter(cuts: list[int], newline: bool) -> None:
    whole = WHOLE + (b"\n" if newline else b"")
    places = [0, *sorted(cuts), len(whole)]
    pieces = [whole[a:b] for a, b in itertools.pairwise(places)]
    found = received(pieces)
    assert [number for number, _ in found.lines] == [1, 4, 7]
    assert [bad.line for bad in found.bad] == [3, 5, 6]
    assert b"".join(text for _, text in found.lines) == line("一") + line("二") + line("三")


@pytest.mark.parametrize(
    ("bad", "detail"),
    [
        (b"not json", "Invalid JSON"),
        (b"[]", "object"),
        (b'{"custom_id":"a","body":{"text":1}}', "/body/text"),
        (b'{"custom_id":"a","body":{"text":"b","other":1}}', "/body/other"),
        (b'{"custom_id":"","body":{"text":"b"}}', "/custom_id"),
        (b'{"custom_id":"' + b"a" * 300 + b'","body":{"text":"b"}}', "/custom_id"),
        (b'{"custom_id":"a","body":{"text":"\\ud800"}}', "JSON"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_a_bad_line_is_named_without_its_words(bad: bytes, detail: str) -> None:
    found = received([line("a-good-one"), b"\n", bad])
    assert [number for number, _ in found.lines] == [1]
    assert detail in found.bad[0].detail
    assert len(found.bad[0].detail) < 600


def test_a_mark_at_the_beginning_is_no_fault() -> None:
    assert received([b"\xef\xbb\xbf" + line("a")]).bad == []


@pytest.mark.parametrize(
    "limits", [BatchLimits(lines=2), BatchLimits(bytes=20), BatchLimits(line_bytes=10)]
)
def test_too_much_is_refused(limits: BatchLimits) -> None:
    with pytest.raises(InputError):
        received([line(name) + b"\n" for name in "abc"] + [b"x" * 100], limits)


def test_an_endless_line_is_given_up_before_it_fills_the_memory() -> None:
    with pytest.raises(InputError, match="longer than 1000 bytes"):
        received([b"x" * 600] * 1_000, BatchLimits(line_bytes=1_000))


def test_blank_lines_are_passed_over_but_not_without_end() -> None:
    limits = BatchLimits(lines=10)
    good = b'{"custom_id":"a","body":{"text":"b"}}'
    assert received([b"\n" * 199, good], limits).lines == [(200, good)]
    with pytest.raises(InputError, match="blank lines"):
        received([b" \n" * 300], limits)
