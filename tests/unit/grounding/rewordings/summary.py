"""What a good summary does: another verb, another order, a subject, part of it in parentheses."""

import random
import re
from collections.abc import Iterator

from schemas.quantity import Qualifier, QuantityType
from tests.unit.grounding.material import Sentence, replace

_HAN = "\u4e00-\u9fff"
_ACTS = "新建|改建|建成|开展|举办|组织|新增|引进|受理|查处|整改|修复|改造|召开|培育|安装|配备"
_SAME = (
    ("举办", "开展"),
    ("开展", "组织"),
    ("查处", "查办"),
    ("引进", "引入"),
    ("达到", "达"),
    ("提高到", "提升至"),
    ("降低到", "降至"),
    ("同比增长", "较上年同期增长"),
    ("较上年", "比上年"),
    ("较年初", "比年初"),
)
_BOUNDS = (
    ("超过", "超"),
    ("不少于", "至少"),
    ("大约", "约"),
    ("约", "大约"),
)
_NUMBER_LAST = re.compile(f"(?P<act>{_ACTS})(?P<thing>[{_HAN}]{{2,8}})(?=[0-9])")
_NO_THING = re.compile(
    "达|共|为|约|超|同比|增长|至|到|分别|其中|累计|及|和|以上|新增|率|额|量|近|各"
)
_AMONG = re.compile("[,，]其中([^,，;；。0-9]+[0-9][^,，;；。]*)$")
_OPENED = re.compile(
    "其中|同比|较|比|我|全|本|该|截|上半年|下半年|今年|一|二|三|四|五|第|[(（0-9x]|20|各|是"
)


def verbs(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """A verb that says the same."""
    for one, other in _SAME:
        for found in re.finditer(f"{one}(?=[^,，;；。、0-9]{{0,8}}[0-9])", sentence.text):
            yield replace(sentence.text, *found.span(), other)


def limits(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """A bound word that says the same: 95%以上 is 不低于95%."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        for one, other in _BOUNDS:
            if words.startswith(one):
                told = other + words.removeprefix(one)
                yield replace(sentence.text, place.start, place.end, told)
        plain = place.found.qualifier is Qualifier.AT_LEAST and words.endswith("以上")
        if plain and words[:1].isdigit() and place.end == len(sentence.text):
            told = "不低于" + words.removesuffix("以上")
            yield replace(sentence.text, place.start, place.end, told)


def subject(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Who did it, said before it."""
    if not _OPENED.match(sentence.text) and re.match(f"[{_HAN}]", sentence.text):
        for who in ("该单位", "我局", "我们"):
            yield who + sentence.text


def number_first(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """新建公厕20座 as 新建20座公厕."""
    counts = {
        place.start: place for place in sentence.places if place.found.type is QuantityType.COUNT
    }
    for found in _NUMBER_LAST.finditer(sentence.text):
        place = counts.get(found.end())
        after = sentence.text[place.end : place.end + 1] if place else "-"
        if place and after in ",，;；。、" and not _NO_THING.search(found["thing"]):
            words = sentence.text[place.start : place.end]
            told = found["act"] + words + found["thing"]
            yield replace(sentence.text, found.start(), place.end, told)


def parentheses(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """A part in parentheses."""
    found = _AMONG.search(sentence.text)
    if found:
        yield f"{sentence.text[: found.start()]}（其中{found[1]}）"
        yield f"{sentence.text[: found.start()]}(其中:{found[1]})"
