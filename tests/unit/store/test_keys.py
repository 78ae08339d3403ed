"""Every key begins with who it belongs to, so that no tenant can reach another's."""

import pytest

from groundwork.store import keys


@pytest.mark.parametrize(
    "key",
    [
        keys.result_key("t", "x"),
        keys.source_key("t", "x"),
        keys.model_key("t", "x"),
        keys.flight_key("t", "x"),
        keys.job_key("t", "x"),
        keys.job_key("t", "x", "events"),
        keys.batch_key("t", "x"),
        keys.batch_key("t", "x", "lines"),
        keys.index_key("t", "x"),
    ],
)
def test_keys_are_prefixed_versioned_and_scoped(key: str) -> None:
    assert key.startswith("gw:v1:t:")


def test_what_all_share_is_nobodys() -> None:
    assert keys.shared_key("active") == "gw:v1:@:active"
