"""``Prefer`` (RFC 7240): whether the sender waits for the answer, and how long."""

import re
from dataclasses import dataclass
from typing import Final

_WAIT: Final = re.compile(r"wait\s*=\s*\"?(\d{1,6})\"?")


@dataclass(frozen=True, slots=True)
class Preference:
    """What the sender prefers."""

    in_background: bool = False
    """Answer before the work is done, if it takes longer than ``wait_s``."""
    wait_s: float = 0.0
    applied: str = ""
    """What of it is honoured, for ``Preference-Applied``."""


def preference(prefer: str | None, most_s: float) -> Preference:
    """Read a Prefer request header; what is not known is ignored.

    >>> preference("respond-async, wait=10", 60.0)
    Preference(in_background=True, wait_s=10.0, applied='respond-async, wait=10')
    >>> preference("wait=900; foo", 60.0).wait_s, preference("return=minimal", 60.0)
    (60.0, Preference(in_background=False, wait_s=0.0, applied=''))
    """
    honoured, wait_s = [], 0.0
    for part in (prefer or "").split(","):
        wish = part.split(";")[0].strip().lower()
        if wish == "respond-async":
            honoured.append(wish)
        elif found := _WAIT.fullmatch(wish):
            wait_s = min(float(found[1]), most_s)
            honoured.append(f"wait={int(wait_s)}")
    return Preference(bool(honoured), wait_s, ", ".join(honoured))
