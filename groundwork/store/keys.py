"""The names under which things are kept, all built here.

``gw`` keeps us apart from other users of the server, ``v1`` from ourselves after the format
changes, and the tenant keeps one customer's results from another's.
"""

from typing import Final

_PREFIX: Final = "gw:v1"

PUBLIC: Final = "public"
"""The tenant of everyone, as long as there are no API keys."""


def result_key(tenant: str, result_id: str) -> str:
    """Return the key of a finished result, as JSON.

    >>> result_key("public", "3b7e")
    'gw:v1:public:result:3b7e'
    """
    return f"{_PREFIX}:{tenant}:result:{result_id}"


def source_key(tenant: str, sha256: str) -> str:
    """Return the key of a source text, as UTF-8.

    >>> source_key("public", "9f86")
    'gw:v1:public:source:9f86'
    """
    return f"{_PREFIX}:{tenant}:source:{sha256}"


def model_key(tenant: str, name: str) -> str:
    """Return the key of something that the LLM engine remembers.

    >>> model_key("public", "llm:answer:1:3b7e")
    'gw:v1:public:llm:answer:1:3b7e'
    """
    return f"{_PREFIX}:{tenant}:{name}"
