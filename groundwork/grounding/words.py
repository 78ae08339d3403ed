"""The words that decide what a number says, as data: one line a word or a pair.

Everything here is written in Simplified characters and lower case, as ``squeeze`` leaves a text.
"""

import re
from collections.abc import Iterable
from typing import Final


def _begins(words: Iterable[str]) -> str:
    """Return what lets a search pass over all places where none of the words begins."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


def _table(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ABBREVIATIONS: Final = {
    "地区生产总值": "gdp",
    "国内生产总值": "gdp",
    "生产总值": "gdp",
    "规模以上": "规上",
    "限额以上": "限上",
    "高新技术企业": "高企",
    "高新技术": "高新",
    "研究与试验发展": "研发",
    "研究与实验发展": "研发",
    "r&d": "研发",
    "研究开发": "研发",
    "固定资产投资": "固投",
    "社会消费品零售总额": "社零",
    "社会消费品零售额": "社零",
    "社零总额": "社零",
    "社零额": "社零",
    "一般公共预算收入": "一般预算收入",
    "一般公共财政预算收入": "一般预算收入",
    "招商引资": "招引",
    "招才引智": "引才",
    "科学技术": "科技",
    "文化旅游": "文旅",
    "住房和城乡建设": "住建",
    "住房城乡建设": "住建",
    "卫生健康": "卫健",
    "农业农村": "农业",
    "人力资源和社会保障": "人社",
    "人力资源社会保障": "人社",
    "城乡居民": "居民",
    "第一产业": "一产",
    "第二产业": "二产",
    "第三产业": "三产",
    "专业技术人员": "专技人员",
    "产学研合作": "产学研",
    "农民专业合作社": "合作社",
    "人民群众": "群众",
    "信访案件": "信访",
    "公益性岗位": "公益岗位",
    "基础设施建设": "基础设施",
    "占比": "占",
    "比重": "占",
}
"""Standing long forms and the short forms they are read as, on both sides."""

UP: Final = _table("""
增长 增加 增幅 增速 增至 增到 新增 净增 上升 提高 提升 上涨 扩大 高于 高出 多于 攀升 跃升
升至 升到 前移 上浮 涨幅 拉长 延长 加快 好转 上调 盈利
顺差 变快 扩张 增收 增产 增发 增强 快于 回升 增 涨 升
""")
DOWN: Final = _table("""
下降 减少 降低 降幅 降速 减至 减到 降至 降到 下滑 回落 缩短 压缩 压减 压降 低于 少于 负增长
缩减 削减 精简 裁减 后移 下浮 跌幅 放缓 趋缓 收窄 恶化 下调 亏损 逆差
减亏 变慢 缩小 收缩 减收 减产 慢于 下跌 净减 退后 降 减 跌
""")
LEVEL_AFTER: Final = ("到", "至", "为", "成")

_YEAR_AGO: Final = tuple(
    f"{than}{year}{same}{compared}"
    for year in ("上年", "去年", "上一年", "上年度")
    for than in ("较", "比", "与", "同")
    for same in ("", "同期")
    for compared in ("", "相比", "比较", "比")
)
_MONTH_AGO: Final = (
    "较上月",
    "比上月",
    "与上月相比",
    "较上个月",
    "比上个月",
    "较上一月",
    "比上一月",
)
_QUARTER_AGO: Final = ("较上季度", "比上季度", "较上季", "比上季", "较上一季度", "比上一季度")
_YEAR_BEGUN: Final = tuple(
    f"{than}{begun}"
    for than in ("较", "比", "与")
    for begun in ("年初", "期初", "上年末", "去年末", "上年底", "去年底", "去年年底", "上年年末")
)

BASES: Final = {
    **dict.fromkeys(_YEAR_AGO, "yoy"),
    **dict.fromkeys(_MONTH_AGO, "month"),
    **dict.fromkeys(_QUARTER_AGO, "quarter"),
    **dict.fromkeys(_YEAR_BEGUN, "begun"),
    "同比": "yoy",
    "去年同期": "yoy",
    "上年同期": "yoy",
    "较同期": "yoy",
    "比同期": "yoy",
    "同期相比": "yoy",
    "环比": "month quarter",
    "净增": "net",
    "净减": "net",
    "净流入": "net",
    "累计": "cumulative",
    "人均": "person",
    "户均": "household",
    "亩均": "mu",
    "平均": "mean",
    "日均": "daily",
    "月均": "monthly",
    "年均": "yearly",
    "每月": "monthly",
    "每年": "yearly",
    "每日": "daily",
    "每天": "daily",
    "占": "share",
    "比重": "share",
}
"""What a number is measured against: two sides that name different ones disagree.

