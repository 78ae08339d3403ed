"""What tests of the evaluation share."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

TEXT = "一、成效\n新增企业12家。\n二、计划\n建设园区。\n"
ITEMS = [
    {"kind": "achievement", "start": 5, "end": 12, "quote": "新增企业12家"},
    {"kind": "plan", "start": 19, "end": 23, "quote": "建设园区"},
]
QUANTITIES = [
    {
        "start": 9,
        "end": 12,
        "quote": "12家",
        "type": "count",
        "value": 12,
        "upper": None,
        "unit": "家",
        "masked": False,
        "qualifier": "exact",
        "change": "increase",
    }
]


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end."""
    return asyncio.run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one annotated text, and an index that is no annotation."""
    gold = {"file": "a.txt", "reports": [], "items": ITEMS, "quantities": QUANTITIES}
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "index.json").write_text("[]", encoding="utf-8")
    return tmp_path
