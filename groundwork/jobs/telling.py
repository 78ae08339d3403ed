"""Telling webhooks that a job or a batch has ended, through the queue, so that it is retried."""

import json
from datetime import UTC, datetime
from typing import Final

import structlog

from groundwork.errors import InputError, WebhookError
from groundwork.jobs.batches import Batches
from groundwork.jobs.queue import Delivery
from groundwork.jobs.service import DIED, Jobs
from groundwork.webhooks import Message, WebhookSender
from schemas.batch import Batch
from schemas.job import Job

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
        url, ended = found
        message = _message(ended)
        try:
            await self._sender.send(url, message)
        except (WebhookError, InputError) as error:
            structlog.get_logger().warning("webhook", what=what, reason=str(error))
            if not delivery.is_last:
                raise
            await self._bury(delivery, str(error))

    async def lost(self, delivery: Delivery) -> None:
        """Put a message whose senders kept dying into the list of dead letters."""
        await self._bury(delivery, DIED.detail)

    async def _bury(self, delivery: Delivery, reason: str) -> None:
        given = delivery.arguments
        await self._jobs.store.dead.bury(given["tenant"], f"{given['what']}/webhook", reason)

    async def _ended(self, tenant: str, what: str) -> tuple[str, Job | Batch] | None:
        """Return where to tell of what; None when nobody asked, or when it was begun anew."""
        found: Job | Batch | None
        if what.startswith("batch_"):
            found = await self._batches.find(tenant, what)
            url = await self._batches.webhook(tenant, what)
        else:
            found = await self._jobs.find(tenant, what)
            _, url = await self._jobs.store.private(tenant, what)
        return (url, found) if url and found and found.state.is_final else None


def _message(ended: Job | Batch) -> Message:
    """Say how it ended. A second end, after a retry, is another message, by its id too."""
    kind = "batch" if isinstance(ended, Batch) else "job"
    at = ended.finished_at or datetime.now(UTC)
    data = ended.model_dump(mode="json")
    stamp = at.isoformat(timespec="seconds")
    body = {"type": f"{kind}.{ended.state}", "timestamp": stamp, "data": data}
    number = round(at.timestamp() * 1000)
    return Message(f"msg_{ended.id}_{number}", json.dumps(body, ensure_ascii=False).encode())
