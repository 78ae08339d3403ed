"""Markdown: for a wiki, a ticket or a mail."""

import re
from collections.abc import Iterator
from typing import Final

from groundwork.export.rows import Claimed, claims, one_line, pieces, reasons, told, unclaimed
from groundwork.export.said import said
from groundwork.export.words import Language, label, word
from schemas.result import Kind, Report, Result
from schemas.verdict import QuantityCheck, Verdict

_LIST_MARK: Final = re.compile(r"^(\d{1,9})([.)])")
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#+\-!|~])")
SIGNS: Final = {
    Verdict.SUPPORTED: "✓",
    Verdict.MASKED: "▨",
    Verdict.UNSUPPORTED: "?",
    Verdict.CONTRADICTED: "✗",
}


def literal(text: str) -> str:
    r"""Write text so that Markdown shows it as it is.

    >>> literal("<b>*亿元")
    '\\<b\\>\\*亿元'
    """
    return _not_a_list(_inline(text))


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _not_a_list(line: str) -> str:
    return _LIST_MARK.sub(r"\1\\\2", line)


def as_markdown(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write a section for each report, a list for each kind, the evidence under each statement."""
    del source
    lines = [f"# {label('heading', language)}", "", *_facts(result, language)]
    entries = list(claims(result))
    for report in result.reports:
        own = [entry for entry in entries if entry.report is report]
        lines += _report(report, own, language)
    refused = [entry for entry in entries if entry.report is None]
    if refused:
        lines += ["", f"## {label('refused', language)}", ""]
        for entry in refused:
            lines += _statement(entry, language)
    lines += ["", f"> {label('audit_note', language)}", ""]
    return "\n".join(lines).encode()


def _facts(result: Result, language: Language) -> list[str]:
    engine = " · ".join(filter(None, (result.engine.name, result.engine.model)))
    facts = [
        ("id", f"`{result.id}`"),
        ("engine", literal(engine)),
        ("characters", str(result.source.characters)),
        ("sha256", f"`{result.source.sha256}`"),
    ]
    lines = [f"- {label(name, language)}: {value}" for name, value in facts]
    lines += [
        f"- {label('warnings', language)}: {literal(said(text, language))}"
        for text in result.warnings
    ]
    lines += [
        f"- {label('partial', language)}: [{part.start}, {part.end})"
        f" {literal(said(part.error, language))}"
        for part in result.partial
    ]
    return lines


def _report(report: Report, entries: list[Claimed], language: Language) -> list[str]:
    lines = ["", f"## {literal(report.title or label('untitled', language))}"]
    for kind in Kind:
        group = [entry for entry in entries if entry.claim.kind is kind]
        lines += ["", f"### {word(kind, language)} ({len(group)})", ""]
        for entry in group:
            lines += _statement(entry, language)
        if not group:
            lines.append(label("none", language))
    lines += _findings(report, language)
    left = unclaimed(report)
    if left:
        lines += ["", f"### {label('unclaimed', language)} ({len(left)})", ""]
        lines += [
            f"- {literal(number.span.quote)} `[{number.span.start}, {number.span.end})`"
            + (f" {literal(number.label)}" if number.label else "")
            for number in left
        ]
    return lines


def _findings(report: Report, language: Language) -> Iterator[str]:
    if not report.findings:
        return
    yield from ("", f"### {label('findings', language)} ({len(report.findings)})", "")
    for finding in report.findings:
        yield f"- {literal(told(finding.message, language))} — {word(finding.kind, language)}"
        yield f"  - {label('arithmetic', language)}: {literal(finding.arithmetic)}"
        for span in finding.spans:
            yield f"  > {literal(span.quote)} `[{span.start}, {span.end})`"


def _statement(entry: Claimed, language: Language) -> Iterator[str]:
    claim = entry.claim
    text = "".join(
        f"**{_inline(piece)}**{SIGNS[check.verdict]}" if check else _inline(piece)
        for piece, check in pieces(claim.text, claim.quantities)
    )
    yield f"- {_not_a_list(text)} — {word(claim.status, language)}"
    for span in claim.evidence:
        yield f"  > {literal(span.quote)} `[{span.start}, {span.end})`"
    if why := entry.reason(language):
        yield f"  - {label('reason', language)}: {literal(why)}"
    for check in claim.quantities:
        if check.verdict is not Verdict.SUPPORTED:
            yield f"  - {_objection(check, language)}"


def _objection(check: QuantityCheck, language: Language) -> str:
    quote = literal(check.quantity.span.quote)
    why = reasons(check, language)
    return f"{SIGNS[check.verdict]} {quote}: {word(check.verdict, language)}" + (
        f" ({why})" if why else ""
    )
