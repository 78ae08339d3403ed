import pytest

from schemas.result import Result
from tests.fakes.sample_result import SOURCE, make_result


@pytest.fixture(scope="session")
def sample() -> tuple[Result, str]:
    """Return a result and the source text it points into."""
    return make_result(), SOURCE
