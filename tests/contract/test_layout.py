"""The shape of the house: rooms at the root, sizes of modules, no side effects on import."""

import ast
import importlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "schemas", "prompts", "groundwork")
OTHER_FOLDERS = {"tests", "benchmarks", "docs", "examples", "requirements"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "lib", "misc", "tools"}
LONGEST = 500
WATCHED = (
    "socket.connect",
    "socket.bind",
    "subprocess.Popen",
    "os.mkdir",
    "os.remove",
    "os.putenv",
)


def tracked(*patterns: str) -> list[Path]:
    """Return the files under version control, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(
        ROOT / name for name in set(listed.split("\0")) if name and (ROOT / name).exists()
    )


def own_code() -> list[Path]:
    files = tracked("*.py", "*.js", "*.css", "*.html")
    return [path for path in files if "vendor" not in path.parts]


def module_names() -> Iterator[str]:
    for path in tracked(*(f"{room}/*.py" for room in ROOMS)):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_the_root_holds_the_named_rooms_and_the_usual_companions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert tuple(project["tool"]["importlinter"]["root_packages"]) == ROOMS
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(ROOMS)
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    assert {name for name in folders if not name.startswith(".")} <= {*ROOMS, *OTHER_FOLDERS}


@pytest.mark.parametrize("path", own_code(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_too_long(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST, f"{lines} lines; split it into a folder of the same name"


@pytest.mark.parametrize("path", own_code(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not VAGUE & {part.removesuffix(path.suffix) for part in path.relative_to(ROOT).parts}


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_of_code_is_a_package_that_says_what_it_is(room: str) -> None:
    for folder in {path.parent for path in tracked(f"{room}/*.py")}:
        door = folder / "__init__.py"
        assert door.exists(), folder
        assert ast.get_docstring(ast.parse(door.read_text())), door


def test_importing_everything_does_nothing() -> None:
    """A fresh interpreter imports every module; an audit hook tells what it touched."""
    program = f"""
import importlib, logging, sys, threading, warnings
touched = []
sys.addaudithook(lambda event, args: touched.append(event) if event in {WATCHED!r} else None)
def hook_open(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        if not str(args[0]).endswith((".pyc", ".tmp")) and "__pycache__" not in str(args[0]):
            touched.append(f"writes {{args[0]}}")
sys.addaudithook(hook_open)
before = threading.active_count(), list(logging.root.handlers)
for name in {sorted(module_names())!r}:
    importlib.import_module(name)
assert not touched, touched
assert (threading.active_count(), list(logging.root.handlers)) == before
"""
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""


@pytest.mark.parametrize("name", sorted(module_names()))
def test_every_module_says_what_it_is(name: str) -> None:
    assert importlib.import_module(name).__doc__
