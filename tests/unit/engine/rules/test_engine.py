"""Whole reports through the rules: headings, lead-ins and places decide together."""

import pytest

from groundwork.engine.rules import RuleEngine
from groundwork.text.clean import clean
from groundwork.text.document import SourceText
from groundwork.text.split import split


def drafted(text: str) -> list[tuple[str, str]]:
    document = split(clean(SourceText(text)))
    return [(claim.kind.value, claim.text) for claim in RuleEngine().draft_now(document).claims]


REPORT = """云河县水利局2024年工作总结和2025年工作打算
2024年,县水利局在县委、县政府的坚强领导下,攻坚克难,现将工作情况汇报如下。
一、重点工作
(一)工程建设有序推进
加固病险水库6座,整治河道23.4公里。
二、存在的问题
一是资金缺口大。全年到位资金仅占计划的五成。
三、2025年工作打算
主要目标:新增供水人口1.2万人;水费收缴率达到92%以上。
重点抓好以下工作:
1.推进灌区改造,力争完成投资8000万元。
2.健全河长巡查制度。
"""


def test_vague_headings_take_their_kind_from_their_place() -> None:
    assert drafted(REPORT) == [
        ("achievement", "加固病险水库6座,整治河道23.4公里"),
        ("problem", "全年到位资金仅占计划的五成"),
        ("goal", "新增供水人口1.2万人"),
        ("goal", "水费收缴率达到92%以上"),
        ("plan", "推进灌区改造"),
        ("goal", "力争完成投资8000万元"),
        ("plan", "健全河长巡查制度"),
    ]


