"""The table of units: what stands after a number, and what kind of thing it measures.

A unit is one line of data: ``unit flags not-before``. The longest unit wins. Flags: ``c`` it may
follow a Chinese numeral (三家), ``m`` it may follow a mask (xx家). The last column holds the
characters before which the unit is really the start of another word: 家 in 3家庭, 人 in x人民.
"""

import re
from dataclasses import dataclass

from schemas.quantity import QuantityType

_COUNT = """
个 cm -
家 cm 庭园具电禽畜乡装长族渠属政
户 cm 外籍型口县
人 cm 民才力均类社事寿工防行物文员为
名 cm 单称牌录义额城师酒优胜镇特
项 cm 目
件 cm 套
条 cm 例约件理款形
场 cm 地所景馆面合域
次 cm 数于序元新日全级性代生高
支 cm 持付部行撑出援农教委书线流柱架
起 cm 来到草步点源码初重
宗 cm 旨教地
所 cm 有在以得需谓属长示
班 m 子长组车级主列次底
轮次 cm -
期次 m -
套(间) cm -
套（间） cm -
孔 m 雀子
份 cm 额子
处 cm 理置罚于长在分级方室境
座 cm 谈位椅
套 cm 餐路
幢 cm -
栋 cm 梁
台 cm 账阶风湾州胞历盟县区河儿
台套 cm -
台(套) cm -
台（套） cm -
辆 cm -
头 cm 部绪脑雁号条等
只 cm 有是能要会需为好争
羽 cm 毛绒
尾 cm 矿气水款
匹 cm 配
册 cm -
幅 cm 度员
批 cm 准复示评而发量斗改次
篇 cm 章幅
款 cm 项式待物
门 cm 类店槛户诊市前口峡县派
枚 cm -
位 cm 置居列于次数一移处
例 cm 如外会行证
笔 cm 记试录者画迹直
组 m 织成建长合团工装词
艘 cm -
架 cm 构设空
株 cm 洲距式
棵 cm -
根 cm 本据治源基除植
块 cm 状
盏 cm -
间 cm 接隔谍距歇
张 m 家江贴力店扬榜弛
本 m 地级身年月市县区省科次部轮土领质着届职人质村所
片 m 区面段状
面 m 积向对临貌板试包上粉料目世积议谈
道 cm 路德口具理歉县
层 cm 次面级层出
种 cm 植子粮养业畜源田猪牛
类 cm 似型别风比
轮 cm 车胎驱换训椅廓岗动
大 cm 华唐学厦道队赛桥会院街型力量数规剧连局众全家小田幅批湾米豆棚户宗病气专兴明足洲峡港多事
级 c 别差
方面 cm -
层面 cm -
层级 cm -
环节 cm -
领域 cm -
门类 cm -
类别 cm -
片区 - -
标段 - -
地块 - -
口井 cm -
眼 - 科镜光前中谷
口 m 岸径头碑号感罩腔
口人 cm -
尊 m 重
扇 m -
樘 m -
副 m 主书市县区省局秘处科部院校食产本高
双 m 方向创重拥百千减控随轨高语边
对 m 口接于象外照比方
节 m 约能点目日制假水课
堂 m 课
课时 cm -
学时 cm -
期 m 间货限望末盼刊工项
站 m 点位长台立在
部 m 门分署队长委级位件落属省
把 cm 手关握控门好
员 m 工额会
盘 m 活点锦
窝 m -
箱 m 体包式变
袋 m -
瓶 m 颈装
桶 m -
车 m 辆次间主站型流位库桥道祸
列 m 入为举席车支出养管
节车厢 m -
包 m 括含装扶联容保裹
盒 m -
剂 m 量型次
剂次 m -
针 m 对
针次 m -
支队伍 cm -
人次 cm -
人·次 cm -
名次 m -
家次 cm -
户次 cm -
批次 cm -
件次 cm -
场次 cm -
台次 cm -
辆次 cm -
车次 cm -
架次 cm -
航次 cm -
班次 cm -
趟次 cm -
艘次 cm -
例次 m -
项次 m -
点次 m -
条次 m -
篇次 m -
份次 m -
起次 m -
头次 m -
宗次 m -
处次 m -
趟 cm -
遍 cm 及布
班列 m -
列次 m -
张床位 m -
床位 m -
张床 m -
床 m 上边
床护 m -
标准箱 m -
标箱 m -
工日 m -
人日 m -
人天 m -
天次 m -
学位 m -
泊位 m -
车位 m -
泊车位 m -
座席 m -
席 m 位地卷
股 m 份权东金票价长室
手 m 段续册机工术法动
票 m 据证
棚 m 户
垛 m -
丘 m 陵
联 m 合系动盟网防通席
顶 m 层级尖端部梁
副本 m -
字 m 节体号符典
词 m -
代 m 表替码理
村 - 级民委庄集务居
镇 - 区级域长街江
乡 - 村镇级亲土
街道 - -
社区 - -
县区 - -
市州 - -
省份 cm -
省市 m -
国家 - -
国家和地区 cm -
"""
_MONEY = """
元 cm 素旦宵首件月老宇气
块钱 cm -
美元 cm -
欧元 cm -
港元 cm -
港币 cm -
日元 cm -
英镑 cm -
韩元 cm -
澳元 cm -
加元 cm -
新加坡元 cm -
新元 m -
卢布 cm -
瑞士法郎 cm -
新台币 cm -
澳门元 cm -
美金 cm -
"""
_AREA = """
平方米 cm -
平方公里 cm -
平方千米 cm -
平方厘米 cm -
平米 cm -
平方 cm 根案
㎡ m -
m² m -
m2 m -
km² m -
km2 m -
亩 cm 均产
亩次 cm -
公顷 cm -
公顷次 cm -
顷 cm 刻
hm² m -
"""
_LENGTH = """
公里 cm -
千米 cm -
米 cm 粉饭线其面
海里 cm -
华里 cm -
英里 cm -
厘米 cm -
毫米 cm -
微米 cm -
纳米 m -
皮长公里 m -
芯公里 m -
车道公里 m -
沟公里 m -
延米 m -
延长米 m -
千公里 m -
km m -
m m -
cm m -
mm m -
nm m -
"""
_WEIGHT = """
吨 cm 位
公斤 cm -
千克 cm -
克 m 服拉隆制己难
μg m -
µg m -
ug m -
毫克 m -
微克 m -
斤 cm -
市斤 cm -
蒸吨 m -
担 m 保任当负心忧
kg m -
mg m -
t m -
g m -
"""
_VOLUME = """
立方米 cm -
立方 cm -
方 m 面案式针向便法位可能正阵圆格舱志言米程
标方 m -
立方厘米 m -
升 m 级至到学温华规值旗降幅位格高为
毫升 m -
公升 m -
m³ m -
m3 m -
Nm3 m -
"""
_ENERGY = """
千瓦时 m -
千瓦·时 m -
千瓦小时 m -
千瓦 cm -
兆瓦时 m -
兆瓦 cm -
吉瓦 m -
吉瓦时 m -
瓦 m 斯房解
度电 m -
度 m 假过量
千伏安 m -
兆伏安 m -
吨标准煤 m -
吨标煤 m -
吉焦 m -
焦耳 m -
大卡 m -
千卡 m -
马力 m -
kWh m -
kwh m -
KWh m -
kW m -
KW m -
kw m -
MW m -
GW m -
MWp m -
kVA m -
KVA m -
MVA m -
GJ m -
"""
_PERCENT = """
% cm -
‰ cm -
"""
_POINT = """
个百分点 cm -
百分点 cm -
个pp m -
个千分点 m -
千分点 m -
个基点 m -
基点 m -
"""
_MULTIPLE = """
倍 cm 增率速受感加频
番 cm 茄禺薯
"""
_DURATION = """
年 cm 级度龄轻代报鉴产会金终检审货味薪青货
年度 m -
个月 cm -
个年头 cm -
个年度 cm -
个季度 cm -
个学期 cm -
个学年 m -
个工作日 cm -
工作日 cm -
个自然日 m -
个交易日 m -
个小时 cm -
小时 cm -
分钟 cm -
秒 cm 杀
秒钟 cm -
天 cm 然津府下气空河虹地山使宁水
日 cm 常报益程均产志新本
昼夜 cm -
周 cm 边年期末转密知口围
个星期 cm -
个周 m -
载 m 体重货入客
学期 m -
学年 m -
课 m -
"""
_OTHER = """
岁 cm -
周岁 cm -
分 m 之别局公行管类布解期批层级配享析区数部院支会厂店散工红离项块包成流段割设校外
T m -
分贝 m -
千伏 m -
kV m -
KV m -
伏 m 安
安 m 全置排装徽
摄氏度 m -
℃ m -
°C m -
兆 m -
Mbps m -
Gbps m -
M m -
MB m -
GB m -
TB m -
PB m -
吨公里 m -
人公里 m -
吨位 m -
载重吨 m -
DWT m -
PFLOPS m -
P m -
EFLOPS m -
TEU m -
dB m -
DDDs m -
ppm m -
Hz m -
MHz m -
GHz m -
像素 m -
票次 m -
"""

