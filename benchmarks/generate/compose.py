"""Compose a report in markup: a department's phrases, an office's habits, a year's numbers."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks.generate.mess import ocr_spaces, page_breaks
from benchmarks.generate.slots import Numbers, fill

_BANK: Final = Path(__file__).parent / "bank"
_TENS: Final = "一二三四五六七八九十"
_WIDE: Final = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})

Bank = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Department:
    """Whose report it is, and what such an office writes about."""

    id: str
    office: str
    levels: list[str]
    heads: list[str]
    did: list[str]
    plain: list[str]
    problems: list[list[str]]
    goals: list[str]
    plans: list[str]
    company: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one document."""

    flat: bool = False
    """The converter lost the line ends."""
    wide: bool = False
    """Full-width punctuation."""
    markdown: bool = False
    marks: str = "("
    """Numbering of the second level: ``(`` (一), ``1`` 1., ``s`` 一是 in one paragraph."""
    directives: tuple[str, ...] = ()
    pages: bool = False
    spaces: bool = False
    site: bool = False
    year_mask: str | None = None
    numbers: Numbers = field(default_factory=Numbers)


@cache
def departments() -> tuple[Department, ...]:
    """Return every department of the bank."""
    found = []
    for name in ("public.json", "company.json"):
        entries = json.loads((_BANK / name).read_text(encoding="utf-8"))
        found += [Department(**entry) for entry in entries]
    return tuple(found)


@cache
def _common() -> Bank:
    bank: Bank = json.loads((_BANK / "common.json").read_text(encoding="utf-8"))
    return bank


def report(department: Department, style: Style, rng: random.Random) -> str:
    """Return one file in markup, site and all."""
    written = _Writer(department, style, rng).write()
    return "".join(f"#{name}\n" for name in ("generated", *style.directives)) + written


