"""The prompts: loaded, digested, and their own examples held to what we hold models to."""

import json
from importlib import resources

import pytest

from groundwork.engine.llm.protocol import Answer, read_items
from groundwork.errors import EngineError
from groundwork.grounding.verify import acceptable, verify_source
from prompts import Example, load
from schemas.result import Kind

PROMPT = load("extract/v1")
examples = pytest.mark.parametrize("example", PROMPT.examples, ids=lambda example: example.title)


def sentences(example: Example) -> list[str]:
    return [text for section in example.sections for text in section.sentences]


def test_every_folder_loads_under_its_own_digest() -> None:
    names = [name for name in resources.files("prompts").iterdir() if name.is_dir()]
    folders = [name for name in names if not name.name.startswith("_")]
    digests = [load(f"{name.name}/{v.name}").digest for name in folders for v in name.iterdir()]
    assert digests
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("path", ["extract/v999", "extract", "../secrets/v1", "extract/v1/", ""])
def test_anything_else_is_no_prompt(path: str) -> None:
    with pytest.raises(EngineError):
        load(path)


def test_the_system_text_names_what_the_protocol_has() -> None:
    for word in [*Kind, "sentences", "text", "items"]:
        assert word in PROMPT.system


@examples
def test_examples_answer_in_our_form(example: Example) -> None:
    raw = json.loads(example.answer)
    Answer.model_validate(raw)
    good, bad = read_items(raw["items"], range(1, len(sentences(example)) + 1))
    assert good
    assert not bad


@examples
def test_every_number_of_the_examples_is_supported_by_its_sentences(example: Example) -> None:
    """What we show a model must pass what we hold it to."""
    shown = sentences(example)
    source = "。".join(shown) + "。"
    starts = [sum(len(text) + 1 for text in shown[:index]) for index in range(len(shown))]
    items, _ = read_items(json.loads(example.answer)["items"], range(1, len(shown) + 1))
    claims = []
    for item in items:
        spans = [(starts[n - 1], starts[n - 1] + len(shown[n - 1])) for n in item.sentences]
        text = item.text or "。".join(source[start:end] for start, end in spans)
        assert item.text is None or any(item.text in source[start:end] for start, end in spans)
        claims.append((text, spans))
    judged = verify_source(source, claims)
    assert sum(len(verdict.checks) for verdict in judged) >= 4
    for (text, _), verdict in zip(claims, judged, strict=True):
        for check in verdict.checks:
            assert acceptable(check), (text, check.verdict, check.reasons)


def test_the_examples_show_every_kind_a_mask_and_a_split() -> None:
    items = [item for example in PROMPT.examples for item in json.loads(example.answer)["items"]]
    assert {item["kind"] for item in items} == set(Kind)
    assert any("text" in item for item in items)
    shown = " ".join(text for example in PROMPT.examples for text in sentences(example))
    assert "x家" in shown
    assert "*%" in shown
