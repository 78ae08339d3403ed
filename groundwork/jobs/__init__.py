"""Jobs: work that is asked for now and done by whoever is free, wherever that is.

Reading order: ``desk`` (one result, made once however many ask), ``relay`` (what it tells them on
the way), ``service`` (jobs: submit, find, wait, cancel, retry), ``batches`` (many at once),
``runner`` (what a worker does), ``caretaker`` (what it looks after besides), ``telling``
(webhooks), ``queue`` (the one door to the queue engine), ``assembly`` (all of it put together).
States are named once, in ``schemas.job``.
"""
