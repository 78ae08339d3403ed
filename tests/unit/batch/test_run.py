"""A run with a scripted worker: settled once, resumed, written in order, in every format."""

import asyncio
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from groundwork.batch import outputs
from groundwork.batch.entries import Entry, failed
from groundwork.batch.journal import Journal
from groundwork.batch.runner import Outcome, Tally, run
from groundwork.batch.sending import Answered, ServerError
from groundwork.engine.rules import RuleEngine
from groundwork.errors import InputError
from groundwork.pipeline import structure
from groundwork.text.decode import decode
from tests.fakes.sample_result import make_result


class Worker:
    """The rules in this process; counts, and fails on what it is told to."""

    def __init__(self, refuses: str = "never") -> None:
        self.refuses = refuses
        self.asked: list[str] = []

    async def structure(self, data: bytes | str, filename: str | None) -> Answered:
        text = data if isinstance(data, str) else data.decode()
        self.asked.append(text)
        await asyncio.sleep(0)
        if self.refuses in text:
            raise ServerError("cannot")
        result = await structure(decode(data, filename=filename), RuleEngine())
        return Answered(result.model_dump_json().encode())

    async def close(self) -> None:
        pass


class Silent:
    """Remembers the last tally."""

    tally: Tally

    def show(self, tally: Tally) -> None:
        self.tally = tally


def entries(count: int) -> list[Entry]:
    def entry(number: int) -> Entry:
        return Entry(f"{number}.txt", f"一、工作成效\n新建公厕{number}座。".encode)

    return [entry(number) for number in range(1, count + 1)]


def do(
    given: list[Entry], worker: Worker, out: Path, made_by: str = "test"
) -> tuple[list[Outcome], Tally]:
    journal, watcher = Journal.beside(out, made_by), Silent()
    outcomes = asyncio.run(run(given, worker, journal, watcher, at_once=3))
    outputs.write(out, "jsonl", outcomes, journal)
    journal.close()
    return outcomes, watcher.tally


