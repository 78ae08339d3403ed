"""Results for the eyes: tables on a terminal, plain columns when redirected."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.quantity import Quantity
from schemas.result import Item, ItemStatus, Kind, Report, Result
from schemas.verdict import QuantityCheck, Verdict

KIND_TITLES: Final = {
    Kind.ACHIEVEMENT: "成效 achievements",
    Kind.PROBLEM: "问题 problems",
    Kind.GOAL: "目标 goals",
    Kind.PLAN: "计划 plans",
}
_STYLE: Final = {
    Verdict.SUPPORTED: "green",
    Verdict.MASKED: "yellow",
    Verdict.UNSUPPORTED: "red",
    Verdict.CONTRADICTED: "bold red",
}


def show_result(console: Console, result: Result) -> None:
    """Print the items of every report by kind, each number with its verdict."""
    for number, report in enumerate(result.reports, 1):
        _show_report(console, number, report)
    for claim in result.refused:
        console.print(f"[red]refused[/] {escape(claim.text)}: {escape(claim.reason.en)}")
    for warning in result.warnings:
        console.print(f"[yellow]warning[/] {escape(warning)}")
    for part in result.partial:
        console.print(f"[red]not processed[/] {part.start}-{part.end}: {escape(part.error)}")


def _show_report(console: Console, number: int, report: Report) -> None:
    title = report.title or "(no title)"
    about = " · ".join(part for part in (report.organisation, report.period) if part)
    console.rule(escape(f"{number}. {title}" + (f" ({about})" if about else "")), align="left")
    for kind, heading in KIND_TITLES.items():
        items = [item for item in report.items if item.kind is kind]
        if items:
            console.print(_item_table(f"{heading}: {len(items)}", items))
    for finding in report.findings:
        console.print(f"[yellow]finding[/] {escape(finding.message.zh)}", soft_wrap=True)
    checks = [check for item in report.items for check in item.quantities]
    supported = sum(check.verdict is Verdict.SUPPORTED for check in checks)
    masked = sum(check.verdict is Verdict.MASKED for check in checks)
    console.print(
        f"{len(report.items)} items · {len(checks)} numbers: {supported} supported, "
        f"{masked} masked in the source, {len(checks) - supported - masked} not supported · "
        f"{len(report.unclaimed)} numbers outside items\n"
    )


def _item_table(title: str, items: Sequence[Item]) -> Table:
    table = Table(title=title, title_justify="left", expand=True, show_lines=True)
    table.add_column("id", no_wrap=True)
    table.add_column("text", ratio=3, overflow="fold")
    table.add_column("numbers", ratio=2, overflow="fold")
    table.add_column("source", no_wrap=True)
    for item in items:
        text = escape(item.text)
        if item.status is not ItemStatus.VERIFIED:
            text += f" [yellow]({item.status})[/]"
        where = ", ".join(f"{span.start}-{span.end}" for span in item.evidence)
        table.add_row(item.id, text, "\n".join(map(_check, item.quantities)), where)
    return table


def _check(check: QuantityCheck) -> str:
    style = _STYLE[check.verdict]
    return f"[{style}]{escape(describe(check.quantity))} {check.verdict}[/]"


def describe(quantity: Quantity) -> str:
    """Name a number as written, with its value: ``1.5亿元 = 150000000 元``."""
    quote = " ".join(quantity.span.quote.split())
    if quantity.value is None:
        return quote
    dumped = quantity.model_dump(include={"value", "upper"})
    value = dumped["value"] + (f"-{dumped['upper']}" if dumped["upper"] else "")
    return f"{quote} = {value} {quantity.unit or ''}".rstrip()


def show_quantities(console: Console, quantities: Iterable[Quantity]) -> None:
    """Print every number with what was read from it."""
    table = Table(expand=False)
    for column in ("span", "quote", "type", "value", "unit", "qualifier", "change", "label"):
        table.add_column(column)
    for quantity in quantities:
        dumped = quantity.model_dump(mode="json")
        value = "masked" if quantity.masked else dumped["value"] or ""
        value += f"-{dumped['upper']}" if dumped["upper"] else ""
        cells = [f"{quantity.span.start}-{quantity.span.end}", quantity.span.quote]
        cells += [quantity.type, value, quantity.unit or "", quantity.qualifier]
        cells += [quantity.change or "", quantity.label or ""]
        table.add_row(*(escape(" ".join(cell.split())) for cell in cells))
    console.print(table)


def show_checks(
    console: Console, claim: str, verdict: str, checks: Iterable[QuantityCheck]
) -> None:
    """Print a claim, its verdict and the reason for each number that fails."""
    console.print(f"{escape(claim)}\n  verdict: [bold]{verdict}[/]", soft_wrap=True)
    for check in checks:
        console.print(f"  {_check(check)}", highlight=False, soft_wrap=True)
        if check.explanation:
            console.print(f"    {escape(check.explanation.zh)}", highlight=False, soft_wrap=True)
