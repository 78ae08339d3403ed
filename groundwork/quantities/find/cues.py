"""Words that say how a number is meant: bounds, changes, bases, and the verbs between them."""

import re

from groundwork.quantities.find.tails import Tails
from groundwork.quantities.find.words import WORDS, either
from schemas.quantity import Basis, Change, Qualifier

BEFORE = {
    Qualifier.APPROX: ["约", "大约", "约为", "约合", "近", "将近", "接近", "几近", "大概", "大致"],
    Qualifier.LESS_THAN: ["不足", "不到", "未到", "少于", "低于", "小于", "未满", "<", "＜"],
    Qualifier.AT_LEAST: ["不低于", "不少于", "不小于", "至少", "最少", "上", "≥", "⩾"],
    Qualifier.AT_MOST: ["不超过", "不高于", "不大于", "不多于", "至多", "最多", "不超", "≤", "⩽"],
    Qualifier.MORE_THAN: ["超", "超过", "突破", "逾", "大于", "高于", "多于", "远超", "过", ">"],
}
"""Bound words that stand right before the number and belong to its span."""

AFTER = {
    "以上": Qualifier.AT_LEAST,
    "及以上": Qualifier.AT_LEAST,
    "以下": Qualifier.AT_MOST,
    "及以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST,
    "之内": Qualifier.AT_MOST,
    "左右": Qualifier.APPROX,
    "上下": Qualifier.APPROX,
    "之多": Qualifier.EXACT,
}
"""Bound words that stand right after the unit and belong to the span."""

NOT_BOUND = {
    "约": "节签集条制预公契合违简隐俭邀失大相履解续毁盟",
    "约为": "签预",
    "近": "就附最临邻远亲靠逼接将几贴拉走相新",
    "超": "高严治限商反赶农彩B",
    "上": "以线网向同身海晚早历边",
    "过": "超通经透不越",
    "超过": "不",
    "低于": "不",
    "少于": "不",
    "高于": "不",
    "小于": "不",
    "大于": "不",
    "多于": "不",
}
"""Characters before a bound word that make it part of another one: 签约, 最近, 以上."""

BARE_ONLY = frozenset("上过")
"""Bound words only before a bare scale: 上千家, 过百家."""

AMOUNTS = frozenset("入值税资模额量产润价算")
"""Last characters of the nouns whose amount 过 can bound: 收入过25万元, but 开展过3万次."""

_BEFORE_WORDS = {word: kind for kind, words in BEFORE.items() for word in words}
LAST_OF_BEFORE: dict[str, list[tuple[str, Qualifier]]] = {}
for _word in sorted(_BEFORE_WORDS, key=len, reverse=True):
    LAST_OF_BEFORE.setdefault(_word[-1], []).append((_word, _BEFORE_WORDS[_word]))

ESTIMATE = re.compile("预计|预估|(?<!评)估计|有望")

UP_WORDS = WORDS["up"]
DOWN_WORDS = WORDS["down"]
UP, DOWN = Change.INCREASE, Change.DECREASE
CHANGES = Tails(dict.fromkeys(UP_WORDS, UP) | dict.fromkeys(DOWN_WORDS, DOWN))
"""Verbs and nouns of change that end right before a number."""
SINGLE = {"增": "新净年", "升": "", "涨": "", "降": "", "减": "加审核抵", "跌": ""}
"""One-character verbs of change count only in a comparison or before a percentage."""
NAMES = {"增值率": "值"}
"""Characters before such a word that make it a part of a name: 保值增值率106.8%."""
RATES = frozenset(WORDS["rates"])
"""What may 达到 a value and still tell a change: 增速达5%."""
COMPARED = Tails(dict.fromkeys(("多", "高", "快"), UP) | dict.fromkeys(("少", "低", "慢"), DOWN))
"""Adjectives that tell a change where an earlier time is named before them."""
EARLIER = re.compile(
    "同比|环比|[比较](?:上年|去年|年初|上月|同期|前年|往年|上季|上一|历年|初期|期初|以前|过去|原来"
    "|\\d{4}年)"
)
GAPS = Tails(dict.fromkeys(WORDS["gaps"], UP))
"""What may stand between the verb and the number."""
LEVEL = frozenset(
    [
        "到",
        "至",
        "成",
        "为",
        "达",
        "达到",
        "高达",
        "均为",
        "分别为",
        "分别达",
        "约为",
        "控制在",
        "稳定在",
        "保持在",
    ]
)
LOOSE = frozenset(["提升", "提高", "扩大", "压缩", "精简", "提质", "提速", "缩小", "降低"])
"""Verbs that, before a count, may have a thing for object and not its number: 提升3所敬老院."""
RATED = frozenset(["增长", "下降", "增", "降", "降低", "递增", "递减", "上涨", "负增长", "下跌"])
"""Verbs that make a rate of change with 率; 压减率 is a rate of completion."""
FROM = frozenset("由从自")
BETWEEN = re.compile("高于|高出|低于|超出|领先|落后")
"""A comparison with something else than an earlier time: no change, whatever noun follows."""
REACHED = frozenset(["到", "至", "成", "为"])
"""Right after a verb these make the number a level: 增至14条, 提高到5%."""
ADDED = re.compile("新增(?!长)|净增(?!长)|增加(?!值)|净减|减少|压减|削减|裁减|核减")
"""Verbs whose object may stand between them and the number: 新增高新技术企业60家."""
CUT = re.compile(r"(?:压减|削减|压降)[^率比占的至到达为、]{2,12}\Z")
"""A cut whose object stands before the share it was cut by: 压减一般性支出13%."""
AFTER_CHANGE = re.compile(
    r"\s?的(?:年均|平均|同比)?"
    r"(?:(?P<up>增长|增速|增幅|涨幅|增量)|(?P<down>降幅|下降|跌幅|减幅))"
)

VERBS = re.compile(either("verbs"))
"""Verbs that begin a statement of their own wherever they stand."""
OPENING = re.compile(
    r"[\s,，、；;]*(?:其中[,，:：]?|以及|并|和|及|与|已|共|再|还|全年|成功|正在|累计){0,6}"
    rf"(?:{either('openings')})"
)
"""Verbs that begin one only at its head; elsewhere they are part of a noun (技术服务机构)."""
STOCK = re.compile("拥有|存量|总量|总数|保有|在册|余额|总额$|累计|现有|共有")

YOY = re.compile("同比|[比较](?:上|去)年(?!年?[末底初])|较同期")
MOM = re.compile("环比|[比较]上(?:月|季)")
NET = re.compile("净(?:增|减|流|回|投|上升|下降|迁)")
SHARE = re.compile("占|比重|份额")
BASES = {"净增": Basis.NET, "累计": Basis.CUMULATIVE}
ABOVE = re.compile(
    "高于|高出|超出|多于|优于|领先|快于|超(?:额|目标|计划|任务|序时)|(?<![最提新创])高$"
)
SHARED_BY = re.compile("(?:率|比例|比重|占比)(?:为|达到?|是)?$")
"""优于Ⅲ类水体比例为94.4%: the comparison is a part of the name."""
BELOW = re.compile("低于|少于|落后|慢于|不及|低$")
