"""A right number under a wrong name is wrong, however much of the sentence is the source's."""

import pytest

from groundwork.grounding.verify import CheckedText, acceptable, judge


def stands(claim: str, source: str, cited: str | None = None) -> bool:
    text = CheckedText.of(source)
    start = 0 if cited is None else source.index(cited)
    checks = judge(claim, [(start, start + len(cited or source))], text)
    assert checks
    return all(map(acceptable, checks))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("处置问题线索331件,立案124件", "处置移交线索331件"),
        ("全年供水总量1.3亿立方米,售水量1.1亿立方米", "供水总量1.3亿立方米,供水量1.1亿立方米"),
        ("患者满意度93.4%,职工满意度88.1%", "患者满意度93.4%,患者满意度88.1%"),
        ("运用“四种形态”处理298人次", "运用“四种形态”廉政谈话298人次"),
        ("新建污水管网36.5公里、雨水管网12.8公里", "新建污水管网36.5公里、污水管网12.8公里"),
        (
            "清收不良资产1460万元,其中现金清收520万元",
            "清收不良资产1460万元,其中清收不良资产520万元",
        ),
        ("建成小学1所,规划建设医院2家", "建成幼儿园1所"),
    ],
)
def test_another_name_is_refused(source: str, claim: str) -> None:
    assert not stands(claim, source)


def test_a_name_that_stands_before_the_evidence_names_nothing_in_it() -> None:
    source = "失业人员再就业300人,就业困难人员就业118人。"
    assert not stands("失业118人", source, "就业困难人员就业118人。")


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("受理诉求1840件,办结1782件", "办结诉求1782件"),
        ("建成幼儿园2所,规划建设13所幼儿园、8所小学", "规划建设幼儿园13所"),
        ("新增规模以上企业12家,累计规模以上企业32家", "规上企业累计32家"),
        ("高新技术企业培育成效明显,新认定12家", "新认定高新技术企业12家"),
        ("全县生产总值186亿元,增长5.8%", "GDP为186亿元"),
    ],
)
def test_a_shorter_or_fuller_name_is_accepted(source: str, claim: str) -> None:
    assert stands(claim, source)
