"""The command: how many, from which seed; exits with 1 if an answer was wrong."""

import argparse
import asyncio
import sys
import time

import structlog

from tests.fuzz.run import run


def main() -> int:
    """Send them, and tell what came back."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    started_s = time.monotonic()
    outcome = asyncio.run(run(chosen.count, chosen.seed))
    seconds = time.monotonic() - started_s
    print(f"{chosen.count} requests in {seconds:.0f} s, slowest {outcome.slowest_s:.2f} s")  # noqa: T201
    print(dict(sorted(outcome.statuses.items())))  # noqa: T201
    for failure in outcome.failures:
        print(failure)  # noqa: T201
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
