"""One HTML file for audit: every statement, its evidence, every number's verdict, the whole source.

It holds no script and loads nothing, prints well, and reads as well in ten years. Everything
that came from the report or from an engine is escaped.
"""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from groundwork.export.markdown import SIGNS
from groundwork.export.page.source import marked_source
from groundwork.export.rows import (
    Claimed,
    amount,
    claims,
    explained,
    one_line,
    pieces,
    reasons,
    told,
    unclaimed,
)
from groundwork.export.said import said
from groundwork.export.words import Language, label, word
from schemas.finding import Finding
from schemas.result import Kind, Report, Result
from schemas.span import Span
from schemas.verdict import QuantityCheck, Verdict

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_html(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write the audit page."""
    entries = list(claims(result))
    style = (files("groundwork.export.page") / "page.css").read_text(encoding="utf-8")
    tongue = "zh-CN" if language == "zh" else "en"
    titles = [report.title for report in result.reports if report.title]
    heading = titles[0] if titles else label("heading", language)
    parts = [
        "<!doctype html>",
        f'<html lang="{tongue}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(heading)} · Groundwork</title><style>{style}</style></head><body>",
        f'<header><p class="eyebrow">{label("heading", language)}</p><h1>{escape(heading)}</h1>',
        *_facts(result, entries, language),
        "</header><main>",
    ]
    for report in result.reports:
        own = [entry for entry in entries if entry.report is report]
        parts += _report(report, own, language)
    refused = [entry for entry in entries if entry.report is None]
    if refused:
        parts.append(f"<section><h2>{label('refused', language)} <b>{len(refused)}</b></h2><ol>")
        parts += [_statement(entry, language) for entry in refused]
        parts.append("</ol></section>")
    parts.append(f'<section class="source"><h2>{label("source", language)}</h2>')
    parts.append(marked_source(result, source))
    parts.append(
        f"</section></main><footer>{label('audit_note', language)}</footer></body></html>\n"
    )
    return "\n".join(parts).encode()


def _facts(result: Result, entries: list[Claimed], language: Language) -> Iterator[str]:
    engine = " · ".join(filter(None, (result.engine.name, result.engine.model)))
    facts = [
        ("id", result.id),
        ("sha256", result.source.sha256),
        ("engine", engine),
        ("characters", f"{result.source.characters:,}"),
    ]
    facts += [("warnings", said(text, language)) for text in result.warnings]
    facts += [
        ("partial", f"[{part.start}, {part.end}) {said(part.error, language)}")
        for part in result.partial
    ]
    yield "<dl>"
    for name, value in facts:
        yield f"<div><dt>{label(name, language)}</dt><dd>{escape(value)}</dd></div>"
    yield '</dl><p class="tally">'
    checks = [check for entry in entries for check in entry.claim.quantities]
    for verdict in Verdict:
        number = sum(check.verdict is verdict for check in checks)
        yield (
            f'<span class="n {verdict}"><i>{SIGNS[verdict]}</i>'
            f"{word(verdict, language)} {number}</span>"
        )
    yield "</p>"


def _report(report: Report, entries: list[Claimed], language: Language) -> Iterator[str]:
    about = " · ".join(filter(None, (report.organisation, report.period)))
    yield f"<section><h2>{escape(report.title or label('untitled', language))}</h2>"
    if about:
        yield f'<p class="about">{escape(about)}</p>'
    for kind in Kind:
        group = [entry for entry in entries if entry.claim.kind is kind]
        if not group:
            continue
        yield f'<h3 class="{kind}">{word(kind, language)} <b>{len(group)}</b></h3><ol>'
        for entry in group:
            yield _statement(entry, language)
        yield "</ol>"
    if report.findings:
        yield f"<h3>{label('findings', language)} <b>{len(report.findings)}</b></h3><ul>"
        for finding in report.findings:
            yield _finding(finding, language)
        yield "</ul>"
    left = unclaimed(report)
    if left:
        yield f"<h3>{label('unclaimed', language)} <b>{len(left)}</b></h3><ul class='left'>"
        for number in left:
            tag = f" <small>{escape(number.label)}</small>" if number.label else ""
            yield f"<li>{escape(one_line(number.span.quote))}{tag}{_at(number.span.start)}</li>"
        yield "</ul>"
    yield "</section>"


def _at(start: int) -> str:
    return f' <span class="at">@{start}</span>'


def _quoted(span: Span) -> str:
    return (
        f'<blockquote>{escape(one_line(span.quote))} <a class="at" href="#s{span.start}">'
        f"[{span.start}, {span.end})</a></blockquote>"
    )


def _finding(finding: Finding, language: Language) -> str:
    return (
        f'<li class="finding"><p class="claim">{escape(told(finding.message, language))}'
        f" <em>{word(finding.kind, language)}</em></p>"
        f'<p class="sum">{escape(finding.arithmetic)}</p>'
        f"{''.join(map(_quoted, finding.spans))}</li>"
    )


def _statement(entry: Claimed, language: Language) -> str:
    claim = entry.claim
    text = "".join(
        _chip(piece, check, language) if check else escape(piece)
        for piece, check in pieces(claim.text, claim.quantities)
    )
    lines = [
        f'<li id="{escape(entry.id)}"><p class="claim">{text}'
        f' <em class="{claim.status}">{word(claim.status, language)}</em></p>'
    ]
    if entry.section:
        lines.append(f'<p class="path">{escape(entry.section)}</p>')
    lines += map(_quoted, claim.evidence)
    if why := entry.reason(language):
        lines.append(f'<p class="why">{escape(why)}</p>')
    lines += [
        f'<p class="why {check.verdict}">{SIGNS[check.verdict]} {escape(_why(check, language))}</p>'
        for check in claim.quantities
        if check.verdict is not Verdict.SUPPORTED
    ]
    return "".join(lines) + "</li>"


def _chip(piece: str, check: QuantityCheck, language: Language) -> str:
    parts = (word(check.verdict, language), amount(check.quantity), check.quantity.label)
    tip = " · ".join(filter(None, parts))
    return (
        f'<span class="n {check.verdict}" title="{escape(tip)}">'
        f"<i>{SIGNS[check.verdict]}</i>{escape(piece)}</span>"
    )


def _why(check: QuantityCheck, language: Language) -> str:
    told = explained(check, language) or reasons(check, language)
    return f"{one_line(check.quantity.span.quote)} · {word(check.verdict, language)}" + (
        f" · {told}" if told else ""
    )
