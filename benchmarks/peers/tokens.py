"""Tokens of a model's answer: ours against one that quotes its evidence, for the same statements.

The statements are those that the rules find in the example reports, so every form carries exactly
the same. `quoting` is LangExtract's form at its barest: the class names the quote and the
attributes are empty; `both` has the statement beside its quote.
"""

from benchmarks.answer_tokens import FORMS, answers
from benchmarks.peers.door import ROOT, PeerMissingError, ask
from benchmarks.peers.table import Table, missing
from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.split import split


def measure() -> Table:
    """Count."""
    texts: dict[str, list[str]] = {form: [] for form in FORMS}
    items = 0
    for path in sorted((ROOT / "examples" / "reports").glob("*.txt")):
        document = split(clean(decode(path.read_bytes(), filename=path.name)))
        for _, found, forms in answers(document):
            items += found
            for form, text in forms.items():
                texts[form].append(text)
    columns = ("answer", "o200k_base", "cl100k_base", "to `quoting`", "tokens an item")
    rows = []
    try:
        counts, _ = ask("tokens", texts)
        for form in FORMS:
            many = {name: counts[name][form] for name in columns[1:3]}
            ratio = many["o200k_base"] / counts["o200k_base"]["quoting"]
            per_item = many["o200k_base"] / items
            rows.append(
                [form, *(f"{n:,}" for n in many.values()), f"{ratio:.2f}", f"{per_item:.1f}"]
            )
    except PeerMissingError as error:
        rows.append(missing("all forms", error, len(columns)))
    note = __doc__.split("\n\n", 1)[1].strip()
    return Table("tokens", "Tokens of an answer", columns, rows, note)
