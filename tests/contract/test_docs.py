"""Every route, setting, problem type and command stands in the documentation, as it is now."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from typer.main import get_command

from api.app import create_app
from api.errors import KINDS
from docs import generate
from groundwork.cli.app import app as cli
from groundwork.settings import Settings


@pytest.mark.parametrize("name", ["errors.md", "settings.md", "cli.md", "api.md"])
def test_the_page_is_fresh(name: str) -> None:
    assert (generate.HERE / name).read_text() == generate.pages()[name], "stale: run make docs"


def page(name: str) -> str:
    return (generate.HERE / name).read_text()


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_app(Settings(_env_file=None))


def test_every_route_is_told_of(app: Litestar) -> None:
    for route in app.routes:
        if not route.path.startswith(("/vendor", "/viewer", "/schema/")):
            for method in getattr(route, "methods", set()) - {"OPTIONS", "HEAD"}:
                assert f"`{method} {route.path_format}`" in page("api.md")


@pytest.mark.parametrize("kind", KINDS)
def test_every_problem_is_told_of(kind: str) -> None:
    assert f"| `{kind}` | {KINDS[kind].status} |" in page("errors.md")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_told_of(name: str) -> None:
    assert f"| `GROUNDWORK_{name.upper()}` |" in page("settings.md")


def commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def test_every_command_and_option_is_told_of() -> None:
    told = page("cli.md")
    for path, command in commands(get_command(cli), "groundwork"):
        assert f"\n## {path}\n" in told
        section = told.split(f"\n## {path}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in section or option == "--help", (path, option)
