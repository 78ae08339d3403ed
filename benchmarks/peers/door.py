"""The way into the peers' environment."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = Path(os.environ.get("BENCH_PYTHON", ROOT / ".venv-bench" / "bin" / "python"))
INSIDE: Final = Path(__file__).with_name("inside.py")


class PeerMissingError(Exception):
    """A peer cannot be run here; the message says why."""


def ask(task: str, given: Any, limit_s: float = 240.0) -> tuple[Any, float]:
    """Return what a peer finds and the processor seconds it took. Raises PeerMissingError."""
    if not PYTHON.exists():
        raise PeerMissingError(
            f"there is no {PYTHON.parent.parent.name}: make it with `make bench`"
        )
    try:
        done = subprocess.run(
            [str(PYTHON), "-W", "ignore", str(INSIDE), task],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PeerMissingError(f"not done within {limit_s:.0f} s") from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise PeerMissingError(last[0][:200])
    answer = json.loads(done.stdout)
    return answer["found"], answer["seconds"]
