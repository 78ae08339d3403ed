"""Finished results and their sources, kept under what they are made of."""

import asyncio

from pydantic import BaseModel

from groundwork.store.base import Store
from groundwork.store.keys import PUBLIC, result_key, source_key


class _SourceRef(BaseModel):
    """The one part of a kept result that is needed to find its source."""

    class _Sha(BaseModel):
        sha256: str

    source: _Sha


class ResultStore:
    """The results of one tenant. Every method may raise StoreError.

    A result is kept as the exact bytes of its JSON, so that each reader gets the same ones.
    """

    def __init__(self, store: Store, ttl_s: int, tenant: str = PUBLIC) -> None:
        self._store = store
        self._ttl_s = ttl_s
        self._tenant = tenant

    async def find(self, result_id: str) -> bytes | None:
        """Return a result as JSON, or None."""
        return await self._store.get(result_key(self._tenant, result_id))

    async def find_source(self, sha256: str) -> bytes | None:
        """Return a source text in UTF-8, or None."""
        return await self._store.get(source_key(self._tenant, sha256))

    async def touch(self, result_id: str, body: bytes) -> None:
        """Keep a result and its source for as long as if they were made now."""
        sha256 = _SourceRef.model_validate_json(body).source.sha256
        await asyncio.gather(
            self._store.touch(source_key(self._tenant, sha256), self._ttl_s),
            self._store.touch(result_key(self._tenant, result_id), self._ttl_s),
        )

    async def save(self, result_id: str, body: bytes, sha256: str, source: str) -> None:
        """Keep a result and its source text."""
        await asyncio.gather(
            self._store.put(source_key(self._tenant, sha256), source.encode(), self._ttl_s),
            self._store.put(result_key(self._tenant, result_id), body, self._ttl_s),
        )
