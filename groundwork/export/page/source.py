"""The source with its evidence marked, as HTML."""

from collections.abc import Iterator
from html import escape
from typing import Final

from groundwork.export.rows import claims, found
from schemas.result import Result

_CUT: Final = 2


def marked_source(result: Result, source: str) -> str:
    """Write the whole source; evidence carries its kind, report text stands out from site noise.

    A place that starts an evidence, or a number of a finding, has the anchor ``s<start>``, which
    statements and findings link to.
    """
    anchors = {span.start for entry in claims(result) for span in entry.claim.evidence}
    anchors |= {span.start for each in found(result) for span in each.finding.spans}
    parts = ['<div class="text">']
    for start, end, kind, inside in _segments(result, len(source)):
        text = escape(source[start:end])
        anchor = f' id="s{start}"' if start in anchors else ""
        if kind:
            parts.append(f'<mark class="{kind}"{anchor}>{text}</mark>')
        elif anchor:
            parts.append(f"<span{anchor}>{text}</span>")
        elif inside:
            parts.append(text)
        else:
            parts.append(f'<span class="noise">{text}</span>')
    parts.append("</div>")
    return "".join(parts)


def _segments(result: Result, length: int) -> Iterator[tuple[int, int, str, bool]]:
    """Cut the source where evidence or a report starts or ends; sorted, whole, not overlapping.

    Where evidence overlaps, the one that started last decides the kind: a sweep with one list of
    what is open, linear but for the few that overlap.
    """
    events: list[tuple[int, int, str, str]] = []
    for entry in claims(result):
        mark = entry.claim.kind.value if entry.report else "refused"
        for number, span in enumerate(entry.claim.evidence):
            key = f"{entry.id}#{number}"
            events += [(span.start, 1, key, mark), (span.end, 0, key, "")]
    for each in found(result):
        # Only a cut, for the anchor: the numbers of a finding mostly lie in evidence.
        events += [(span.start, _CUT, "", "") for span in each.finding.spans]
    for number, report in enumerate(result.reports):
        events += [(report.span.start, 1, str(number), ""), (report.span.end, 0, str(number), "")]
    events.sort(key=lambda event: event[:2])
    kinds: dict[str, str] = {}
    reports: set[str] = set()
    position = 0
    for place, opens, key, kind in [*events, (length, 0, "", "")]:
        if place > position:
            yield position, place, next(reversed(kinds.values()), ""), bool(reports)
            position = place
        if opens == _CUT:
            continue
        if opens and kind:
            kinds[key] = kind
        elif opens:
            reports.add(key)
        else:
            kinds.pop(key, None)
            reports.discard(key)
