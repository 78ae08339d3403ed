"""Write synthetic reports: ``python -m benchmarks.generate``.

Without ``--out`` the generated part of the corpus is written, as markup, to
``benchmarks/corpus/src``; compile it with ``python -m benchmarks.corpus``. With ``--out DIR``
and ``--count N`` any number of reports is compiled straight into ``DIR/text`` and ``DIR/gold``.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Final

from benchmarks.corpus.markup import compile_source
from benchmarks.generate.compose import Department, Style, departments, report
from benchmarks.generate.slots import Numbers

SEED: Final = 20
_SOURCES: Final = Path(__file__).parents[1] / "corpus" / "src"
STYLES: Final = (
    Style(marks="(", wide=True),
    Style(marks="1", numbers=Numbers(commas=True)),
    Style(flat=True, pages=True, site=True, year_mask="20x", numbers=Numbers(mask="x")),
    Style(marks="s", wide=True, numbers=Numbers(words=0.8)),
    Style(markdown=True, marks="1", wide=True),
    Style(flat=True, pages=True, spaces=True, site=True),
    Style(marks="(", site=True, numbers=Numbers(mask="*")),
    Style(directives=("traditional",), flat=True, site=True, pages=True),
    Style(marks="s", numbers=Numbers(mask=""), year_mask="_"),
    Style(marks="1", wide=True, site=True, numbers=Numbers(mask="×"), year_mask="x"),
    Style(directives=("crlf",), marks="(", numbers=Numbers(commas=True)),
    Style(marks="(", year_mask="-", numbers=Numbers(mask="_")),
    Style(flat=True, marks="1", numbers=Numbers(mask="X"), site=True),
    Style(marks="s", pages=True, wide=True),
)
"""One document's habits each; a third and more of them are in a mess."""


def one(number: int, seed: int) -> tuple[str, str]:
    """Return name and markup of generated report ``number``; the same for the same seed."""
    rng = random.Random(f"{seed}/{number}")
    known: tuple[Department, ...] = departments()
    department = known[number % len(known)]
    # Departments and styles are as many: a shift a round pairs them anew.
    style = STYLES[(number + number // len(known)) % len(STYLES)]
    return f"g{number + 1:02}_{department.id}", report(department, style, rng)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=len(departments()))
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    for number in range(chosen.count):
        name, markup = one(number, chosen.seed)
        if chosen.out:
            _write_compiled(chosen.out, name, markup)
        else:
            (_SOURCES / f"{name}.txt").write_text(markup, encoding="utf-8")


def _write_compiled(out: Path, name: str, markup: str) -> None:
    done = compile_source(markup)
    files = {
        out / "text" / f"{name}.txt": done.text,
        out / "gold" / f"{name}.json": json.dumps(done.gold(f"{name}.txt"), ensure_ascii=False),
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
