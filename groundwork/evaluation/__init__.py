"""Judging an engine against annotated reports: how much it finds, how exactly, at what price.

``evaluate`` runs an engine over a folder of annotated texts and counts; ``render`` and
``as_json`` tell people and programs what came of it. Whoever changes a model, a prompt or a
rule can see in one table what the change did to their own reports.
"""

from groundwork.evaluation.report import as_json, render
from groundwork.evaluation.run import Scores, evaluate

__all__ = ["Scores", "as_json", "evaluate", "render"]