环比 is against the month or the quarter before, as the case may be.
"""

NEGATIONS: Final = ("未", "没有", "不再", "取消", "拒绝", "除")
NOT_NEGATIONS: Final = ("未来", "除险", "扣除", "清除", "解除", "拆除", "消除", "免除", "未成年")

YEARS: Final = {
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "往年": -3,
    "明年": 1,
    "来年": 1,
    "下一年": 1,
    "次年": 1,
    "后年": 2,
}
"""Years other than the report's own: a number of one is no number of another."""

SCOPES: Final = {
    scope: level
    for level in "国省市州盟区县旗镇乡村局"
    for scope in (f"全{level}", f"我{level}", f"本{level}", f"{level}内")
} | {"全球": "球", "世界": "球", "国际": "球", "全街道": "街", "我街道": "街", "本街道": "街"}
"""Whose rank or total it is; a claim may leave it out, never change it."""

RESTRICTORS: Final = _table("""
国家级 省部级 省级 市级 区级 县级 镇级 乡级 村级 发明 实用新型
外观设计 高价值 博士 硕士 本科 专科 高级 中级 初级 正高 副高 城镇 农村 城市 乡村 国有 民营
民生 民间 技改 房地产 外资 内资 境外 境内 海外 市外 省外 县外 规上 限上 上市 税收 非税
一产 二产 三产 大型 中型 小型 微型
""")
"""Words that cut a part out of a whole: neither side may have one that the other lacks."""

OPPOSED: Final = ("收入", "支出", "存款", "贷款", "进口", "出口", "投资", "利润", "资产", "负债")
"""Words of which two sides may not name different ones; either may name none."""

STAGES: Final = _table("""
立案 结案 审结 执结 办结 破获 签约 开工 竣工 投产 在建 新建 改建 续建 储备 协议 到位 计划
发现 整改 调解 受理 申请 授权 有效 重大 重点 首次 净 新认定 复审 考核 优秀 合格 不合格
""")
"""Words that a claim may leave out but never add to its source's."""


STOP: Final = _table("""
这其中 我市 我区 我县 我局 我院 我校 我镇 我街道 我们 本市 本区 本局
该单位 该公司 该企业 该支行 该分行 该街道 该机构 该部门 该市 该区 该县 该镇 该乡 该村 该局 该院 该校
该行 该所 该社区 本单位 本公司 全年 今年 本年 当年 年内
今年以来 目前 截至目前 截止目前 截至 截止 同时 此外 另外 以及 分别 其中 顺利 成功 圆满 积极
大力 扎实 有力 持续 不断 进一步 稳步 全面 深入 位列 位居
排名 名列 列 实现 完成 达到 达成 取得 获得 得到 保持
总数 共计 总计 合计 共有 已经 已有 约为 超过 突破 高达 多达
控制 稳定 维持 只有 仅有 仅为 较好 明显 显著 大幅 预计 力争 争取
确保 计划 拟 将 全市 全区 全县 全省 全镇 全乡 全村 全街道 公司 我
""")
"""Words that name no indicator: they count neither for nor against a label."""

VERBS: Final = _table("""
新建 改建 扩建 建成 建设 新增 增加 引进 培育 培养 认定 开展 举办
召开 组织 实施 落实 推进 办结 受理 办理 查处 立案 结案 调解 化解
发放 投入 投产 开工 竣工 签约 注册 登记 申报 申请 获批 获评
授权 入选 入库 入驻 培训 参训 整改 排查 发现 拆除 改造 修复 流转
收回 采纳 对接 走访 服务 惠及 覆盖 带动 选派 选聘 招聘 录用
带破 侦破 抓获 追回 罚款 拘留 评选 表彰 出台 制定 发布 印发 接待 处置 处理 移送 批捕 起诉 破获
""")
"""Verbs that name no indicator alone:
受理诉求1840件,办结1782件 tells how many 诉求 were settled."""

SAME_ACTS: Final = tuple(
    frozenset(acts.split())
    for acts in (
        "开展 举办 组织 举行 组织开展",
        "引进 引入",
        "查处 查办",
        "购置 购买",
        "修建 新修",
        "接到 收到",
        "筹集 筹措",
        "走访 走访慰问",
        "发放 发放了",
    )
)
"""Verbs that say the same of a number: a claim may put one for another."""
_STOP_CHARS: Final = "了的共已达为是有到至由从以于在对将被把和与及并也均都约近超等个"
_CUES: Final = sorted({*UP, *DOWN, *STOP, *BASES, "较", "比", "上年"}, key=len, reverse=True)

