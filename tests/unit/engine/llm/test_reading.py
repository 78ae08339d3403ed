"""Reading whatever a model answers: the items, or one error that quotes nothing."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.engine.llm.protocol import Answer, Item, read_items
from groundwork.engine.llm.reading import read_answer
from groundwork.engine.llm.trouble import Unreadable

ONE = '{"items":[{"kind":"plan","sentences":[1]}]}'
ITEMS = [{"kind": "plan", "sentences": [1]}]


@pytest.mark.parametrize(
    "answer",
    [
        ONE,
        f"  \n{ONE}\n",
        f"```json\n{ONE}\n```",
        f"```\n{ONE}",
        f'<think>也许 {{"items": []}}?</think>\n{ONE}',
        f"没有开头的想法</think>{ONE}",
        f"结果如下:{ONE}。以上。",
        "[1] 是计划。\n" + ONE,
        json.dumps(ITEMS),
        f'{{"note": "先说明"}} {ONE}',
        ONE + ONE,
    ],
)
def test_items_are_found(answer: str) -> None:
    assert read_answer(answer) == ITEMS


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " \n\t" * 50,
        "我不能回答",
        "<think>想到一半",
        '{"items":[{"kind":"plan","sent',
        '{"items": null}',
        "{}",
        "[1, 2, 3]",
        "[" * 100_000,
        '{"a":' * 50_000,
        "null",
    ],
)
def test_anything_else_is_unreadable_without_a_quote(answer: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_answer(answer)
    assert "计划" not in str(caught.value)
    assert len(str(caught.value)) < 60


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_noise_is_read_or_unreadable(answer: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read_answer(answer), list)


@settings(max_examples=100)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["kind", "sentences", "text", "label"]),
            st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers())),
        )
    )
)
def test_each_item_is_good_or_bad_and_none_is_lost(raw: list[dict[str, object]]) -> None:
    good, bad = read_items(raw, range(1, 4))
    assert len(good) + len(bad) == len(raw)
    assert all(set(item.sentences) <= {1, 2, 3} for item in good)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"kind": "risk", "sentences": [1]}, "kind"),
        ({"sentences": [1]}, "kind"),
        ({"kind": "plan", "sentences": [9]}, "第9句"),
        ({"kind": "plan", "sentences": [0]}, "第0句"),
        ({"kind": "plan", "sentences": []}, "sentences"),
        ({"kind": "plan", "sentences": "第一句"}, "sentences"),
        ({"kind": "plan"}, "sentences"),
        ({"kind": "plan", "sentences": [1], "text": "长" * 2_001}, "text"),
    ],
)
def test_reasons_are_precise(raw: dict[str, object], reason: str) -> None:
    _, (bad,) = read_items([raw], range(1, 4))
    assert reason in bad.reason


def test_what_a_loosely_held_model_adds_is_forgiven() -> None:
    raw = {"kind": " Goal ", "sentences": 2, "text": " ", "label": "覆盖率", "confidence": 0.9}
    (item,), _ = read_items([raw], range(1, 4))
    assert item == Item(kind="goal", sentences=(2,))


def test_the_schema_suits_strict_decoders() -> None:
    """Every property required, nothing else allowed, in every object of it."""
    schema = Answer.model_json_schema()
    for form in [schema, *(d for d in schema["$defs"].values() if d["type"] == "object")]:
        assert form["additionalProperties"] is False
        assert set(form["required"]) == set(form["properties"])
