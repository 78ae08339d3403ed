"""Batches as they are kept: the lines to do, those being done, and what became of each.

``intake`` writes the lines, ``work`` hands them out and takes the answers, ``reading`` shows both.
A line's answer is written once, by the first who has one; the batch ends when every line has one.
Keys of a batch: itself (a hash of counts), ``lines`` (hash, compressed requests), ``todo`` (list
of numbers), ``open`` (numbers by the time they went to the queue), ``results`` (hash), ``bad``.
"""

from groundwork.store.batches.intake import BatchIntake
from groundwork.store.batches.reading import BatchReading, Kept
from groundwork.store.batches.work import BatchWork, LineState

__all__ = ["BatchIntake", "BatchReading", "BatchWork", "Kept", "LineState"]
