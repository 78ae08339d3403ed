"""Fixtures that every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real uploads and annotations, or skip where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs the real uploads and annotations beside the project")
    return SHARED.resolve()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: their driver keeps an event loop running in its process."""
    items.sort(key=lambda item: "browser" in item.path.parts)
