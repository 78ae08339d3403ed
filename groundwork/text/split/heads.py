"""What stands at the head of a report: its title, whose it is, and of which year."""

import re
from typing import Final

_KINDS: Final = (
    "总结|汇报|报告|述职|小结|计划|思路|打算|谋划|安排|要点|设想|规划"
    "|工作(?:重点|情况|目标|回顾|亮点)"
)
_KIND: Final = re.compile(_KINDS)
_LONGEST: Final = 100
_WHOLE_TITLE: Final = re.compile(rf"[^\n。；;!！]{{2,78}}(?:{_KINDS})")
_BREAK: Final = re.compile("[\n。；，,;:：!！?？]")
_BODY: Final = re.compile(
    r"(?:[(（][^()（）\n]{2,12}[)）]|范文|模板|样本|供借鉴|供参考)?[ \u3000]*"
    r"(?:\n|\Z|今|现将|[上下]半年|[本新]学期|过去|随着|第[一二三四五六七八九十][、,，部章]|时光|岁月"
    r"|[^\W\d]{2,8}(?:政府|局|委|办|单位|公司|领导|同[志事]们?|代表)[:：!！]|[一两]年来|近年|面对|为|在|按照|根据|尊敬|各位"
    r"|[一二三四五六七八九十]、|[(（]一[)）]|坚持|我|全[年市区县]"
    r"|(?:19|20|xx|XX|\*\*|××|[一二]〇)[\dxX_*×〇-]{0,4}[年,，]|[\dxX_*×]{2,4}年)"
)
_NOT_TITLE: Final = re.compile("今年|现将|一年|根据|按照|为了|下面|以上|以下")
_LABEL: Final = re.compile(r"[【\[][^】\]\n]{1,12}[】\]] ?")
_SUFFIX: Final = re.compile(
    r"(?:范文|模板|精选)?[(（](?:可编辑|精选|通用|最新|推荐|修改版|完整版|.{0,4}\d+篇)[^)）]{0,12}[)）]$"
)
_COUNT: Final = re.compile(r"(?:精选|通用|范文)?[两二三四五六七八九十\d]{1,2}篇$")
SAMPLE: Final = re.compile(r"(?:范文|模板|样本|范本|供借鉴|供参考)$")
"""What sites call a report that others may copy."""
SERIES: Final = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,2}[)）]|篇[一二三四五六七八九十\d]{1,2}"
    r"|(?<=[总小]结|报告|汇报|计划) ?\d{1,2})$"
)
"""The place of a report in a series, behind its title: 工作总结(二), 工作总结篇二."""
_YEAR: Final = re.compile(
    r"(?<![\dxX])((?:19|20)\d\d)(?=年|学年|[-—至]\d{4}学?年)"
    "|([二一][〇○零九][〇○零一二三四五六七八九]{2})年"
)
_MASKED_YEAR: Final = re.compile(r"(?:[xX×*_]{2,4}|20[xX×*_-]{1,4}|2\d{2}[xX×*_-])年")
_HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PLAN: Final = re.compile("计划|思路|打算|谋划|安排|要点|设想|规划")
_SUMMARY: Final = re.compile("总结|汇报|报告|述职|小结|回顾|完成|情况")
_ORGANISATION: Final = re.compile(
    "(?:局|委会?|办|院|校|学|厅|部|处|科|所|站|队|中心|公司|集团|银行|支行|分行|镇|乡|村|街道|社区|委员会"
    "|办事处|协会|联合会|政府|工会|党组|支部|车间|组)$"
)
_DATED: Final = re.compile(
    r"(?:关于(?:报送|上报|印发)?|(?:19|20|xx|XX)[\dxX_*×-]{0,4}[-—至]?[\dxX]{0,4}(?:学年度?|年度?)"
    r"|[\dxX_*×-]{2,4}年度?|[二一][〇○零九][一二三四五六七八九〇零]{2}年度?|[上下]半年|第?[一二三四]季度"
    r"|第[一二]学期|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|年终|年度|全年|本年)+"
)
_NOTICE: Final = re.compile(
    "(?:印发|转发|发)给你们|现(?:予|将[^。\n]{4,80})(?:印发|转发)|予以(?:印发|转发)"
)
_AS_SUBJECT: Final = re.compile(
    r"([^,，。\n]{2,24}?)(?:在[^,，。\n]{2,40}(?:领导|指导|支持|关心|帮助|部署)|紧扣|深入贯彻|认真贯彻"
    r"|坚持|紧紧围绕|认真落实|全面贯彻|全面落实|忠实履行|聚焦|以[^,，。\n]{4,40}为)"
)
_SINCE: Final = re.compile("今年以?来?|一年来|以来|来")
_NOT_NAMED: Final = frozenset("我在各对向为全本")


