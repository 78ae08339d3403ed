"""Webhooks: signed so that the receiver can tell, and sent nowhere inside."""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from groundwork.errors import InputError, WebhookError
from groundwork.webhooks import Message, WebhookSender, is_public
from tests.fakes.certificates import OPENSSL, Authority
from tests.fakes.receiver import listening

pytestmark = pytest.mark.anyio

KEY = b"a key of thirty-two bytes, just so"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
MESSAGE = Message("msg_job_1", json.dumps({"type": "job.succeeded"}).encode())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_the_receiver_can_verify_what_it_is_told() -> None:
    async with listening() as receiver:
        await WebhookSender(SECRET, allow_private=True).send(receiver.url, MESSAGE)
    ((headers, body),) = receiver.told
    assert headers[""] == "POST /hook?x=1 HTTP/1.1"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (headers["webhook-id"], body) == (MESSAGE.id, MESSAGE.body)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
)
async def test_a_receiver_that_does_not_accept_is_an_error(answer: bytes) -> None:
    async with listening(answer=answer) as receiver:
        with pytest.raises(WebhookError):
            await WebhookSender(SECRET, allow_private=True).send(receiver.url, MESSAGE)
        assert len(receiver.told) == 1  # redirects are not followed


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.7:8443/x",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://0x7f.1/",
        "http://8.8.8.8/",
        "https://user:pw@8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://",
        "https://8.8.8.8:0/",
        "https://8.8.8.8:99999/",
        "https://8.8.8.8/\r\nX: y",
        "file:///etc/passwd",
        "https://8.8.8.8/" + "a" * 2_000,
    ],
)
async def test_addresses_that_are_refused(url: str) -> None:
    sender = WebhookSender(SECRET)
    with pytest.raises(InputError):
        await sender.check(url)


async def test_a_name_is_looked_at_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that pointed outside when it was checked, and points inside now, reaches nothing."""
    pointing = iter(["8.8.8.8", "127.0.0.1"])

    async def resolve(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(pointing), 443))]

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "getaddrinfo", resolve)
    sender = WebhookSender(SECRET)
    await sender.check("https://turning.example/")
    with pytest.raises(WebhookError, match="not on the public network"):
        await sender.send("https://turning.example/", MESSAGE)


async def test_one_private_address_among_public_ones_refuses_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve(*_: object, **__: object) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
            for address in ("8.8.8.8", "10.0.0.1")
        ]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    with pytest.raises(InputError):
        await WebhookSender(SECRET).check("https://many.example/")


@pytest.mark.parametrize("network", ["0.0.0.0/8", "100.64.0.0/10", "198.18.0.0/15", "224.0.0.0/4"])
def test_special_networks_are_not_public(network: str) -> None:
    assert not is_public(ipaddress.ip_network(network)[5])


async def test_a_receiver_that_trickles_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece comes in time; the whole never does."""
    monkeypatch.setattr("groundwork.webhooks._TIMEOUT_S", 0.2)
    async with listening(answer=b"HTTP/1.1 200 OK\r\n", trickles=True) as receiver:
        with pytest.raises(WebhookError, match="not delivered"):
            await WebhookSender(SECRET, allow_private=True).send(receiver.url, MESSAGE)


class Tls:
    """A receiver with a certificate of our own authority, under names that all lead to it."""

    def __init__(self, authority: Authority, certified: str) -> None:
        self.context = authority.server_for(certified)
        self.asked_for: list[str | None] = []
        self.context.sni_callback = lambda _, name, __: self.asked_for.append(name)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    if OPENSSL is None:
        pytest.skip("there is no openssl program here to make certificates with")
    made = Authority.in_folder(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    return made


def lead_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every name lead to loopback; return the names that are asked for."""
    asked: list[str] = []

    async def resolve(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    return asked


async def test_the_certificate_is_checked_against_the_name(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the connection goes to the address that was looked at, and the name is asked once."""
    tls, asked = Tls(authority, "hooks.example"), lead_here(monkeypatch)
    async with listening(tls=tls.context) as receiver:
        url = f"https://hooks.example:{receiver.port}/hook"
        await WebhookSender(SECRET, allow_private=True).send(url, MESSAGE)
    assert tls.asked_for == ["hooks.example"]
    assert asked == ["hooks.example"]
    ((headers, body),) = receiver.told
    assert (headers["host"], body) == (f"hooks.example:{receiver.port}", MESSAGE.body)


async def test_a_certificate_of_another_name_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = Tls(authority, "other.example")
    lead_here(monkeypatch)
    async with listening(tls=tls.context) as receiver:
        url = f"https://hooks.example:{receiver.port}/hook"
        with pytest.raises(WebhookError, match="not delivered"):
            await WebhookSender(SECRET, allow_private=True).send(url, MESSAGE)
        assert tls.asked_for == ["hooks.example"]
        assert receiver.told == []


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = Tls(authority, "hooks.example")
    monkeypatch.delenv("SSL_CERT_FILE")
    lead_here(monkeypatch)
    async with listening(tls=tls.context) as receiver:
        url = f"https://hooks.example:{receiver.port}/hook"
        with pytest.raises(WebhookError, match="not delivered"):
            await WebhookSender(SECRET, allow_private=True).send(url, MESSAGE)
        assert receiver.told == []


def test_certificates_are_checked() -> None:
    trust = WebhookSender(SECRET)._trust
    assert (trust.check_hostname, trust.verify_mode) == (True, ssl.CERT_REQUIRED)
