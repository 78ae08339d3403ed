"""Two results of consecutive years from a line each, for comparisons."""

from groundwork.engine.rules import RuleEngine
from groundwork.pipeline import structure
from groundwork.text.document import SourceText
from schemas.result import Result

LAST = "青岚市水务局2022年工作总结\n一、工作成效\n各项任务顺利完成。\n二、2023年工作目标\n{}\n"
THIS = "青岚市水务局2023年工作总结\n一、工作成效\n{}\n二、存在问题\n管网老化问题较为突出。\n"


async def results(goals: str, achievements: str) -> tuple[Result, Result]:
    """Return last year's result with ``goals`` and this year's with ``achievements``."""
    engine = RuleEngine()
    return (
        await structure(SourceText(LAST.format(goals)), engine),
        await structure(SourceText(THIS.format(achievements)), engine),
    )
