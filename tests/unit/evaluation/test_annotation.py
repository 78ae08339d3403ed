import json
from pathlib import Path

import pytest

from groundwork.errors import GoldError
from groundwork.evaluation.annotation import Statement, read_gold
from schemas.result import Kind


def rewrite(folder: Path, **changes: object) -> None:
    gold = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    (folder / "a.json").write_text(json.dumps(gold | changes), encoding="utf-8")


def test_reads_text_and_annotations(folder: Path) -> None:
    (document,) = read_gold(folder, folder).documents
    assert document.name == "a"
    assert document.annotation.statements[0] == Statement(Kind.ACHIEVEMENT, ((5, 12),))
    assert document.annotation.numbers[0].value == 12


def test_other_json_is_passed_over(folder: Path) -> None:
    (folder / "noise.json").write_text('{"kinds": 3}', encoding="utf-8")
    assert read_gold(folder, folder).passed_over == ("index.json", "noise.json")


def test_line_ends_are_not_translated(folder: Path) -> None:
    (folder / "a.txt").write_text("\r\n甲", encoding="utf-8", newline="")
    item = {"kind": "plan", "start": 2, "end": 3, "quote": "甲"}
    rewrite(folder, items=[item], quantities=[])
    assert read_gold(folder, folder).documents[0].text == "\r\n甲"


def test_the_file_defaults_to_the_name_of_the_annotation(folder: Path) -> None:
    rewrite(folder, file=None)
    assert read_gold(folder, folder).documents[0].name == "a"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"file": "b.txt"}, None),
        ({"items": [{"kind": "plan", "start": 0, "end": 2, "quote": "甲"}]}, "quote at 0"),
        ({"items": [{"kind": "plan", "start": 9, "end": 900}]}, "quote at 9"),
        ({"items": [{"kind": "hope", "start": 0, "end": 2}]}, "items/0/kind"),
        ({"quantities": [{"start": 0, "end": 1, "type": "smell"}]}, "quantities/0/type"),
        ({"items": "none"}, "items is no annotation"),
    ],
)
def test_annotations_that_do_not_fit_are_refused(
    folder: Path, changes: dict[str, object], message: str | None
) -> None:
    rewrite(folder, **changes)
    if message is None:
        # The name of the annotation itself is the second guess.
        assert read_gold(folder, folder).documents
        return
    with pytest.raises(GoldError, match=message):
        read_gold(folder, folder)


def test_a_missing_text_is_named(folder: Path) -> None:
    (folder / "a.txt").unlink()
    with pytest.raises(GoldError, match=r"a\.json: there is no a\.txt"):
        read_gold(folder, folder)


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotated document"):
        read_gold(tmp_path, tmp_path)


def test_a_broken_file_is_named_without_its_text(folder: Path) -> None:
    (folder / "a.json").write_text('{"items": [机密', encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(folder, folder)
    assert "a.json" in str(caught.value)
    assert "机密" not in str(caught.value)


def test_a_mark_before_json_is_none_of_it(folder: Path) -> None:
    raw = (folder / "a.json").read_bytes()
    (folder / "a.json").write_bytes(b"\xef\xbb\xbf" + raw)
    assert len(read_gold(folder, folder).documents) == 1


def test_texts_that_nobody_annotated_are_told(folder: Path) -> None:
    (folder / "b.txt").write_text("二、计划", encoding="utf-8")
    assert read_gold(folder, folder).unannotated == ("b.txt",)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    (folder / "b.json").write_text('{"items": []}', encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xcd\xea\xb3\xc9")
    (folder / "c.json").mkdir()
    (folder / "d.json").write_text('{"items": []}', encoding="utf-8")
    (folder / "e.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(folder, folder)
    told = str(caught.value)
    assert "b.json: b.txt is not UTF-8" in told
    assert "c.json cannot be read" in told
    assert "d.json: there is no d.txt" in told
    assert "e.json is no JSON" in told


def test_many_faults_are_counted(folder: Path) -> None:
    for number in range(13):
        (folder / f"x{number}.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match="and 3 more"):
        read_gold(folder, folder)