_TABLES = {
    QuantityType.COUNT: _COUNT,
    QuantityType.MONEY: _MONEY,
    QuantityType.AREA: _AREA,
    QuantityType.LENGTH: _LENGTH,
    QuantityType.WEIGHT: _WEIGHT,
    QuantityType.VOLUME: _VOLUME,
    QuantityType.ENERGY: _ENERGY,
    QuantityType.PERCENT: _PERCENT,
    QuantityType.PERCENTAGE_POINT: _POINT,
    QuantityType.MULTIPLE: _MULTIPLE,
    QuantityType.DURATION: _DURATION,
    QuantityType.OTHER: _OTHER,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the table."""

    name: str
    type: QuantityType
    chinese: bool = True
    """Whether it may follow a Chinese numeral."""
    mask: bool = True
    """Whether it may follow a mask."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found in a text: compound ones (元/平方米) are written as found."""

    unit: str
    type: QuantityType
    end: int
    chinese: bool
    mask: bool


_PER = re.compile(
    r"\s?/\s?[十百千万亿]{0,2}(?:平方米|平方公里|立方米|标准立方米|公里|公顷|千人|万人|人次|人|户|亩"
    r"|吨标准煤|吨|公斤|千克|斤|升|毫升|元|个|件|辆|台|套|床|次|例|头|只|张|股|年|个?月|天|日|小时"
    r"|分钟|秒|千瓦时|千瓦|度|m²|m2|m³|m3|kg|km|kWh|h|s|d|L|t)(?:\s?[·•・/]\s?(?:人|月|年|天|日|次|户))?"
)
"""What may follow a unit as its per-part: 件/万人, 元/人·月. A scale here belongs to the unit."""


def _read_tables() -> tuple[dict[str, Unit], dict[str, re.Pattern[str]]]:
    units: dict[str, Unit] = {}
    guards: dict[str, str] = {}
    for kind, table in _TABLES.items():
        for line in table.strip().splitlines():
            name, flags, before = line.split()
            units[name] = Unit(name, kind, "c" in flags, "m" in flags)
            guards[name] = "" if before == "-" else before
    by_first: dict[str, list[str]] = {}
    for name in units:
        by_first.setdefault(name[0], []).append(name)
    patterns = {}
    for first, names in by_first.items():
        branches = []
        for name in sorted(names, key=len, reverse=True):
            guard = f"(?![{guards[name]}])" if guards[name] else ""
            if name[-1].isascii() and name[-1].isalnum():
                guard += "(?![A-Za-z0-9])"
            branches.append(re.escape(name) + guard)
        patterns[first] = re.compile("|".join(branches))
    return units, patterns


UNITS, _BY_FIRST = _read_tables()
FIRST = "".join(sorted(_BY_FIRST))
"""Every character that a unit can begin with."""


def match(text: str, at: int) -> Match | None:
    """Return the longest unit that begins at ``at``, its per-part included.

    >>> match("5件/万人", 1).unit, match("3家庭", 1)
    ('件/万人', None)
    """
    pattern = _BY_FIRST.get(text[at : at + 1])
    found = pattern.match(text, at) if pattern else None
    if found is None:
        return None
    unit = UNITS[found[0]]
    per = _PER.match(text, found.end())
    if per is None:
        return Match(unit.name, unit.type, found.end(), unit.chinese, unit.mask)
    kind = QuantityType.MONEY if unit.type is QuantityType.MONEY else QuantityType.OTHER
    return Match(unit.name + per[0].replace(" ", ""), kind, per.end(), unit.chinese, mask=True)
