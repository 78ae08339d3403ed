"""What a run says of itself has Chinese for each of its forms, in the exports and in the viewer."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundwork.engine.llm import trouble
from groundwork.export.said import FORMS, said

ROOT = Path(__file__).parents[2]
SPEAKERS = (
    *sorted((ROOT / "groundwork/engine").rglob("*.py")),
    ROOT / "groundwork/comparison/following.py",
    ROOT / "groundwork/pipeline.py",
)
TROUBLES = {
    name
    for name, value in vars(trouble).items()
    if isinstance(value, type) and issubclass(value, trouble.Trouble)
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def sample(node: ast.expr) -> str | None:
    """Return what an expression may say, with 7 in place of what is only known later."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join((sample(part) or "7") for part in node.values)
    if isinstance(node, ast.BinOp):
        return (sample(node.left) or "7") + (sample(node.right) or "7")
    return None


def spoken(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what is given to a Trouble, or put among warnings and errors of ranges."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            into = getattr(node.func, "value", None)
            said_here = name in TROUBLES or (
                name == "append" and into is not None and ast.unparse(into).endswith("warnings")
            )
            if said_here and node.args:
                yield node.args[0]
            for keyword in node.keywords:
                if keyword.arg == "warnings":
                    yield from elements(keyword.value)
                elif keyword.arg == "error" and name == "PartialRange":
                    yield keyword.value
        elif isinstance(node, ast.AugAssign) and ast.unparse(node.target).endswith("warnings"):
            yield from elements(node.value)


def elements(node: ast.expr) -> Iterator[ast.expr]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.List | ast.Tuple):
            yield from inner.elts


def assigned(tree: ast.Module, name: str) -> list[ast.expr]:
    """Return all that a name stands for in a module."""
    found: list[ast.expr | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            to = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(to) == name:
                found.append(node.value)
    return [value for value in found if value is not None]


def everything_said() -> set[str]:
    found: set[str | None] = set()
    for path in SPEAKERS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for expression in spoken(tree):
            named = assigned(tree, expression.id) if isinstance(expression, ast.Name) else []
            found |= {sample(each) for each in named or [expression]}
    return {words for words in found if words and not CHINESE.search(words)}


def test_whatever_is_said_has_its_chinese() -> None:
    words = everything_said()
    assert len(words) > 25, sorted(words)
    silent = {each for each in words if not CHINESE.search(said(each, "zh"))}
    assert not silent, "these need a form in groundwork/export/said.py and in told.js"


def test_every_form_is_still_said() -> None:
    words = {*everything_said(), "words (7 times)", "earlier", "later"}
    idle = [form.pattern for form, _ in FORMS if not any(form.fullmatch(each) for each in words)]
    assert idle == []


def test_the_viewer_says_the_same() -> None:
    script = (ROOT / "api/web/viewer/js/told.js").read_text(encoding="utf-8")
    told = re.findall(r'^  \[/\^(.*)\$/, "(.*)"\],$', script, re.MULTILINE)
    assert told == [(form.pattern, chinese) for form, chinese in FORMS]


@pytest.mark.parametrize("words", ["", "of tomorrow", "(2 times)", " (2 times)" * 500, "x\ny"])
def test_what_has_no_form_is_not_lost(words: str) -> None:
    assert words.removesuffix(" (2 times)")[:3] in said(words, "zh")
    assert said(words, "en") == words