class _Writer:
    def __init__(self, department: Department, style: Style, rng: random.Random) -> None:
        self.department = department
        self.style = style
        self.rng = rng
        self.bank = _common()
        year = rng.randint(2017, 2024)
        self.year, self.next = (self._year(year + step) for step in (0, 1))
        self.period = "" if style.year_mask else str(year)
        level = rng.choice(department.levels)
        self.organisation = level + department.office
        self.short = rng.choice([department.office, "我局"])
        if department.company:
            self.short = "公司" if department.office.endswith("公司") else "我单位"
        self.words = {
            "short": self.short,
            "upper": "董事会" if department.company else f"{level}委、{level}政府",
            "year": f"{{{self.year}}}",
            "next": f"{{{self.next}}}",
            "month": "{" + rng.choice(["11月底", "12月20日", "目前", "10月末"]) + "}",
        }
        if "目前" in self.words["month"]:
            self.words["month"] = "目前"
        last = rng.choice(["工作计划", "工作打算", "工作思路"])
        joined = rng.choice(["和", "暨"])
        self.title = f"{self.organisation}{self.year}工作总结{joined}{self.next}{last}"

    def _year(self, year: int) -> str:
        masks = {"x": "xxxx年", "20x": f"20{'x' * 2}年", "-": "20-年", "_": "20__年"}
        return masks.get(self.style.year_mask or "", f"{year}年")

    def write(self) -> str:
        body = self._line(self._titled()) + self._line(self._say("openings"))
        body += self._achievements() + self._problems() + self._plans()
        body += self._line(self._say("closings"))
        if self.style.spaces:
            body = ocr_spaces(body, self.rng)
        if self.style.pages:
            body = page_breaks(body, self.rng)
        head = f"<<{self.title}|{self.period}|{self.organisation}>>"
        written = ("1、" if self.style.pages else "") + head + body + "<</>>"
        if not self.style.site:
            return written
        return self._site("site_heads") + written + self._site("site_tails")

    def _titled(self) -> str:
        marked = self.title.replace(self.year, f"{{{self.year}}}", 1)
        if self.next != self.year:
            return ("# " if self.style.markdown else "") + marked.replace(
                self.next, f"{{{self.next}}}", 1
            )
        first, mark, last = marked.rpartition(self.next)
        return ("# " if self.style.markdown else "") + first + f"{{{mark}}}" + last

    def _site(self, which: str) -> str:
        month, day = self.rng.randint(1, 3), self.rng.randint(1, 28)
        words = {"title": self.title, "date": f"2024-{month:02}-{day:02}"}
        words["n"] = str(self.rng.randint(100, 9000))
        text = self.rng.choice(self.bank[which])
        for name, word in words.items():
            text = text.replace(f"{{{name}}}", word)
        return text

    def _say(self, which: str) -> str:
        text = self.rng.choice(self.bank[which])
        for name, word in self.words.items():
            text = text.replace(f"{{{name}}}", word)
        return text.translate(_WIDE) if self.style.wide else text

    def _text(self, phrase: str) -> str:
        """Fill the slots; punctuation of the words changes width, that of the numbers not."""
        if self.style.wide:
            phrase = phrase.translate(_WIDE)
        return fill(phrase, self.style.numbers, self.rng)

    def _line(self, text: str) -> str:
        if not text:
            return ""
        return text if self.style.flat else text + ("\n\n" if self.style.markdown else "\n")

    def _title(self, number: int, which: str) -> str:
        mark = "## " if self.style.markdown else ""
        return self._line(f"{mark}{_TENS[number]}、{self._say(which)}")

    def _marked(self, number: int, head: str, body: str) -> str:
        """Return a point of the second level with its run-in or own-line heading."""
        if self.style.marks == "s":
            return f"{_TENS[number]}是{head}。{body}"
        mark = f"({_TENS[number]})" if self.style.marks == "(" else f"{number + 1}."
        if self.style.wide:
            mark = mark.translate(_WIDE)
        if self.style.markdown:
            return self._line(f"### {mark}{head}") + self._line(body)
        if self.style.flat or self.rng.random() < 0.5:
            return self._line(f"{mark}{head}。{body}")
        return self._line(f"{mark}{head}") + self._line(body)

    def _achievements(self) -> str:
        did = self.rng.sample(self.department.did, len(self.department.did))
        plain = list(self.department.plain)
        parts = []
        heads = self.department.heads
        for number, head in enumerate(heads):
            share = did[number :: len(heads)]
            if plain and self.rng.random() < 0.5:
                share.append(plain.pop())
            lead = self._say("backgrounds") if self.rng.random() < 0.3 else ""
            parts.append(self._marked(number, self._text(head), lead + self._sentences("a", share)))
        return self._title(0, "did_titles") + self._paragraph(parts)

    def _paragraph(self, parts: list[str]) -> str:
        return self._line("".join(parts)) if self.style.marks == "s" else "".join(parts)

    def _sentences(self, kind: str, phrases: list[str]) -> str:
        """Join statements by full stop or semicolon; each stays an item of its own."""
        semicolon = "；" if self.style.wide else ";"
        said = []
        for phrase in phrases:
            lead = self._say("done_leads") if kind == "a" else ""
            for part in phrase.split(";"):
                said.append(f"[{kind}:{lead}{self._text(part)}]")
                lead = ""
        stops = [self.rng.choice(["。", semicolon]) for _ in said[1:]] + ["。"]
        return "".join(text + stop for text, stop in zip(said, stops, strict=True))

    def _problems(self) -> str:
        entries = self.rng.sample(self.department.problems, self.rng.randint(3, 4))
        parts = []
        form = self.rng.choice(["head", "one", "mixed"])
        for number, (head, body) in enumerate(entries):
            if form == "head" or (form == "mixed" and number % 2):
                parts.append(self._marked(number, self._text(head), f"[p:{self._text(body)}]。"))
            else:
                comma = "，" if self.style.wide else ","
                text = f"[p:{self._text(head)}{comma}{self._text(body)}]。"
                parts.append(self._pointed(number, text))
        return (
            self._title(1, "problem_titles")
            + self._line(self._say("problem_leads"))
            + self._paragraph(parts)
        )

    def _pointed(self, number: int, text: str) -> str:
        if self.style.marks == "s":
            return f"{_TENS[number]}是{text}"
        mark = f"({_TENS[number]})" if self.style.marks == "(" else f"{number + 1}."
        mark = mark.translate(_WIDE) if self.style.wide else mark
        return self._line(("- " if self.style.markdown else mark) + text)

    def _plans(self) -> str:
        plans = self.rng.sample(self.department.plans, len(self.department.plans))
        goals = iter(self.rng.sample(self.department.goals, len(self.department.goals)))
        heads = self.rng.sample(self.bank["plan_heads"], len(plans))
        parts = []
        for number, (head, plan) in enumerate(zip(heads, plans, strict=True)):
            body = "".join(self._ahead(plan, next(goals, None)))
            parts.append(self._marked(number, self._text(head), body))
        return (
            self._title(2, "plan_titles")
            + self._line(self._say("plan_leads"))
            + self._paragraph(parts)
        )

    def _ahead(self, plan: str, goal: str | None) -> Iterator[str]:
        comma = "，" if self.style.wide else ","
        semicolon = "；" if self.style.wide else ";"
        if goal is None:
            yield f"[t:{self._text(plan)}]。"
            return
        lead = "" if goal.startswith(("力争", "确保", "创建", "争取")) else self._goal_lead()
        aimed = f"[g:{lead}{self._text(goal)}]"
        planned = f"[t:{self._text(plan)}]"
        if self.rng.random() < 0.3:
            yield f"{aimed}。{planned}。"
        else:
            yield planned + self.rng.choice([comma, semicolon, "。"]) + aimed + "。"

    def _goal_lead(self) -> str:
        return self.rng.choice(self.bank["goal_leads"])
