"""Fixtures that every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
PROCESSES = {"browser", "integration", "examples"}
"""Folders of tests that run the service, a browser or a script as processes of their own."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real uploads and annotations, or skip where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs the real uploads and annotations beside the project")
    return SHARED.resolve()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last; give tests of real processes a second try.

    A browser's driver keeps an event loop running in its process. Real processes can be held up
    for seconds by whatever else a machine does: the summary names each test that was tried twice.
    """
    items.sort(key=lambda item: "browser" in item.path.parts)
    for item in items:
        if not PROCESSES.isdisjoint(item.path.parts):
            item.add_marker(pytest.mark.flaky(reruns=1))