def title_range(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the title that opens ``text[start:end]``, whether or not a line ends behind it.

    >>> text = "市园林局2021年工作总结及2022年工作计划今年以来,我局"
    >>> text[slice(*title_range(text, 0, len(text)))]
    '市园林局2021年工作总结及2022年工作计划'
    """
    while start < end and text[start] in " \t\u3000\n#":
        start += 1
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    line = text.find("\n", start, end)
    whole = text[start : end if line < 0 else line][:120].rstrip()
    if _NOT_TITLE.match(whole):
        return None
    core = bare_title(whole)
    if _WHOLE_TITLE.fullmatch(core):
        return start, start + len(core)
    for kind in _KIND.finditer(text, start + 4, min(end, start + _LONGEST)):
        if _BREAK.search(text, start, kind.end()):
            break
        if _BODY.match(text, kind.end(), end):
            return start, kind.end()
    return None


def bare_title(line: str) -> str:
    """Return a title line without what sites append to it.

    >>> bare_title("村委会工作总结范文(通用2篇)"), bare_title("统计站工作总结三篇")
    ('村委会工作总结', '统计站工作总结')
    """
    for pattern in (_SUFFIX, _COUNT, SERIES, SAMPLE):
        match = pattern.search(line[-40:])
        if match:
            line = line[: len(line) - len(match[0])]
    return line


def period_of(title: str | None, opening: str) -> str | None:
    """Return the year the report looks back on, as digits; null when masked or not named.

    >>> period_of("市园林局2021年工作总结及2022年工作计划", "")
    '2021'
    """
    if title:
        found = _first_year(title)
        if found or _MASKED_YEAR.search(title):
            return found
    return _first_year(opening)


def _first_year(text: str) -> str | None:
    year = _YEAR.search(text)
    masked = _MASKED_YEAR.search(text)
    if year is None or (masked and masked.start() < year.start()):
        return None
    return year[1] or year[2].translate(_HAN_DIGITS).replace("O", "0")


def organisation_of(title: str | None, opening: str) -> str | None:
    """Return whose report it is, from the title or the opening sentence.

    The opening often names the same office in full, which is then preferred.

    >>> organisation_of("新经济和科技局工作总结", "今年以来,区新经济和科技局在区委的领导下,")
    '区新经济和科技局'
    """
    named = _in_title(title) if title else None
    spoken = _in_opening(opening)
    return spoken if spoken and (not named or spoken.endswith(named)) else named


def _in_title(title: str) -> str | None:
    kind = _KIND.search(title)
    if kind is None:
        return None
    for part in _DATED.sub("|", title[: kind.start()]).split("|"):
        name = re.sub(
            "(?:(?:全面|重点|工作)?(?:开展|完成)?(?:情况|工作)?)?的?$", "", part.strip(" \u3000-—_")
        )
        if _is_organisation(name):
            return name
    return None


def _in_opening(opening: str) -> str | None:
    for clause in re.split("[,，。\n]", opening[:160])[:5]:
        bare = _SINCE.sub("", _DATED.sub("", clause), count=1).strip(" \u3000")
        match = _AS_SUBJECT.match(bare)
        if match and _is_organisation(match[1]):
            return match[1]
    return None


def _is_organisation(name: str) -> bool:
    return (
        2 <= len(name) <= 24
        and name[0] not in _NOT_NAMED
        and not re.search("[()（）“”、]|工作", name)
        and bool(_ORGANISATION.search(name))
    )


def is_notice(text: str) -> bool:
    """Tell the letter by which an office sends a plan or report around, which follows it.

    >>> is_notice("现将《2024年工作要点》印发给你们,请认真贯彻执行。")
    True
    """
    return _NOTICE.search(text) is not None


def is_plan(title: str) -> bool:
    """Tell whether a title promises only what is ahead."""
    return bool(_PLAN.search(title)) and not _SUMMARY.search(title)
