"""Telling others that work has ended: signed, to public addresses only, never twice unknowingly.

Signed as in Standard Webhooks (https://www.standardwebhooks.com): the receiver recomputes
HMAC-SHA256 over id, time and body. An address is resolved once, every answer is looked at, and
the connection goes to the very address that was looked at: a name that points inside, or points
elsewhere the second time, reaches nothing (server-side request forgery). Redirects are not
followed, and what the receiver answers is not read.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import httpx

from groundwork.errors import InputError, WebhookError

_TIMEOUT_S: Final = 10.0
_LONGEST_URL: Final = 2_000
_PREFIX: Final = "whsec_"
_EMBEDDING: Final = tuple(
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
"""Addresses that hold an IPv4 address, which may be any: NAT64, 6to4, Teredo."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: ``id`` is the same each time it is told, so that receivers can tell."""

    id: str
    body: bytes


class WebhookSender:
    """Sends messages, signed with ``secret`` (``whsec_`` and Base64, or any text).

    Certificates are trusted that the machine trusts (``SSL_CERT_FILE`` names others), besides
    those that httpx brings: receivers inside an office have certificates of its own.
    """

    def __init__(self, secret: str, *, allow_private: bool = False) -> None:
        self._key = _key(secret)
        self._allow_private = allow_private
        self._trust = httpx.create_ssl_context(trust_env=False)
        self._trust.load_default_certs()

    async def check(self, url: str) -> None:
        """Raise InputError for an address that messages will not be sent to."""
        parts = _parts(url)
        if parts.scheme != "https" and not self._allow_private:
            raise InputError("the webhook must be an https address")
        try:
            await self._resolve(parts.hostname or "", parts.port or 443)
        except WebhookError as error:
            raise InputError(str(error)) from None

    async def send(self, url: str, message: Message) -> None:
        """Tell the receiver. Raises WebhookError if it cannot be reached or does not accept."""
        parts = _parts(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        address = await self._resolve(host, port)
        shown = f"[{address}]" if address.version == 6 else str(address)
        pinned = parts._replace(netloc=f"{shown}:{port}", fragment="")
        at = str(int(time.time()))
        headers = {
            "Host": parts.netloc.rpartition("@")[2],
            "Content-Type": "application/json",
            "User-Agent": "groundwork-webhooks",
            "webhook-id": message.id,
            "webhook-timestamp": at,
            "webhook-signature": sign(self._key, message, at),
        }
        await _post(pinned.geturl(), message.body, headers, host, self._trust)

    async def _resolve(self, host: str, port: int) -> Address:
        """Return the address to connect to. All of them must be allowed, or none is."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise WebhookError("the webhook's host is not known") from None
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if not addresses:
            raise WebhookError("the webhook's host has no address")
        if not self._allow_private and not all(map(is_public, addresses)):
            raise WebhookError("the webhook's host is not on the public network")
        return addresses[0]


def sign(key: bytes, message: Message, timestamp: str) -> str:
    """Return the signature header of a message.

    >>> sign(b"key", Message("msg_1", b"{}"), "1700000000")
    'v1,XaXLFEFQ69Q4+demDWPEv5ydXczDW2mM5crCUEFcFBA='
    """
    signed = b".".join((message.id.encode(), timestamp.encode(), message.body))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public network, whatever it is wrapped in.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("8.8.8.8", "10.0.0.1", "169.254.169.254",
    ...     "::ffff:8.8.8.8", "::ffff:127.0.0.1", "2606:4700::1", "64:ff9b::7f00:1", "100.64.0.1")]
    [True, False, False, True, False, True, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _EMBEDDING):
            return False
    return address.is_global and not address.is_multicast


async def _post(
    url: str, body: bytes, headers: dict[str, str], host: str, trust: ssl.SSLContext
) -> None:
    client = httpx.AsyncClient(
        timeout=_TIMEOUT_S, trust_env=False, follow_redirects=False, verify=trust
    )
    try:
        # The certificate is checked against the name, though the connection has the address.
        async with (
            asyncio.timeout(2 * _TIMEOUT_S),  # of all together: a trickle never times out itself
            client,
            client.stream(
                "POST", url, content=body, headers=headers, extensions={"sni_hostname": host}
            ) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise WebhookError(f"not delivered: {type(error).__name__}") from None
    if not 200 <= status < 300:
        raise WebhookError(f"not accepted: status {status}")


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable():
        raise InputError("the webhook is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise InputError("the webhook's address must not hold a password")
    return parts


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
