"""A share of the fuzz in the suite; ``python -m tests.fuzz`` sends more."""

import pytest

from tests.fuzz.run import run

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_two_thousand_hostile_requests_get_an_answer_or_a_reason() -> None:
    outcome = await run(2_000, seed=7)
    assert outcome.failures == []
    assert set(outcome.statuses) >= {200, 400, 413, 415, 422}
