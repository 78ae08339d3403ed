"""Child processes that end with their parent, however it ends.

A parent that is killed with SIGKILL cannot clean up. On Linux the kernel does it: a process may
ask for a signal when the thread that started it is gone (prctl(2), PR_SET_PDEATHSIG). Elsewhere
the request does nothing, and a child that outlives its parent is found again by its socket.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def end_with_parent(parent: int) -> None:
    """Ask for SIGTERM when the process ``parent``, which started this one, is gone."""
    _request(ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None, parent)


def before_exec() -> Callable[[], None] | None:
    """Return what a child does between fork and exec, for ``Popen(preexec_fn=...)``.

    The C library is loaded here, in the parent: a child between fork and exec should not import
    or open anything.
    """
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None, use_errno=True), os.getpid()
    return lambda: _request(libc, parent)


def _request(libc: ctypes.CDLL | None, parent: int) -> None:
    if libc is None:
        return
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked, so the signal will not come
        os.kill(os.getpid(), signal.SIGTERM)
