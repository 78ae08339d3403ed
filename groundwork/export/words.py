"""What each enumeration is called on paper, in Chinese and in English."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

Language = Literal["zh", "en"]

_ENUMS: Final[Mapping[str, tuple[str, str]]] = {
    # kind
    "goal": ("目标", "Goal"),
    "achievement": ("成效", "Achievement"),
    "problem": ("问题", "Problem"),
    "plan": ("计划", "Plan"),
    # status
    "verified": ("已核验", "Verified"),
    "repaired": ("已改回原文", "Repaired"),
    "unverified": ("未通过", "Unverified"),
    # verdict
    "supported": ("有据", "Supported"),
    "masked": ("原文隐去", "Masked"),
    "unsupported": ("无据", "Unsupported"),
    "contradicted": ("与原文矛盾", "Contradicted"),
    # reason
    "value": ("数值不同", "value"),
    "scale": ("数量级不同", "scale"),
    "unit": ("单位不同", "unit"),
    "type": ("类型不同", "type"),
    "change_direction": ("增减方向不同", "direction of change"),
    "basis": ("比较口径不同", "basis"),
    "bound": ("界限不同", "bound"),
    "precision": ("精度不同", "precision"),
    "indicator": ("指标不同", "indicator"),
    "period": ("时期不同", "period"),
    "masked_in_source": ("原文隐去数字", "masked in the source"),
    "not_in_span": ("证据中没有", "not in the evidence"),
    # finding
    "share": ("占比对不上", "Share that does not add up"),
    "sum": ("合计对不上", "Sum that does not add up"),
    "change": ("增幅对不上", "Change that does not add up"),
    "conflict": ("前后不一", "Two values for one indicator"),
    "rewritten": ("疑似被改写", "Number that looks rewritten"),
    # quantity type
    "count": ("计数", "count"),
    "money": ("金额", "money"),
    "area": ("面积", "area"),
    "length": ("长度", "length"),
    "weight": ("重量", "weight"),
    "volume": ("体积", "volume"),
    "energy": ("能量", "energy"),
    "percent": ("百分比", "percent"),
    "percentage_point": ("百分点", "percentage point"),
    "rank": ("名次", "rank"),
    "ratio": ("比", "ratio"),
    "multiple": ("倍数", "multiple"),
    "duration": ("时长", "duration"),
    "date": ("日期", "date"),
    "other": ("其他", "other"),
}

_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "report": ("报告", "Report"),
    "title": ("标题", "Title"),
    "organisation": ("单位", "Organisation"),
    "period": ("时期", "Period"),
    "id": ("编号", "Id"),
    "kind": ("类别", "Kind"),
    "status": ("状态", "Status"),
    "section": ("章节", "Section"),
    "text": ("内容", "Text"),
    "evidence": ("证据", "Evidence"),
    "start": ("起", "Start"),
    "end": ("止", "End"),
    "numbers": ("数字", "Numbers"),
    "number": ("数字原文", "Number as written"),
    "verdict": ("判定", "Verdict"),
    "reasons": ("理由", "Reasons"),
    "explanation": ("说明", "Explanation"),
    "source_quote": ("来源原文", "Number in the source"),
    "value_column": ("数值", "Value"),
    "upper": ("上限", "Upper"),
    "unit_column": ("计量单位", "Unit"),
    "type_column": ("类型", "Type"),
    "label": ("指标", "Indicator"),
    "reason": ("原因", "Reason"),
    "items": ("条目", "Items"),
    "refused": ("被拒结论", "Refused claims"),
    "unclaimed": ("未引用数字", "Unclaimed numbers"),
    "findings": ("发现", "Findings"),
    "finding": ("发现", "Finding"),
    "arithmetic": ("算式", "Arithmetic"),
    "overview": ("概览", "Overview"),
    "source": ("原文", "Source"),
    "engine": ("引擎", "Engine"),
    "characters": ("字数", "Characters"),
    "sha256": ("原文 SHA-256", "SHA-256 of the source"),
    "warnings": ("提醒", "Warnings"),
    "partial": ("未处理范围", "Ranges not processed"),
    "untitled": ("（无标题）", "(untitled)"),
    "none": ("无", "none"),
    "heading": ("工作报告核验单", "Work report, verified"),
    "audit_note": (
        "位置按 Unicode 码位计，左闭右开；“证据”逐字取自原文。",
        "Positions count Unicode code points, half-open; evidence is quoted verbatim.",
    ),
}


def word(value: StrEnum | str, language: Language) -> str:
    """Name an enumeration's value; one we do not know keeps its own name.

    >>> word("contradicted", "zh"), word("of_tomorrow", "en")
    ('与原文矛盾', 'of tomorrow')
    """
    both = _ENUMS.get(str(value))
    if both is None:
        return str(value).replace("_", " ")
    return both[0] if language == "zh" else both[1]


def label(name: str, language: Language) -> str:
    """Name a column, a sheet or a heading.

    >>> label("unclaimed", "zh")
    '未引用数字'
    """
    zh, en = _LABELS[name]
    return zh if language == "zh" else en
