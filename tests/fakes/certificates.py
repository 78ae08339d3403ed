"""Certificates of an authority of our own, made on the spot by the openssl program."""

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

OPENSSL = shutil.which("openssl")


@dataclass(frozen=True)
class Authority:
    """Signs certificates; its own is in ``folder / "ca.pem"``."""

    folder: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "Authority":
        made = cls(folder)
        usage = ["-addext", "keyUsage=critical,keyCertSign"]
        made._openssl(
            *("req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=our own authority"),
            *(*_NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem", *usage),
        )
        return made

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.pem"

    def server_for(self, host: str) -> ssl.SSLContext:
        """What a server needs to be ``host``."""
        request = ("req", "-nodes", *_NEW_KEY, "-keyout", "server.key", "-subj", f"/CN={host}")
        self._openssl(*request, "-out", "server.csr")
        (self.folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
        self._openssl(
            *("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
            *("-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem"),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context

    def _openssl(self, *arguments: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True)


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
