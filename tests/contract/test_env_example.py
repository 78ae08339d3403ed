""".env.example lists every setting with its sentence and its default, in their order."""

import re
from pathlib import Path

import pytest

from groundwork.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
ENTRY = re.compile(r"^((?:# .+\n)+)GROUNDWORK_([A-Z0-9_]+)=(.*)$", re.MULTILINE)


def entries() -> dict[str, tuple[str, str]]:
    """Return (sentence, value) by the name of the setting."""
    return {
        name.lower(): (" ".join(line[2:] for line in sentence.splitlines()), value)
        for sentence, name, value in ENTRY.findall(EXAMPLE.read_text())
    }


def test_every_setting_and_nothing_else_is_listed() -> None:
    assert list(entries()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_sentence_is_the_settings_own(name: str) -> None:
    assert entries()[name][0] == Settings.model_fields[name].description


def test_the_values_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GROUNDWORK_{name.upper()}", raising=False)
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_cannot_change_while_the_service_runs(name: str) -> None:
    assert Settings.model_config["frozen"]
    assert Settings.model_fields[name].description
