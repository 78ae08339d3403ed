"""``groundwork worker``: do what is queued."""

from typing import Annotated

import typer

from groundwork.settings import load


def work(
    concurrency: Annotated[
        int | None, typer.Option(help="Jobs done at a time, and the most lines of batches.")
    ] = None,
) -> None:
    """Do jobs and lines of batches until Ctrl-C. Any number of workers may run, anywhere."""
    from api.log import configure_logging  # noqa: PLC0415 - the queue costs a second to import
    from groundwork.worker import run  # noqa: PLC0415

    settings = load(**({} if concurrency is None else {"job_concurrency": concurrency}))
    configure_logging(settings.log_level)
    run(settings)
