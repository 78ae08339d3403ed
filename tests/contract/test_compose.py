"""compose.yaml holds what docs/scaling.md promises of it, in the shapes that Compose reads."""

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from groundwork.settings import Settings

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
OURS = ("api", "worker")


@pytest.mark.parametrize("name", OURS)
def test_settings_are_settings(name: str) -> None:
    known = {f"GROUNDWORK_{field.upper()}" for field in Settings.model_fields}
    assert set(SERVICES[name]["environment"]) <= known


@pytest.mark.parametrize("name", OURS)
def test_a_file_of_settings_may_be_missing(name: str) -> None:
    """Compose takes a name or a list there, and a mapping only inside a list."""
    assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]


def test_workers_can_be_many() -> None:
    """A name or a port of its own would allow only one."""
    worker = SERVICES["worker"]
    assert not {"container_name", "ports", "hostname"} & set(worker)
    assert worker["command"] == ["worker"]
    assert worker["environment"]["GROUNDWORK_JOB_WORKERS"] == "0"


def test_the_store_loses_and_forgets_nothing() -> None:
    redis = SERVICES["redis"]
    command = redis["command"]
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
    assert redis["volumes"] == ["redis:/data"]
    assert redis["healthcheck"]["test"][-1] == "ping"
    for name in OURS:
        assert SERVICES[name]["depends_on"]["redis"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", OURS)
def test_services_can_do_little_harm(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_this_machine_reaches_the_service() -> None:
    assert SERVICES["api"]["ports"] == ["127.0.0.1:8000:8000"]
    assert SERVICES["api"]["environment"]["GROUNDWORK_REQUIRE_KEYS"] == "true"
    assert "ports" not in SERVICES["redis"]
