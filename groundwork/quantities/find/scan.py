"""Where numbers may stand: one pattern over the whole text, each match looked at once.

Every branch begins with a character that cannot continue a match begun before it, and repeats
are possessive or bounded, so that the scan is linear on any text.
"""

import re

CHINESE = "零〇一二三四五六七八九十百千万亿两廿卅"
CAPITAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
MASK = "xX×＊*○_"
SEPARATOR = r"\s?(?:[-–—―－]{1,2}|[~～至到])\s?"

_YEAR = (
    r"(?:(?:19|20)\d\d|(?<![\dA-Za-z])1?20[-_xX×*○]{1,4}|(?:19|20)\d[-_xX×*○]"
    r"|(?<![A-Za-z])[xX×]{2,4}|\*{2,4}|○{2,4}|_{2,4}"
    r"|(?:二[〇零○]|一九)[〇零○一二三四五六七八九]{2})"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|[xX×*_]{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY = (
    r"(?:[12]\d|3[01]|0?[1-9]|[xX×*_]{1,2}|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
)
_ENDING = r"(?:[底末初]|[上中下]旬)"
_QUARTER = r"(?:第?[一二三四1-4](?:[至到\-~～—、和][二三四2-4])?|前[一二两三123])季度[末初底]?"
_HALF = r"[上下]半年"
_MONTHS = (
    rf"{_MONTH}(?:\s?月份?)?{SEPARATOR}{_MONTH}\s?月(?!份?额)(?:份|{_ENDING})?"
    rf"|{_MONTH}\s?月(?![嫂子球饼票报薪经台])(?:份|{_DAY}\s?日(?:{SEPARATOR}(?:{_MONTH}月)?{_DAY}日)?|{_ENDING})?"
)
_FULL = rf"{_YEAR}\s?年(?:度|\s?(?:{_MONTHS}|{_HALF}|{_QUARTER}|[底末初]|前{_MONTH}个月|前三季度))?"
DATE = (
    rf"{_FULL}(?:{SEPARATOR}{_FULL})?"
    rf"|{_YEAR}{SEPARATOR}{_YEAR}\s?(?:学年度?|年度?)"
    rf"|(?<![A-Za-z\d.续近满限每])[xX×]\s?年(?:(?=以来|工作|主要|重点|[,，](?:我|全|在|按))"
    rf"|\s?(?:{_MONTHS}|{_HALF}|{_QUARTER}|[底末初]))"
    rf"|(?:19|20)\d\d(?P<dash>[-/.])(?:1[0-2]|0?[1-9])(?P=dash)(?:[12]\d|3[01]|0?[1-9])(?![\d./-])"
    rf"|(?<=[（(]){_YEAR}[-–—~～至]{_YEAR}(?=[)）])"
    rf"|(?<![\d.第每]){_MONTHS}"
    rf"|(?<![\d.]){_QUARTER}|(?<![以北]){_HALF}|前(?:1[0-2]|[2-9]|[二两三四五六七八九十]|十一)个月"
    rf"|(?:(?:20|二十)世纪)?(?:[2-9]0|[二三四五六七八九]十)年代[初末中]?(?:期)?"
)
_NUMBER = (
    r"(?:(?<!\d)\d{1,5}(?:亿\d{1,5}千?万(?!亿)|万\d千(?![瓦米克伏卡赫]))"
    r"|(?<!\d)\d{1,3}(?:[,，]\d{3})+(?!\d)"
    r"|(?<!\d)\d{1,3}(?: \d{3}){1,4}(?=(?:\.\d+)?\s?[^\d\s.,，、。A-Za-z-])"
    r"|(?<!\d)\d++)(?:\.\d++)*+"
)
FIRST = f"0-9xX×＊*○_某{CHINESE}{CAPITAL}首翻过近半若好几数.%‰个前上下第"
"""What any branch may begin with: most characters of a text are passed over at once."""
BRANCHES = (
    rf"(?P<date>{DATE})"
    rf"|(?P<fraction>(?<![{CHINESE}])[{CHINESE}]{{1,9}}分之(?:[{CHINESE}点]{{1,12}}|\d{{1,9}}(?:\.\d{{1,9}})?))"
    rf"|(?P<mask>某(?=[万亿])|(?<![A-Za-z\d.{MASK}])\d{{0,4}}[{MASK}][\d{MASK}]*+(?:\.[\d{MASK}]++)?+)"
    rf"|(?P<arabic>{_NUMBER})"
    rf"|(?P<word>首位|翻了?[一两二三四1234]?番|翻倍(?!增)|过半|近半(?!数)|半数|一半)"
    rf"|(?P<chinese>(?<![{CHINESE}])(?<![{CHINESE}]点)[{CHINESE}]++(?:点[{CHINESE}]++)?+"
    rf"|(?<![队大登收{CAPITAL}{CHINESE}])[{CAPITAL}][{CAPITAL}零万亿]++)"
    rf"|(?P<vague>若干|好?[几数][十百千万亿]{{1,3}})"
    rf"|(?P<stripped>\.\d*[亿万]|[%‰]|个百分点)"
)
SCAN = re.compile(f"(?=[{FIRST}])(?:{BRANCHES})")
RANGE = re.compile(
    rf"{SEPARATOR}(?P<to>(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d{{1,15}})(?:\.\d{{1,12}})?(?![\d.])"
    rf"|[{MASK}]{{1,8}}(?:\.[{MASK}]{{1,8}})?|[{CHINESE}]{{1,9}})"
)
"""The upper end of a range: 至50, —15, 到五."""
