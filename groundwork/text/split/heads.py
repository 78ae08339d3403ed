"""What stands at the head of a report: its title, whose it is, and of which year."""

import re
from typing import Final

_KINDS: Final = "总结|汇报|报告|述职|小结|计划|思路|打算|安排|要点|设想|规划"
_TITLE: Final = re.compile(
    rf"[^\n。；，,;:：!！?？]{{0,60}}?(?:{_KINDS})"
    rf"(?:[及和与暨、][^\n。；，,;:：!！?？]{{0,30}}?(?:{_KINDS}))*(?:的(?:报告|汇报))?(?!如下|情况如下|汇报|报告)"
)
_BODY: Final = re.compile(
    r"[ \u3000]*(?:\n|\Z|今|现将|[一两]年来|近年|面对|为|在|按照|根据|尊敬|各位|[一二三四五六七八九十]、|[(（]一[)）]|坚持|我|全[年市区县]"
    r"|(?:19|20|xx|XX|\*\*|××|[一二]〇)[\dxX_*×〇-]{0,4}[年,，]|[\dxX_*×]{2,4}年)"
)
_NOT_TITLE: Final = re.compile(r"^(?:今年|现将|一年|根据|按照|为了|下面|以上|以下)")
_SUFFIX: Final = re.compile(
    r"(?:范文|模板|精选)?[(（](?:可编辑|精选|通用|最新|推荐|修改版|完整版|.{0,4}\d+篇)[^)）]*[)）]$"
)
_YEAR: Final = re.compile(
    r"(?<![\dxX])((?:19|20)\d\d)(?=年|学年|[-—至]\d{4}学?年)|([二一][〇○零O九][〇○零一二三四五六七八九]{2})年"
)
_MASKED_YEAR: Final = re.compile(r"(?:[xX×*_]{2,4}|20[xX×*_-]{1,4}|2\d{2}[xX×*_-])年")
_PLAN: Final = re.compile("计划|思路|打算|安排|要点|设想|规划")
_SUMMARY: Final = re.compile("总结|汇报|报告|述职|小结|回顾|完成|情况")
_ORGANISATION: Final = re.compile(
    r"(?:局|委|办|院|校|学|厅|部|处|科|所|站|队|中心|公司|集团|银行|支行|分行|镇|乡|村|街道|社区|委员会|办事处|村委会|居委会|协会|联合会|政府|工会|团委|医院|法院|检察院|管委会|党委|党组|支部|车间|组)$"
)
_DATED: Final = re.compile(
    r"(?:关于(?:报送|上报|印发)?|(?:19|20|xx|XX)[\dxX_*×-]{0,4}[-—至]?[\dxX]{0,4}(?:学年度?|年度?)|[\dxX_*×-]{2,4}年度?|[二一][〇○零九][一二三四五六七八九〇零]{2}年度?"
    r"|[上下]半年|第?[一二三四]季度|第[一二]学期|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|年终|年度|全年|本年)+"
)
_SUBJECT: Final = re.compile(
    r"^([^,，。\n]{2,24}?)(?:在[^,，。\n]{2,40}(?:领导|指导|支持|关心|帮助|部署)|紧扣|深入贯彻|认真贯彻|坚持|紧紧围绕|认真落实|全面贯彻|全面落实|以[^,，。\n]{4,40}为)"
)
_SELF: Final = frozenset(
    {
        "我局",
        "我委",
        "我镇",
        "我县",
        "我市",
        "我区",
        "我乡",
        "我村",
        "我院",
        "我校",
        "我站",
        "我所",
        "我办",
        "我们",
        "我公司",
        "全市",
        "全区",
        "全县",
        "本人",
        "我",
        "个人",
        "全镇",
        "全局",
        "全院",
    }
)


def title_range(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the title that opens ``text[start:end]``, whether or not a line ends behind it.

    >>> text = "市科技局2022年工作总结及2023年工作计划今年以来,我局"
    >>> text[slice(*title_range(text, 0, len(text)))]
    '市科技局2022年工作总结及2023年工作计划'
    """
    start = _skip_blank(text, start, end)
    line = text.find("\n", start, end)
    stop = end if line < 0 else line
    whole = text[start:stop].rstrip(" \u3000")
    suffix = _SUFFIX.search(whole)
    core = whole[: suffix.start()] if suffix else whole
    if (
        4 <= len(core) <= 80
        and re.search(rf"(?:{_KINDS})$", core)
        and not re.search("[。；;!！]", core)
    ):
        return (start, start + len(core)) if not _NOT_TITLE.match(core) else None
    for match in _TITLE.finditer(text, start, min(stop, start + 160)):
        if match.start() != start:
            break
        if _BODY.match(text, match.end()) and not _NOT_TITLE.match(match[0]) and len(match[0]) >= 6:
            return match.span()
    return None


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t\u3000\n#*":
        start += 1
    return start


def period_of(title: str | None, opening: str) -> str | None:
    """Return the year the report looks back on, as digits; null when masked or not named.

    >>> period_of("市科技局2022年工作总结及2023年工作计划", "")
    '2022'
    """
    if title:
        found = _first_year(title)
        if found or _MASKED_YEAR.search(title):
            return found
    return _first_year(opening[:200])


def _first_year(text: str) -> str | None:
    years = list(_YEAR.finditer(text))
    masked = _MASKED_YEAR.search(text)
    if not years or (masked and masked.start() < years[0].start()):
        return None
    first = years[0]
    return first[1] or "".join(
        str(
            "〇一二三四五六七八九".find(d.replace("○", "〇").replace("零", "〇").replace("O", "〇"))
        )
        for d in first[2]
    )


def organisation_of(title: str | None, opening: str) -> str | None:
    """Return whose report it is, from the title or the opening sentence.

    The opening often names the same office in full, which is then preferred.

    >>> organisation_of("新经济和科技局工作总结", "今年以来,区新经济和科技局在区委的领导下,")
    '区新经济和科技局'
    """
    named = _in_title(title) if title else None
    spoken = _in_opening(opening)
    if named and spoken and spoken.endswith(named):
        return spoken
    return named or spoken


def _in_title(title: str) -> str | None:
    bare = re.sub(r"^【[^】]*】", "", title)
    kind = re.search(rf"(?:工作|年度|全面)*(?:{_KINDS})", bare)
    if kind is None:
        return None
    head = _DATED.sub("|", bare[: kind.start()])
    for part in head.split("|"):
        name = part.strip(" \u3000的-—_")
        name = re.sub(r"(?:工作)?(?:开展|完成)?(?:情况|工作)*的?$", "", name)
        if _is_organisation(name):
            return name
    return None


def _in_opening(opening: str) -> str | None:
    for clause in re.split("[,，。\n]", opening[:160])[:5]:
        bare = _DATED.sub("", clause).strip(" \u3000")
        bare = re.sub(r"^(?:今年以?来?|一年来|以来|来)", "", bare)
        match = _SUBJECT.match(bare)
        name = match[1] if match else bare
        if _is_organisation(name):
            return name
    return None


def _is_organisation(name: str) -> bool:
    return (
        2 <= len(name) <= 24
        and name not in _SELF
        and bool(_ORGANISATION.search(name))
        and not name.startswith(("我", "在", "各", "对", "向", "为"))
    )


def is_summary(title: str) -> bool:
    """Tell whether a title promises a look back, and so opens a report of its own."""
    return bool(_SUMMARY.search(title))


def is_plan(title: str) -> bool:
    """Tell whether a title promises only what is ahead."""
    return bool(_PLAN.search(title)) and not _SUMMARY.search(title)
