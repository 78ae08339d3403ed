"""Jobs: work that is asked for now and done by whoever is free, wherever that is.

Reading order: ``desk`` (one result, made once however many ask), ``service`` (jobs: submit, find,
wait, cancel, retry), ``batches`` (many at once), ``runner`` (what a worker does), ``queue`` (the
one door to the queue engine). States are named once, in ``schemas.job``.
"""
