"""Claims about the corpus, true and false: ``python -m benchmarks.generate.trials``.

Each line of ``trials.jsonl`` is one claim: ``{id, doc, text, spans, expect, change}``. ``expect``
is ``accepted`` for a faithful wording and ``refused`` for one in which a single thing was
changed; ``change`` names the rewording or the alteration. The same seed gives the same lines.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.generate.alterations import ALTERATIONS
from benchmarks.generate.claims import Statement, statements
from benchmarks.generate.rewordings import REWORDINGS

SEED: Final = 8
CORPUS: Final = Path(__file__).parents[1] / "corpus"
FILE: Final = CORPUS / "trials.jsonl"
_MOST: Final = 60
"""Of one rewording or alteration, so that the common ones do not drown the rare."""
_KEPT: Final = 0.5

Change = Callable[[Statement, random.Random], str | None]


def trials(corpus: Path = CORPUS, seed: int = SEED) -> Iterator[dict[str, object]]:
    """Yield the claims, in the order of documents and statements."""
    rng = random.Random(seed)
    made: Counter[str] = Counter()
    # A claim about every document, not all about the first ones.
    known = list(statements(corpus))
    order = rng.sample(range(len(known)), len(known))
    lines = [
        (at, line)
        for at in order
        for line in (
            *_claims(known[at], REWORDINGS, "accepted", made, rng),
            *_claims(known[at], ALTERATIONS, "refused", made, rng),
        )
    ]
    lines.sort(key=lambda entry: entry[0])
    for number, (_, line) in enumerate(lines, start=1):
        yield {"id": f"t{number:04}"} | line


def _claims(
    statement: Statement,
    changes: Sequence[Change],
    expect: str,
    made: Counter[str],
    rng: random.Random,
) -> Iterator[dict[str, object]]:
    for change in changes:
        name = change.__name__
        text = change(statement, rng)
        if text is None or made[name] >= _MOST or rng.random() > _KEPT:
            continue
        made[name] += 1
        yield {
            "doc": statement.doc,
            "text": text,
            "spans": [{"start": statement.start, "end": statement.end}],
            "expect": expect,
            "change": name,
        }


def written(lines: Iterator[dict[str, object]]) -> str:
    """Return the lines as they are committed."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    FILE.write_text(written(trials()), encoding="utf-8")
