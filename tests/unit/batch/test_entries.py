"""What a batch finds behind paths, and what it refuses."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from groundwork.batch import archives, sheet
from groundwork.batch.archives import read_archive
from groundwork.batch.entries import Columns, Entry, Reader, gather
from groundwork.batch.journal import Journal
from groundwork.batch.tables import read_csv, read_lines, read_workbook
from groundwork.errors import InputError

READERS: dict[str, Reader] = {
    ".zip": read_archive,
    ".jsonl": read_lines,
    ".csv": read_csv,
    ".xlsx": read_workbook,
}
REPORT = "一、工作成效\n新建公厕14座。"


def found(path: Path | str, columns: Columns | None = None) -> list[Entry]:
    return gather([str(path)], columns or Columns(), READERS)


def outcome(entry: Entry) -> bytes | str:
    try:
        return entry.load()
    except InputError as error:
        return f"refused: {error}"


def test_a_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    (tmp_path / "b" / ".hidden").mkdir(parents=True)
    for name in ("z.txt", "b/a.md", "b/picture.png", "b/.hidden/x.txt", ".y.txt", "~$w.docx"):
        (tmp_path / name).write_text(REPORT)
    names = [entry.name for entry in found(tmp_path)]
    assert names == [str(tmp_path / "b" / "a.md"), str(tmp_path / "z.txt")]
    assert [entry.name for entry in found(tmp_path / "**" / "*.txt")] == [str(tmp_path / "z.txt")]


def test_what_batches_wrote_is_no_report(tmp_path: Path) -> None:
    """``batch . --out results.jsonl`` twice must not read its own answers."""
    (tmp_path / "a.txt").write_text(REPORT)
    for name in ("results.jsonl", "results.csv"):
        Journal.beside(tmp_path / name, "test").close()
        (tmp_path / name).write_text(json.dumps({"id": "x", "text": REPORT}))
    assert [entry.name for entry in found(tmp_path)] == [str(tmp_path / "a.txt")]
    assert [entry.name for entry in found(tmp_path / "*")] == [str(tmp_path / "a.txt")]


def test_what_keeps_us_from_a_folder_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told = [(Path(entry.name).name, outcome(entry)) for entry in found(tmp_path)]
    assert told == [
        ("gone.txt", "refused: No such file or directory"),
        ("shut", "refused: Permission denied"),
    ]


def test_nothing_to_do_says_what_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    with pytest.raises(InputError, match=r"no report in .*\.docx .* \.zip"):
        found(tmp_path)


def test_a_path_given_twice_is_done_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    assert len(gather([str(path), str(tmp_path)], Columns(), READERS)) == 1


@pytest.mark.parametrize("given", ["nothing.txt", "no*thing"])
def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path, given: str) -> None:
    with pytest.raises(InputError):
        found(tmp_path / given)


Pack = Callable[[zipfile.ZipFile], None]


@pytest.fixture
def packed(tmp_path: Path) -> Callable[[Pack], Path]:
    def make(pack: Pack) -> Path:
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            pack(archive)
        return path

    return make


def test_an_archive_gives_its_reports(packed: Callable[[Pack], Path]) -> None:
    def pack(archive: zipfile.ZipFile) -> None:
        archive.writestr("2023/工作总结.txt", REPORT)
        archive.writestr("__MACOSX/._x.txt", "clutter")
        archive.writestr("inner.zip", b"PK")

    path = packed(pack)
    told = {entry.name: outcome(entry) for entry in found(path)}
    assert told == {
        f"{path}!/2023/工作总结.txt": REPORT.encode(),
        f"{path}!/inner.zip": "refused: .zip in an archive is not read",
    }


def test_two_members_of_one_name_are_two_reports(packed: Callable[[Pack], Path]) -> None:
    def pack(archive: zipfile.ZipFile) -> None:
        archive.writestr("a.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "second")
        archive.writestr("~$a.docx", "left by an editor")

    path = packed(pack)
    told = {entry.name: outcome(entry) for entry in found(path)}
    assert told == {f"{path}!/a.txt": b"first", f"{path}!/a.txt (2)": b"second"}


def test_names_in_gbk_are_read(packed: Callable[[Pack], Path]) -> None:
    path = packed(lambda archive: archive.writestr("AAAA.txt", REPORT))
    data = path.read_bytes().replace(b"AAAA", "总结".encode("gbk"))
    path.write_bytes(data)
    assert [entry.name for entry in found(path)] == [f"{path}!/总结.txt"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/x.txt", "C:/x.txt", "..\\out.txt", "\\x.txt"]
)
def test_names_that_lead_outside_are_refused(packed: Callable[[Pack], Path], name: str) -> None:
    path = packed(lambda archive: archive.writestr(zipfile.ZipInfo(name), REPORT))
    (entry,) = found(path)
    assert "leads outside" in str(outcome(entry))


def test_links_are_refused(packed: Callable[[Pack], Path]) -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    (entry,) = found(packed(lambda archive: archive.writestr(link, "/etc/passwd")))
    assert outcome(entry) == "refused: the member is a link"


def test_bombs_are_refused(packed: Callable[[Pack], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b"0" * 5_000_000
    (entry,) = found(packed(lambda archive: archive.writestr("a.txt", bomb)))
    assert "which no report is" in str(outcome(entry))
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    (entry,) = found(packed(lambda archive: archive.writestr("a.txt", b"1" * 2_000)))
    assert "at most 1000 are read" in str(outcome(entry))


def test_a_directory_that_lies_about_sizes_is_caught(
    packed: Callable[[Pack], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBER_BYTES", 1_000)
    size = 5_000
    path = packed(lambda archive: archive.writestr("a.txt", b"1" * size))
    data = bytearray(path.read_bytes())
    claim = size.to_bytes(4, "little")
    at = data.find(b"PK\x01\x02") + 24
    assert data[at : at + 4] == claim
    data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    (entry,) = found(path)
    told = outcome(entry)
    assert isinstance(told, str)
    assert told.startswith("refused") or len(told) <= 1_000


def test_what_is_no_archive_fails_as_one_report(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 nonsense")
    assert [outcome(entry) for entry in found(path)] == [
        "refused: the archive is broken or no .zip"
    ]


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    records = [
        {"id": 7, "text": REPORT},
        {"custom_id": "x", "body": {"text": "二"}},
        {"id": "none"},
        [],
    ]
    path.write_text("\n".join([*map(json.dumps, records), "", "{oops"]), encoding="utf-8")
    told = [(entry.name.removeprefix(str(path)), outcome(entry)) for entry in found(path)]
    assert told == [
        ("#1 7", REPORT),
        ("#2 x", "二"),
        (
            "#3",
            "refused: no text in text or 正文; --text-column names another field (there are: id)",
        ),
        ("#4", "refused: the line is not a JSON object"),
        ("#6", "refused: the line is not JSON in UTF-8"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_of_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "all.csv"
    path.write_text(f'编号,单位,正文\n甲1,水务局,"{REPORT}"\n甲2,水务局,\n', encoding=encoding)
    told = [(entry.name.removeprefix(str(path)), outcome(entry)) for entry in found(path)]
    assert told == [("#2 甲1", REPORT), ("#3 甲2", "")]
    named = found(path, Columns(text="单位", name="正文"))
    assert outcome(named[0]) == "水务局"
    (failed,) = found(path, Columns(text="没有"))
    assert "no column" in str(outcome(failed))


def test_a_column_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(f"甲,{'长' * 50}\n1,{REPORT!r}\n")
    (entry,) = found(path)
    assert outcome(entry) == "refused: name the column of the reports with --text-column: 甲, …"
    (entry,) = found(path, Columns(text="乙"))
    assert outcome(entry) == "refused: no column '乙'; there are: 甲, …"


def test_a_column_without_a_heading_loses_no_report(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(f"{'一' * 40}\n{'二' * 40}\n")
    told = [(entry.name.removeprefix(str(path)), outcome(entry)) for entry in found(path)]
    assert told == [("#1", "一" * 40), ("#2", "二" * 40)]


def test_lines_are_read_when_their_turn_comes(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(b'\n{"text":"one"}\r\n{"text":"two"}')
    one, two = found(path)
    assert (outcome(two), outcome(one)) == ("two", "one")
    path.unlink()
    assert outcome(one) == "refused: No such file or directory"


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(place, column, cell)
    book.close()
    return file.getvalue()


def test_rows_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(workbook(("编号", "正文"), (1, REPORT), (2, "新建绿道3公里。"), (3, "")))
    told = [(entry.name.removeprefix(str(path)), outcome(entry)) for entry in found(path)]
    assert told == [("#2 1", REPORT), ("#3 2", "新建绿道3公里。"), ("#4 3", "")]


def changed(book: bytes, name: str, part: bytes) -> bytes:
    """A workbook with another part in place of one."""
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each, data in (parts | {name: part}).items():
            new.writestr(each, data)
    return file.getvalue()


STRINGS = "xl/sharedStrings.xml"
HOSTILE = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (HOSTILE.encode(), "defines entities"),
        (HOSTILE.encode("utf-16"), "not written in UTF-8"),
        (HOSTILE.encode("utf-16-be"), "not written in UTF-8"),
        (b"<sst><si>", "broken"),
        (b"", "broken"),
        (b'<?xml version="1.0" encoding="nonsense"?><sst/>', "broken"),
    ],
)
def test_a_hostile_workbook_is_refused(part: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        sheet.rows(changed(workbook(("text",), ("x",)), STRINGS, part))


def test_a_damaged_workbook_is_refused() -> None:
    """Wherever a byte is wrong, it costs that workbook and nothing else."""
    whole = changed(workbook(("text",), ("x" * 500,)), "xl/big.xml", b"")
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 0xFF
        with suppress(InputError):
            sheet.rows(bytes(data))


def test_what_is_no_workbook_is_refused() -> None:
    for data in (b"", b"PK\x03\x04", workbook(("text",))[:200]):
        with pytest.raises(InputError):
            sheet.rows(data)
