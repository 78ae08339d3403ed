"""Telling webhooks that a job or a batch has ended, through the queue, so that it is retried."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import structlog

from groundwork.errors import InputError, WebhookError
from groundwork.jobs.batches import Batches
from groundwork.jobs.queue import Delivery
from groundwork.jobs.service import Jobs
from groundwork.webhooks import Message, WebhookSender

TELL: Final = "tell"
"""The work of telling one webhook, by its name in the queue."""


class Teller:
    """Tells the ends of jobs and batches."""

    def __init__(self, jobs: Jobs, batches: Batches, sender: WebhookSender | None) -> None:
        self._jobs = jobs
        self._batches = batches
        self._sender = sender

    async def tell(self, delivery: Delivery) -> None:
        """Send the message. Raises WebhookError and StoreError: the queue tries again."""
        tenant, what = delivery.arguments["tenant"], delivery.arguments["what"]
        found = await self._ended(tenant, what)
        if found is None or self._sender is None:
            return
        url, kind, data = found
        at = datetime.now(UTC).isoformat(timespec="seconds")
        body = {"type": f"{kind}.{data['state']}", "timestamp": at, "data": data}
        message = Message(f"msg_{what}", json.dumps(body, ensure_ascii=False).encode())
        try:
            await self._sender.send(url, message)
        except (WebhookError, InputError) as error:
            structlog.get_logger().warning("webhook", what=what, reason=str(error))
            if not delivery.is_last:
                raise
            await self.lost(delivery)

    async def lost(self, delivery: Delivery) -> None:
        """Put a message that nobody took into the list of dead letters."""
        given = delivery.arguments
        await self._jobs.store.bury(given["tenant"], f"{given['what']}/webhook")

    async def _ended(self, tenant: str, what: str) -> tuple[str, str, Mapping[str, Any]] | None:
        if what.startswith("batch_"):
            batch = await self._batches.find(tenant, what)
            url = await self._batches.webhook(tenant, what)
            return (url, "batch", batch.model_dump(mode="json")) if batch and url else None
        job = await self._jobs.find(tenant, what)
        _, url = await self._jobs.store.private(tenant, what)
        return (url, "job", job.model_dump(mode="json")) if job and url else None