def test_shortfalls_admitted_at_the_end_of_a_summary() -> None:
    text = (
        "一、工作成效\n新建校舍4栋。\n工作中仍存在以下不足:师资结构老化,平均年龄47岁;"
        "信息化设备陈旧。\n二、下一步打算\n招聘教师30名。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "problem", "problem", "goal"]


@pytest.mark.parametrize("title", ["2025年工作要点", "2025年度工作计划"])
def test_a_pure_plan(title: str) -> None:
    text = f"青石镇{title}\n一、抓产业\n建设育苗基地。\n二、抓民生\n改造敬老院。"
    assert [kind for kind, _ in drafted(text)] == ["plan", "plan"]


def test_a_sentence_without_any_report_around_it() -> None:
    assert drafted("今年已新建充电桩260个。") == [("achievement", "今年已新建充电桩260个")]


def test_claims_are_verbatim_and_cite_one_sentence_each() -> None:
    document = split(clean(SourceText(REPORT)))
    for claim in RuleEngine().draft_now(document).claims:
        assert claim.span is not None
        assert claim.text == document.clean.text[slice(*claim.span)]
        assert len(claim.sentences) == 1


def test_a_report_without_parts_turns_from_done_to_admitted_to_ahead() -> None:
    text = (
        "上半年全所共办理案件31件,结案27件。\n"
        "虽然取得了一些成绩,但仍存在不少问题。一是人手偏紧,骨干流失较多。二是装备老化。\n"
        "一是抓好案件清理,落实包案责任。二是加强业务培训。三是抓实内部管理。推行周例会制度。\n"
    )
    assert [kind for kind, _ in drafted(text)] == [
        "achievement",
        "problem",
        "problem",
        "plan",
        "plan",
        "plan",
    ]


def test_guiding_thought_holds_targets_only() -> None:
    text = (
        "2025年工作要点\n一、总体要求\n以高质量发展为主线,确保开好局、起好步。\n"
        "二、重点任务\n新建泵站3座。"
    )
    assert drafted(text) == [("goal", "新建泵站3座")]


def test_what_a_lead_in_announces_holds_for_the_points_behind_it() -> None:
    text = (
        "一、工作回顾\n(一)抓服务\n新开线路4条。我们也清醒地看到存在的不足:\n"
        "一是车辆老旧,一半超过八年;二是驾驶员流失较多。\n二、明年安排\n更新车辆60台。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "problem", "problem", "goal"]


def test_a_named_part_ends_what_the_opening_announced() -> None:
    text = (
        "今年以来,我会主要做好以下几方面的工作:\n一、上半年工作小结\n走访困难家庭90户。\n"
        "二、下半年打算\n举办技能比武。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "plan"]


def test_a_part_under_a_second_title_line_is_a_part() -> None:
    text = (
        "药剂科年度总结及明年计划\n药剂科工作总结\n一、抓好调剂,保障供应\n调配处方9万张。\n"
        "二、不足之处\n1.处方点评流于形式。\n2.临床药师仅2名。\n"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "problem", "problem"]


def test_slogans_of_a_pure_plan_are_ahead_whatever_follows() -> None:
    text = (
        "团委2025年工作计划(通用3篇)\n一、突出引领\n用好青年讲师团。\n二、服务青年\n"
        "办好暑期托管班。\n三、工作进度安排\n第一阶段(1-3月):召开全会。"
    )
    assert drafted(text) == [
        ("plan", "用好青年讲师团"),
        ("plan", "办好暑期托管班"),
        ("plan", "召开全会"),
    ]


def test_a_plan_that_says_so_in_its_opening() -> None:
    text = (
        "2025年,全科将牢记使命、勇于担当,特制定本计划。\n一、抓质量\n推行双人核对。\n"
        "二、抓培训\n安排每周业务学习。"
    )
    assert [kind for kind, _ in drafted(text)] == ["plan", "plan"]


def test_the_main_idea_of_a_plan_is_no_statement() -> None:
    text = "三、2025年工作思路\n总体思路:以改革为统领,奋力谱写新篇章。\n推行网格管理。"
    assert drafted(text) == [("plan", "推行网格管理")]


def test_targets_in_a_row_end_at_the_full_stop() -> None:
    text = "三、2025年工作安排\n主要目标:税收增长6%;办件提速三成。深化窗口改革,推行延时服务。\n"
    assert [kind for kind, _ in drafted(text)] == ["goal", "goal", "plan"]


def test_targets_may_stand_in_the_opening() -> None:
    text = (
        "县档案馆2025年工作要点\n今年的主要目标:接收档案2万卷;顺利通过国家级测评。\n"
        "一、抓基础\n升级库房设施。"
    )
    assert drafted(text) == [
        ("goal", "接收档案2万卷"),
        ("goal", "顺利通过国家级测评"),
        ("plan", "升级库房设施"),
    ]


def test_the_sentence_that_opens_a_report_without_parts() -> None:
    text = (
        "县图书馆工作总结\n一年来,县图书馆坚持以读者为中心,攻坚克难,扎实工作。"
        "全年接待读者12万人次。\n新增藏书8000册。"
    )
    assert [words for _, words in drafted(text)] == ["全年接待读者12万人次", "新增藏书8000册"]


def test_a_gap_named_in_the_same_sentence_as_the_first_problem() -> None:
    text = (
        "一、上半年工作总结\n引进项目31个。\n虽然取得一定成绩,但与先进县相比还有不小差距:"
        "大项目少,过亿元的仅2个;外资利用不理想。\n二、下半年工作计划\n补链强链。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "problem", "problem", "plan"]


def test_a_part_named_in_the_line_of_the_one_before() -> None:
    text = (
        "门诊部工作小结\n1、全年门诊3.1万人次。2、引进医师2名。"
        "存在的问题1、停车难题突出。2、设备陈旧。下一年打算1、改造候诊区。2、开设夜间门诊。"
    )
    kinds = [kind for kind, _ in drafted(text)]
    assert kinds == ["achievement", "achievement", "problem", "problem", "plan", "plan"]


def test_a_heading_of_problems_and_remedies_begins_with_problems() -> None:
    text = (
        "一、工作情况\n检修水泵12台。\n二、存在问题与下步措施\n"
        "(一)人手短缺问题。值班人员仅3人,难以轮换。将招聘协管员,充实班组。\n"
        "(二)费用收缴难问题。部分住户长期欠费。加强上门走访,确保年底前收缴率达到90%。\n"
        "三、下半年任务\n更换水表。"
    )
    assert drafted(text) == [
        ("achievement", "检修水泵12台"),
        ("problem", "值班人员仅3人,难以轮换"),
        ("plan", "将招聘协管员,充实班组"),
        ("problem", "部分住户长期欠费"),
        ("plan", "加强上门走访"),
        ("goal", "确保年底前收缴率达到90%"),
        ("plan", "更换水表"),
    ]


def test_a_remark_behind_the_last_point_holds_for_the_points_after_it() -> None:
    text = (
        "一、完成情况\n一是抓巡查。巡查河段40次。二是抓保洁。清理垃圾9吨。\n"
        "回顾一年,还有不少困难:一是经费筹措难;二是船只少、人员缺。\n二、明年安排\n添置船只2艘。"
    )
    assert [kind for kind, _ in drafted(text)] == [
        *("achievement", "achievement", "problem", "problem", "goal")
    ]


def test_a_shortfall_announced_before_a_comma() -> None:
    text = (
        "一、成效\n改造线路6公里。\n但我们也看到,设备老旧;乡村站点近两年辞职7人。\n"
        "二、打算\n增配变压器。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "problem", "problem", "plan"]


def test_slogans_of_inner_headings_name_no_part() -> None:
    text = (
        "过去一年,我们做了以下工作。\n(一)抓基础。新建球场3片。\n(二)抓队伍。培训教练40人。\n"
        "新的一年,工作重点是:\n(一)扩大场地。启动泳池扩建。\n(二)深化场馆开放成效。延长开放时间。"
    )
    assert [kind for kind, _ in drafted(text)] == ["achievement", "achievement", "plan", "plan"]


def test_a_plan_told_in_passing_does_not_reach_the_next_part() -> None:
    text = (
        "一、抓苗木\n出圃苗木80万株。下一步将新建苗圃2处。\n二、抓管护\n补植林带16公里。\n"
        "明年,重点做好以下工作:\n——扩苗圃。建成温室3座以上。\n——强管护。聘用护林员。"
    )
    assert [kind for kind, _ in drafted(text)] == [
        *("achievement", "goal", "achievement", "goal", "plan")
    ]


def test_plans_announced_by_their_year_or_behind_faults_overcome() -> None:
    text = (
        "今年培训农户300人次。\n主要问题是:田间指导偏少;台账不全。\n"
        "今后,我将扬长避短、克服不足,努力做到:多跑田头;勤记台账。"
    )
    assert [kind for kind, _ in drafted(text)] == [
        *("achievement", "problem", "problem", "plan", "plan")
    ]
    text = "2024年检修机车40台。\n2025年打算:改造库房;聘请教练。"
    assert [kind for kind, _ in drafted(text)] == ["achievement", "plan", "plan"]
