"""API keys: who may ask, and whose results are whose.

A key is shown once, when it is made: ``gw_<id>_<secret>``, where the secret is 256 random bits.
Kept is only its SHA-256. A slow password hash would protect guessable secrets, and these are not;
see docs/decisions/0006-keys-are-random-so-a-fast-hash-will-do.md.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter, ValidationError

from groundwork.errors import InputError, StoreError
from groundwork.store.keys import shared_key
from groundwork.store.shared import Shared

_TABLE: Final = shared_key("keys")
_TOKEN: Final = re.compile(r"gw_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
_TENANT: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_NOTE_LENGTH: Final = 200
_NOBODY: Final = hashlib.sha256(b"nobody").hexdigest()


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key; enough to recognise it, not enough to use it."""

    id: str
    tenant: str
    digest: str
    made_at_s: int
    revoked_at_s: int | None = None
    note: str = ""


_RECORD: Final = TypeAdapter(ApiKey)


class KeyRing:
    """All keys of a service. Every method may raise StoreError."""

    def __init__(self, shared: Shared, clock_s: Callable[[], float] = time.time) -> None:
        self._shared = shared
        self._clock_s = clock_s

    async def add(self, tenant: str, note: str = "") -> tuple[ApiKey, str]:
        """Make a key for ``tenant``; the second value is the key itself, never seen again."""
        if not _TENANT.fullmatch(tenant):
            raise InputError(
                "a tenant's name has 1 to 63 characters: a-z, 0-9, - and _, not first - or _"
            )
        if len(note) > _NOTE_LENGTH:
            raise InputError(f"a note has at most {_NOTE_LENGTH} characters")
        key_id = secrets.token_hex(6)
        token = f"gw_{key_id}_{secrets.token_urlsafe(32)}"
        made = ApiKey(key_id, tenant, _digest(token), int(self._clock_s()), note=note)
        await self._write(made)
        return made, token

    async def all(self) -> list[ApiKey]:
        """Return every key that was ever made, oldest first."""
        rows = await self._shared.rows(_TABLE)
        return sorted(map(_read, rows.values()), key=lambda each: (each.made_at_s, each.id))

    async def revoke(self, key_id: str) -> ApiKey:
        """Let a key open nothing any more. Raises InputError if there is none of this id."""
        row = await self._shared.row(_TABLE, key_id)
        if row is None:
            raise InputError(f"there is no key {key_id[:40]}; groundwork keys list shows them")
        found = _read(row)
        if found.revoked_at_s is None:
            found = replace(found, revoked_at_s=int(self._clock_s()))
            await self._write(found)
        return found

    async def find(self, token: str) -> ApiKey | None:
        """Return the key that ``token`` is, or None if it is none or was revoked.

        The digests are compared in constant time, and an unknown id costs a comparison as well.
        """
        match = _TOKEN.fullmatch(token)
        row = await self._shared.row(_TABLE, match[1]) if match else None
        found = _read(row) if row else None
        same = hmac.compare_digest(_digest(token), found.digest if found else _NOBODY)
        return found if found and same and found.revoked_at_s is None else None

    async def in_use(self) -> bool:
        """Tell whether a key was ever made.

        Revoked ones count: taking the last key away must not open the door to everybody.
        """
        return await self._shared.count(_TABLE) > 0

    async def _write(self, key: ApiKey) -> None:
        await self._shared.write_row(_TABLE, key.id, _RECORD.dump_json(key))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _read(row: bytes) -> ApiKey:
    try:
        return _RECORD.validate_json(row)
    except ValidationError as error:
        raise StoreError("the table of keys holds something else") from error
