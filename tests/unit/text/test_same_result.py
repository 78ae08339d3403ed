"""The same report gives the same items and quantities, whatever file it comes in."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from opencc import OpenCC

from groundwork.engine.rules import RuleEngine
from groundwork.pipeline import structure
from groundwork.text.clean.script import simplified
from groundwork.text.decode import decode
from schemas.result import Result
from tests.unit.text.files import REPORT, markdown, page, printed, word

TRADITIONAL = OpenCC("s2t").convert(REPORT)

Upload = tuple[bytes, dict[str, str]]
FILES: dict[str, Callable[[str], Upload]] = {
    "utf-8": lambda text: (text.encode(), {}),
    "utf-8 with a mark": lambda text: (text.encode("utf-8-sig"), {}),
    "utf-8, wrong charset": lambda text: (text.encode(), {"charset": "gb2312"}),
    "utf-16": lambda text: (text.encode("utf-16"), {}),
    "utf-16-le": lambda text: (text.encode("utf-16-le"), {}),
    "utf-16-be": lambda text: (text.encode("utf-16-be"), {}),
    "gb18030": lambda text: (text.encode("gb18030"), {}),
    "windows line ends": lambda text: (text.replace("\n", "\r\n").encode(), {}),
    "docx": lambda text: (word(text), {"filename": "报告.docx"}),
    "pdf": lambda text: (printed(text), {"filename": "报告.pdf"}),
    "html": lambda text: (page(text).encode("gb18030"), {}),
    "md": lambda text: (markdown(text).encode(), {"filename": "报告.md"}),
}


def structured(upload: Upload) -> Result:
    data, hints = upload
    return asyncio.run(structure(decode(data, **hints), RuleEngine()))


def items(result: Result) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (item.kind.value, item.text, tuple(item.section))
        for report in result.reports
        for item in report.items
    ]


def quantities(result: Result) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            quantity.type,
            quantity.value,
            quantity.upper,
            quantity.unit and simplified(quantity.unit),  # Each is in its source's own script.
            quantity.masked,
        )
        for report in result.reports
        for quantity in report.quantities
    )


PLAIN = structured((REPORT.encode(), {}))


def test_the_plain_report_gives_items_and_quantities() -> None:
    assert len(items(PLAIN)) == 7
    assert sum(quantities(PLAIN).values()) >= 20


@pytest.mark.parametrize("name", FILES)
def test_every_file_gives_what_the_plain_one_gives(name: str) -> None:
    result = structured(FILES[name](REPORT))
    assert items(result) == items(PLAIN)
    assert quantities(result) == quantities(PLAIN)
    (report,) = result.reports
    (plain,) = PLAIN.reports
    assert (report.title, report.organisation, report.period) == (
        plain.title,
        plain.organisation,
        plain.period,
    )


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_traditional_text_gives_what_the_plain_one_gives(name: str) -> None:
    plain = structured((TRADITIONAL.encode(), {}))
    result = structured(FILES[name](TRADITIONAL))
    assert items(result) == items(plain)
    assert quantities(result) == quantities(plain) == quantities(PLAIN)


def test_big5() -> None:
    plain = structured((TRADITIONAL.encode(), {}))
    result = structured((TRADITIONAL.encode("big5"), {}))
    assert result.source.encoding is not None
    assert items(result) == items(plain)
    assert [kind for kind, _, _ in items(result)] == [kind for kind, _, _ in items(PLAIN)]
    assert quantities(result) == quantities(PLAIN)