def written(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_everything_is_done_once_and_written_in_order(tmp_path: Path) -> None:
    out, worker = tmp_path / "out.jsonl", Worker()
    _, tally = do(entries(10), worker, out)
    assert [line["id"] for line in written(out)] == [f"{number}.txt" for number in range(1, 11)]
    assert (tally.done, tally.verdicts["supported"]) == (10, 10)
    again = Worker()
    _, tally = do(entries(12), again, out)
    assert (tally.resumed, tally.done, len(again.asked)) == (10, 2, 2)
    assert len(written(out)) == 12


def test_what_failed_is_told_and_tried_again(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    given = [*entries(3), failed("bad.zip", "broken")]
    _, tally = do(given, Worker(refuses="2座"), out)
    assert (tally.done, tally.failed) == (2, 2)
    errors = {line["id"]: line["error"] for line in written(out) if "error" in line}
    assert errors == {"2.txt": {"detail": "cannot"}, "bad.zip": {"detail": "broken"}}
    healthy = Worker()
    _, tally = do(given, healthy, out)
    assert (tally.resumed, tally.done, tally.failed) == (2, 1, 1)


def test_a_changed_report_is_done_again(tmp_path: Path) -> None:
    out, worker = tmp_path / "out.jsonl", Worker()
    do([Entry("a.txt", lambda: "新建公厕1座。")], worker, out)
    do([Entry("a.txt", lambda: "新建公厕2座。")], worker, out)
    assert len(worker.asked) == 2


def test_what_another_engine_did_is_not_taken_over(tmp_path: Path) -> None:
    out, worker = tmp_path / "out.jsonl", Worker()
    do(entries(2), worker, out, "rules")
    do(entries(2), worker, out, "a model")
    assert len(worker.asked) == 4
    _, tally = do(entries(2), worker, out, "rules")  # and not lost by asking another
    assert (tally.resumed, len(worker.asked)) == (2, 4)


def test_a_line_cut_off_by_a_kill_is_dropped(tmp_path: Path) -> None:
    out, worker = tmp_path / "out.jsonl", Worker()
    do(entries(5), worker, out)
    manifest = tmp_path / "out.jsonl.batch" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    _, tally = do(entries(5), worker, out)
    assert (tally.resumed, tally.done) == (4, 1)
    assert len(written(out)) == 5
    _, tally = do(entries(5), worker, out)
    assert tally.resumed == 5


def test_a_manifest_that_is_none_is_begun_anew(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    do(entries(1), Worker(), out)
    (tmp_path / "out.jsonl.batch" / "manifest.jsonl").write_bytes(b"\0\0\n")
    _, tally = do(entries(1), Worker(), out)
    assert tally.done == 1


def test_two_runs_do_not_share_a_journal(tmp_path: Path) -> None:
    first = Journal.beside(tmp_path / "o.jsonl", "test")
    with pytest.raises(InputError, match="another run"):
        Journal.beside(tmp_path / "o.jsonl", "test")
    first.close()
    Journal.beside(tmp_path / "o.jsonl", "test").close()


def test_names_bytes_and_makers_tell_reports_apart(tmp_path: Path) -> None:
    one, other = Journal(tmp_path, "rules"), Journal(tmp_path, "a model")
    asked = [(one, "a", b"x"), (one, "b", b"x"), (one, "b", b"y"), (other, "b", b"y")]
    assert len({journal.key_of(name, data) for journal, name, data in asked}) == 4
    assert one.key_of("a", "一") == one.key_of("a", "一".encode())
    assert one.key_of("a\ud800", "\ud800")


def test_a_manifest_is_trusted_up_to_its_first_fault(tmp_path: Path) -> None:
    """A power cut may leave zeros in it, or take the end of the results away."""
    out, worker = tmp_path / "out.jsonl", Worker()
    do(entries(6), worker, out)
    manifest = tmp_path / "out.jsonl.batch" / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join([*lines[:4], b"\0" * 40 + b"\n", *lines[5:]]))
    _, tally = do(entries(6), worker, out)
    assert (tally.resumed, tally.done) == (3, 3)
    results = tmp_path / "out.jsonl.batch" / "results.bin"
    os.truncate(results, results.stat().st_size - 10)
    _, tally = do(entries(6), worker, out)
    assert (tally.resumed, tally.done) == (5, 1)
    assert len(written(out)) == 6


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[list[Outcome], Journal]]:
    journal = Journal.beside(tmp_path / "x", "test")
    given = [*entries(2), failed("bad.txt", "broken")]
    yield asyncio.run(run(given, Worker(), journal, Silent(), 2)), journal
    journal.close()


def test_one_workbook_over_all_reports(tmp_path: Path, two: tuple[list[Outcome], Journal]) -> None:
    outputs.write(tmp_path / "all.xlsx", "xlsx", *two)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "all.xlsx").read_bytes()))
    rows = list(book["成效"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == ["1.r1i1", "2.r1i1"]
    assert [str(row[0]).split(" ")[0] for row in rows] == ["1.txt", "2.txt"]
    overview = [str(row) for row in book["概览"].iter_rows(values_only=True)]
    assert any("bad.txt: broken" in row for row in overview)


def test_what_went_wrong_stands_in_the_workbook_with_its_file(tmp_path: Path) -> None:
    class Sampler(Worker):
        async def structure(self, data: bytes | str, filename: str | None) -> Answered:
            return Answered(make_result().model_dump_json().encode())

    journal = Journal.beside(tmp_path / "x", "test")
    outcomes = asyncio.run(run(entries(2), Sampler(), journal, Silent(), 2))
    outputs.write(tmp_path / "all.xlsx", "xlsx", outcomes, journal)
    journal.close()
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "all.xlsx").read_bytes()))
    refused = list(book["被拒结论"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], str(row[-1]).split(":")[0]) for row in refused] == [
        ("1.x1", "1.txt"),
        ("2.x1", "2.txt"),
    ]
    overview = list(book["概览"].iter_rows(min_row=2, values_only=True))
    for name in ("提醒", "未处理范围"):
        told = [str(text) for said, text in overview if said == name]
        assert len(told) == 2
        assert all(file in text for file, text in zip(("1.txt: ", "2.txt: "), told, strict=True))


def test_one_table_and_one_page_over_all_reports(
    tmp_path: Path, two: tuple[list[Outcome], Journal]
) -> None:
    outputs.write(tmp_path / "all.csv", "csv", *two)
    lines = (tmp_path / "all.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    outputs.write(tmp_path / "all.md", "md", *two)
    page = (tmp_path / "all.md").read_text("utf-8")
    assert r"1\.txt" in page
    assert "bad.txt: broken" in page


def test_an_output_that_cannot_be_written_is_an_error(
    tmp_path: Path, two: tuple[list[Outcome], Journal]
) -> None:
    with pytest.raises(InputError):
        outputs.write(tmp_path / "no" / "all.csv", "csv", *two)


def test_a_workbook_is_not_cut_off_silently(
    tmp_path: Path, two: tuple[list[Outcome], Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwork.export.workbook.MOST_ROWS", 2)
    outcomes, journal = two
    with pytest.raises(InputError, match="--format csv or jsonl"):
        outputs.write(tmp_path / "all.xlsx", "xlsx", outcomes, journal)
    assert not (tmp_path / "all.xlsx").exists()
