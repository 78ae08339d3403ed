"""Tell what came of an evaluation: tables for people, one JSON object for programs."""

from collections.abc import Sequence
from typing import Final

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from groundwork.evaluation.run import Scores
from groundwork.evaluation.tally import NOTHING, Hits, Tally
from schemas.result import Kind

_WORST: Final = 10
_NAMED: Final = 5


def render(scores: Scores, worst: int = _WORST) -> list[RenderableType]:
    """Return what to print, in order: kinds, quantities, confusion, the worst documents."""
    total = scores.total
    name = " ".join(filter(None, (scores.engine.name, scores.engine.model)))
    headline = f"{name}: {len(scores.documents)} documents, macro char-F1 {total.macro:.4f}"
    return [
        Text(headline, style="bold"),
        _kinds(total),
        _quantities(total),
        _confusion(total),
        _documents(scores, worst),
        *_left_out(scores),
    ]


def as_json(scores: Scores) -> dict[str, object]:
    """Return every figure; the documents come worst first."""
    return {
        "engine": scores.engine.model_dump(mode="json"),
        "total": _tally(scores.total),
        "documents": [
            {
                "id": document.name,
                **_tally(document.tally),
                "refused": document.refused,
                "repaired": document.repaired,
                "error": document.error,
            }
            for document in scores.worst_first()
        ],
        "passed_over": list(scores.passed_over),
        "unannotated": list(scores.unannotated),
    }


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "macro_char_f1": tally.macro,
        "characters": {str(kind): _hits(tally.characters[kind]) for kind in Kind}
        | {"any": _hits(tally.any_kind)},
        "items": {str(kind): _hits(tally.items[kind]) for kind in Kind}
        | {"all": _hits(tally.all_items)},
        "quantities": _hits(tally.quantities),
        "fields": {
            name: {"ratio": share.ratio, "right": share.right, "of": share.of}
            for name, share in tally.fields.items()
        },
        "confusion": [
            {"gold": gold, "said": said, "characters": count}
            for (gold, said), count in sorted(tally.confusion.items())
        ],
    }


def _hits(hits: Hits) -> dict[str, float | int]:
    return {
        "precision": hits.precision,
        "recall": hits.recall,
        "f1": hits.f1,
        "hit": hits.hit,
        "said": hits.said,
        "gold": hits.gold,
    }


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _kinds(total: Tally) -> Table:
    table = _table(
        "Statements by kind", "kind", "char P", "char R", "char F1", "item P", "item R", "item F1"
    )
    rows = [(str(kind), total.characters[kind], total.items[kind]) for kind in Kind]
    for name, characters, items in [*rows, ("any", total.any_kind, total.all_items)]:
        table.add_row(name, *_percentages(characters), *_percentages(items))
    return table


def _percentages(hits: Hits) -> list[str]:
    return [f"{figure:.4f}" for figure in (hits.precision, hits.recall, hits.f1)]


def _quantities(total: Tally) -> Table:
    table = _table("Quantities without dates", "what", "figure", "counts")
    hits = total.quantities
    table.add_row("exact span, P", f"{hits.precision:.4f}", f"{hits.hit}/{hits.said}")
    table.add_row("exact span, R", f"{hits.recall:.4f}", f"{hits.hit}/{hits.gold}")
    table.add_row("exact span, F1", f"{hits.f1:.4f}", "")
    shares = zip(("touching, P", "touching, R"), total.touching, strict=True)
    for name, share in (*shares, *total.fields.items()):
        table.add_row(name, _figure(share.ratio), f"{share.right}/{share.of}")
    return table


def _left_out(scores: Scores) -> list[Text]:
    told = (
        ("passed over, no annotations", scores.passed_over),
        ("texts without annotations", scores.unannotated),
    )
    return [Text(f"{what}: {_named(names)}", style="dim") for what, names in told if names]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _figure(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.4f}"


def _confusion(total: Tally) -> Table:
    names = [*(str(kind) for kind in Kind), NOTHING]
    table = _table("Characters: gold down, engine across", "gold", *names)
    for gold in names:
        table.add_row(gold, *(str(total.confusion[gold, said]) for said in names))
    return table


def _documents(scores: Scores, worst: int) -> Table:
    table = _table(
        "Worst documents first", "document", "macro char-F1", "item F1", "quantity F1", "refused"
    )
    for document in scores.worst_first()[:worst]:
        tally = document.tally
        figures = (
            None if tally.is_empty else tally.macro,
            None if tally.is_empty else tally.all_items.f1,
            tally.quantities.f1 if tally.quantities.said or tally.quantities.gold else None,
        )
        note = f" ({document.error})" if document.error else ""
        table.add_row(escape(document.name + note), *map(_figure, figures), str(document.refused))
    return table
