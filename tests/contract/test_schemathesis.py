"""The whole OpenAPI document, put to a running service: no 5xx, nothing undocumented.

What is sent is drawn from a fixed seed, so that a failure can be had again.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from api.batches import LINE_TYPES
from groundwork.settings import Settings
from groundwork.text.decode.sniff import DOCX, PDF
from tests.integration import test_server as server

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "40"))
"""For each of the operations; the bound on the time this takes."""

GUESSES = [positive_data_acceptance, negative_data_rejection]
"""What fits a schema may be refused (a key used twice, a text that is none), and what does not fit
may be text all the same: ``null`` is one when it is sent as text/plain."""


@schemathesis.serializer(PDF, DOCX, *(kind for kind in LINE_TYPES if kind.startswith("app")))
def as_bytes(_: Any, value: Any) -> bytes:
    """Send what was drawn as it is: it will rarely be such a file, which must be survived."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Service]:
    running = server.start(tmp_path_factory.mktemp("schemathesis") / "data", JOB_WORKERS="1")
    yield running
    server.end(running)


def document() -> dict[str, Any]:
    app = create_app(Settings(_env_file=None))  # nothing is started
    return json.loads(json.dumps(app.openapi_schema.to_schema()))  # type: ignore[no-any-return]


schema = schemathesis.openapi.from_dict(document())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_service_does_what_it_says(case: Any, service: server.Service) -> None:
    case.call_and_validate(base_url=service.url, excluded_checks=GUESSES)