ABBREVIATION: Final = re.compile(
    "|".join(map(re.escape, sorted(ABBREVIATIONS, key=len, reverse=True)))
)
CUE: Final = re.compile("|".join(map(re.escape, _CUES)) + f"|[{_STOP_CHARS}]")
MOTION: Final = re.compile(
    _begins(UP + DOWN)
    + "(?:(?P<up>"
    + "|".join(sorted(UP, key=len, reverse=True))
    + ")|(?P<down>"
    + "|".join(sorted(DOWN, key=len, reverse=True))
    + "))"
)
BASIS: Final = re.compile("|".join(sorted(BASES, key=len, reverse=True)))
BASE_NAMES: Final = {word: frozenset(names.split()) for word, names in BASES.items()}
BASE_GROUPS: Final = (
    frozenset(("yoy", "month", "quarter", "begun")),
    frozenset(("net", "cumulative")),
    frozenset(("person", "household", "mu", "mean", "daily", "monthly", "yearly")),
)
"""Bases that exclude each other; those of two groups may go together."""
EVERYWHERE: Final = BASE_GROUPS[1] | BASE_GROUPS[2]
"""Bases that a claim may not leave out either."""
RESTRICTOR: Final = re.compile(
    _begins((*RESTRICTORS, *"一二三四五"))
    + "(?:"
    + "|".join(sorted(RESTRICTORS, key=len, reverse=True))
    + "|(?<![由从到至])[一二三四五]级)"
)
VERB: Final = re.compile("(?:" + "|".join(VERBS) + "){1,3}")
OPPOSITE: Final = re.compile("|".join(OPPOSED))
STAGE: Final = re.compile("|".join(sorted(STAGES, key=len, reverse=True)))
BOUND_BEFORE: Final = re.compile(
    "(?:(?<![签节集公条预特合履违])约|(?<![附最远])近|(?<!赶)超|超过|突破|逾|不足|不到|至少|最少|最多|最高|不低于|不少于|不高于|不超过|高于|多于|少于|低于|大约|将近|接近)$"
)
BOUND_AHEAD: Final = re.compile("最高|最多|至多|至少|最少|最低")
BOUND_AFTER: Final = re.compile(
    "以上|以下|以内|左右|上下|之内|余|多(?![学种样层方媒渠部功形举轮维跨项点地])"
)
"""Bounds that the finder may have left outside a number."""
NEGATION: Final = re.compile(
    _begins(NEGATIONS + NOT_NEGATIONS)
    + "(?:(?P<no>"
    + "|".join(NOT_NEGATIONS)
    + ")|(?P<yes>"
    + "|".join(NEGATIONS)
    + "))"
)
ESTIMATED: Final = re.compile("预计|预期|估计|预估|预测|有望|测算|初步统计")
INTENDED: Final = re.compile("力争|争取|确保|计划|拟|目标|预计|有望|将(?!近)|任务")
TOTALS: Final = frozenset(("共", "共计", "合计", "总计", "总共", "一共", "共有", "合计为"))
TOTAL: Final = re.compile("共|合计|总|累计")
"""A clause that says no more than 共 tells a sum: the source must state one."""
PLANNED: Final = "总投资"
DONE: Final = re.compile("完成|到位|实现|年度")
"""What is to be invested in all, and what has been."""
FROM: Final = re.compile("[由从](?:去年|上年|前年|年初|期初|原来|原先|最初|[0-9]{4}年)?$")
HEAD: Final = re.compile(
    "(?P<of>[\u4e00-\u9fff]{2})(?P<head>率|比例|总额|余额|额|产量|产值|总量|面积|浓度|里程|总数)$"
)
"""A head noun right before a number, and what it is the rate or the amount of."""
YEAR: Final = re.compile("|".join(YEARS))
THIS_YEAR: Final = re.compile("今年|本年|当年")
PERIOD: Final = re.compile(
    "全年(?!任务|目标|计划|预算|的)|上半年|下半年|前三季度|前[二两]季度|[一二三四]季度"
    "|[0-9]{1,2}[-至到—~][0-9]{1,2}月|截[至止][^,;。#]{0,8}月"
)
"""What part of a year a number is of; in 完成全年任务的60% it is of the task."""
WHOLE_YEAR: Final = "全年"
BESIDE: Final = ("同时", "此外", "另外")
"""What begins a clause that owes nothing to those before it."""
BESIDES: Final = re.compile("另有|另外|此外|除此|其余|其他|其它|外加")
"""A part of what was told before, or something more: 其中 and 另有 are opposites."""
SCOPE: Final = re.compile("|".join(sorted(SCOPES, key=len, reverse=True)))
FRESH: Final = re.compile(
    "新(?P<act>认定|培育|引进|登记|注册|获批|招引|签约|开工|设立|成立|入库|申报|培训|建成)"
)
