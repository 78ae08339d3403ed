"""The names under which things are kept, all built here.

``gw`` keeps us apart from other users of the server, ``v1`` from ourselves after the format
changes, and the tenant keeps one customer's results from another's.
"""

import re
from typing import Final

_PREFIX: Final = "gw:v1"

PUBLIC: Final = "public"
"""The tenant of everyone, as long as there are no API keys."""

_SHARED: Final = "@"
"""In the tenant's place where something belongs to all of them; no tenant is called that."""

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_id(given: str) -> bool:
    """Tell whether something can be the id of a job or a batch, not part of another key.

    >>> is_id("job_1f"), is_id("job_1f:source"), is_id("")
    (True, False, False)
    """
    return _ID.fullmatch(given) is not None


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


def flight_key(tenant: str, result_id: str, part: str = "") -> str:
    """Return the key of the lock that whoever makes a result holds, or of a part: ``told``.

    >>> flight_key("public", "3b7e"), flight_key("public", "3b7e", "told")
    ('gw:v1:public:flight:3b7e', 'gw:v1:public:flight:3b7e:told')
    """
    return f"{_PREFIX}:{tenant}:flight:{result_id}" + (f":{part}" if part else "")


def job_key(tenant: str, job_id: str, part: str = "") -> str:
    """Return the key of a job, or of a part of it: ``source``, ``events``.

    >>> job_key("public", "j1"), job_key("public", "j1", "events")
    ('gw:v1:public:job:j1', 'gw:v1:public:job:j1:events')
    """
    return f"{_PREFIX}:{tenant}:job:{job_id}" + (f":{part}" if part else "")


def batch_key(tenant: str, batch_id: str, part: str = "") -> str:
    """Return the key of a batch, or of a part of it: ``lines``, ``todo``, ``open``, ``results``.

    >>> batch_key("public", "b1", "todo")
    'gw:v1:public:batch:b1:todo'
    """
    return f"{_PREFIX}:{tenant}:batch:{batch_id}" + (f":{part}" if part else "")


def index_key(tenant: str, name: str) -> str:
    """Return the key of a list of a tenant's: ``jobs``, ``batches``, ``dead``, ``reasons``.

    >>> index_key("public", "dead")
    'gw:v1:public:index:dead'
    """
    return f"{_PREFIX}:{tenant}:index:{name}"


def shared_key(name: str) -> str:
    """Return the key of something that all tenants share: what workers have to look after.

    >>> shared_key("active")
    'gw:v1:@:active'
    """
    return f"{_PREFIX}:{_SHARED}:{name}"


def claim_key(tenant: str, name: str) -> str:
    """Return the key of what was answered to a request that may be sent again.

    >>> claim_key("public", "3b7e")
    'gw:v1:public:claim:3b7e'
    """
    return f"{_PREFIX}:{tenant}:claim:{name}"


def which(member: bytes) -> tuple[str, str]:
    """Return tenant and id of something that all workers look after.

    >>> which(b"public/batch_1")
    ('public', 'batch_1')
    """
    tenant, _, found = member.decode(errors="replace").partition("/")
    return tenant, found
