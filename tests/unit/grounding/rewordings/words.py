"""The same said in other words, in another order, or in part."""

import random
import re
from collections.abc import Iterator

from opencc import OpenCC

from schemas.quantity import QuantityType
from tests.unit.grounding.material import Sentence, numerals_of, replace

_TRADITIONAL = OpenCC("s2t")
_ABBREVIATIONS = (
    ("高新技术企业", "高企"),
    ("规模以上", "规上"),
    ("规上", "规模以上"),
    ("固定资产投资", "固投"),
    ("GDP", "地区生产总值"),
    ("招商引资", "招引"),
    ("限额以上", "限上"),
)
_SPLIT = re.compile("[,，]")
_SELF_CONTAINED = re.compile("[\u4e00-\u9fff]{3,}")
_DEPENDENT = re.compile(
    "其中|同比|环比|比上|较|占|增长|下降|分别|总数|低于|高于|超过|达到|净增|每|上升|办结|比|到"
)


def punctuation(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Full-width punctuation for half-width and the other way, and a full stop."""
    yield sentence.text.replace(",", "，").replace("(", "（").replace(")", "）") + "。"
    yield re.sub("(?<![0-9])，|，(?![0-9])", ",", sentence.text)


def traditional(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Traditional characters."""
    yield _TRADITIONAL.convert(sentence.text)


def spaced(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """A space around each Arabic numeral."""
    yield re.sub(r"([\u4e00-\u9fff])(?=\d)", r"\1 ", sentence.text)


def blanks(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Ideographic spaces, as a layout leaves them."""
    yield re.sub("(?<=[，,])", "\u3000\u3000", sentence.text)
    yield "\u3000\u3000" + re.sub("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]{3}$)", " ", sentence.text)


def compared(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """同比 in words."""
    for words in ("较上年同期", "比去年同期", "较上年"):
        if "同比" in sentence.text:
            yield sentence.text.replace("同比", words)


def clause(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """One clause alone, the others left out."""
    for _start, part in _clauses(sentence):
        if not _DEPENDENT.match(part) and _SELF_CONTAINED.match(part):
            yield part


def omitted(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """The last clauses left out, or the first ones where the rest stands by itself."""
    clauses = _clauses(sentence)
    for count in range(1, len(clauses)):
        start, _ = clauses[count]
        yield sentence.text[:start].rstrip(",，")
        if _independent(clauses[count][1]):
            yield sentence.text[start:]


def reordered(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Groups of clauses in another order; what depends on a clause stays with it."""
    groups: list[str] = []
    for _, part in _clauses(sentence):
        if groups and not _independent(part):
            groups[-1] += "，" + part
        else:
            groups.append(part)
    if len(groups) > 1 and all(_independent(group) for group in groups):
        yield "，".join(reversed(groups))
        yield "，".join(groups[1:] + groups[:1])
        yield "；".join(groups)


def enumerated(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """国家级6个、省级52个 with its members in another order."""
    for _, part in _clauses(sentence):
        members = part.split("、")
        free = re.search("分别|其中|新增|下降|增长", part) is None and len(members) > 1
        if free and all(re.fullmatch("[^0-9]+[0-9][^、]*", member) for member in members):
            yield "、".join([members[-1], *members[1:-1], members[0]])


def abbreviated(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Standing abbreviations."""
    for one, other in _ABBREVIATIONS:
        if one in sentence.text:
            yield sentence.text.replace(one, other)


def fillers(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """了, 共, 达 come and go."""
    for one, other in (
        ("达到", "达"),
        ("达", "达到"),
        ("增长", "增长了"),
        ("共", ""),
        ("完成", "完成了"),
        ("累计", "共累计"),
    ):
        if re.search(f"{one}(?=[0-9])", sentence.text):
            yield re.sub(f"{one}(?=[0-9])", other, sentence.text)
    for place, start, _end, _numeral in numerals_of(sentence):
        before = sentence.text[max(0, start - 2) : start]
        count = place.found.type is QuantityType.COUNT and place.start == start
        plain = re.fullmatch("[\u4e00-\u9fff]{2}", before) and place.found.change is None
        if count and plain and not re.search("[近约超达第每到至共各有前由从一]", before):
            yield replace(sentence.text, start, start, "共")


def resolved(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """A、B和C分别增长1%、2%和3% told one by one."""
    found = re.search("([^,，。]+?)分别(增长|下降|达到)([^,，。]+)", sentence.text)
    if not found:
        return
    names = re.split("[、和]", found[1])
    numbers = re.split("[、和]", found[3])
    if len(names) != len(numbers):
        return
    verb = found[2]
    names[0] = re.split("[、，,]", names[0])[-1]
    told = [f"{name}{verb}{number}" for name, number in zip(names, numbers, strict=True)]
    yield "，".join(told)
    yield "，".join(reversed(told))
    yield from told


def from_to(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """由A提高到B as 从A提高至B."""
    for found in re.finditer(
        "[由从]([^,，由从]{2,14}?)(提高|增加|提升|降|压缩)(到|至)", sentence.text
    ):
        lead = "从" if found[0][0] == "由" else "由"
        last = "至" if found[3] == "到" else "到"
        yield replace(sentence.text, *found.span(), f"{lead}{found[1]}{found[2]}{last}")


def moved(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """新增高新技术企业66家 as 高新技术企业新增66家, 带动就业30人 as it stands but with 人数."""
    for _, part in _clauses(sentence):
        found = re.fullmatch(
            "(新增|引进|培育|新建)([\u4e00-\u9fff“”]{3,12})([0-9][0-9.,万]*[家个名座])", part
        )
        if found:
            yield f"{found[2]}{found[1]}{found[3]}"
            yield f"{found[1]}{found[3]}{found[2]}"


def unchanged(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """The sentence itself."""
    yield sentence.text


def _clauses(sentence: Sentence) -> list[tuple[int, str]]:
    """Return the clauses between commas that are not in numbers, each with its place."""
    clauses, start = [], 0
    inside = [(place.start, place.end) for place in sentence.places]
    for mark in _SPLIT.finditer(sentence.text):
        if any(first <= mark.start() < last for first, last in inside):
            continue
        clauses.append((start, sentence.text[start : mark.start()]))
        start = mark.end()
    clauses.append((start, sentence.text[start:]))
    return clauses


def _independent(part: str) -> bool:
    if re.match("[(（]?[一二三四五六七八九十0-9]+[)）、.]|[一二三四五]是|\\d{4}年|[①②③④]", part):
        return False
    return bool(_SELF_CONTAINED.match(part)) and not _DEPENDENT.search(part[:6])
