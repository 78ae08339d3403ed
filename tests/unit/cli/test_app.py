"""The commands as a script or a person would call them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = "新增专利申请2847件,发明专利申请763件。"


def call(
    *arguments: str, given: str | bytes = b"", code: int = 0
) -> "subprocess.CompletedProcess[bytes]":
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [sys.executable, "-m", "groundwork.cli", *arguments],
        input=data,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()
    return done


def lines(*records: Any, command: str) -> list[dict[str, Any]]:
    given = "\n".join(
        record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
        for record in records
    )
    done = call(command, "--ndjson", given=given)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_structure_reads_standard_input() -> None:
    done = call("structure", "--format", "json", given="一、工作成效\n新建公厕14座。")
    result = json.loads(done.stdout)
    assert result["reports"][0]["items"][0]["quantities"][0]["verdict"] == "supported"


def test_structure_prints_a_table(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("一、存在的问题\n全镇仍有7个村未通自来水。", encoding="gb18030")
    shown = call("structure", str(path)).stdout.decode()
    assert "问题 problems: 1" in shown
    assert "7个 = 7 个 supported" in shown


def test_quantities_lines_carry_start_and_end() -> None:
    (answer,) = lines({"id": 7, "text": "投资约1.5亿元"}, command="quantities")
    (found,) = answer["quantities"]
    assert answer["id"] == 7
    assert (found["start"], found["end"], found["value"]) == (2, 8, "150000000")
    assert found["span"]["quote"] == "约1.5亿元"


def test_verify_lines() -> None:
    claims = [
        {"id": "right", "text": "发明专利申请763件"},
        {"id": "wrong", "text": "新增专利申请763件"},
        {"id": "none", "text": "专利申请"},
        {"id": "spans", "text": "新增专利申请2847件", "spans": [{"start": 0, "end": 11}]},
    ]
    (answer,) = lines({"id": "a", "source": SOURCE, "claims": claims}, command="verify")
    verdicts = {claim["id"]: claim["verdict"] for claim in answer["claims"]}
    assert verdicts == {
        "right": "supported",
        "wrong": "contradicted",
        "none": "unchecked",
        "spans": "supported",
    }


def test_a_bad_line_is_answered_and_the_rest_go_on() -> None:
    answers = lines(
        {"id": "a", "text": "修路3公里"},
        "{not json",
        "[]",
        {"id": "b"},
        {"id": "c", "text": "  "},
        '{"id": "d", "text": "\\ud800"}',
        "[" * 100_000,
        {"id": "e", "text": "修路5公里"},
        command="quantities",
    )
    assert [answer.get("id") for answer in answers] == ["a", None, None, "b", "c", "d", None, "e"]
    assert [min(answer) for answer in answers] == ["id", *["error"] * 6, "id"]
    assert answers[4]["error"]["type"] == "/problems/empty-text"
    for answer in answers[1:7]:
        assert set(answer["error"]) == {"type", "title", "detail"}


@pytest.mark.parametrize(
    "claims",
    [
        None,
        {},
        [5],
        [{"text": 5}],
        [{"id": "x"}],
        [{"text": "3家", "spans": [{"start": 9, "end": 2}]}],
    ],
)
def test_bad_claims_are_answered(claims: Any) -> None:
    (answer,) = lines({"id": 1, "source": SOURCE, "claims": claims}, command="verify")
    assert answer["id"] == 1
    assert "error" in answer


def test_verify_exits_with_one_when_a_claim_fails(tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_text(SOURCE, encoding="utf-8")
    shown = call("verify", str(path), "--claim", "新增专利申请763件", code=1).stdout.decode()
    assert "contradicted" in shown
    assert "2847件" in shown
    call("verify", str(path), "--claim", "新增专利申请2847件")


def test_errors_are_one_line() -> None:
    done = call("structure", "no-such-file.txt", code=2)
    assert done.stderr.decode().splitlines() == [
        "groundwork: no-such-file.txt: No such file or directory"
    ]
    assert b"Traceback" not in call("structure", given=b"  ", code=2).stderr


def test_doctor_says_what_to_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATA_DIR", str(tmp_path))
    healthy = call("doctor").stdout.decode()
    assert "embedded server" in healthy
    assert "structured by rules" in healthy
    monkeypatch.setenv("GROUNDWORK_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("GROUNDWORK_LLM_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("GROUNDWORK_LLM_MODEL", "none")
    broken = call("doctor", code=1).stdout.decode()
    assert broken.count("fix ") == 2
