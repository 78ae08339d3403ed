"""Examples for the document, built from the schemas, so that they cannot disagree with them.

The report is short and invented. Offsets are computed from it, not typed.
"""

import hashlib
from decimal import Decimal
from typing import Any, Final

from api.errors import INVALID_BODY, KINDS, problem
from schemas.base import Schema
from schemas.problem import FieldProblem
from schemas.quantity import Basis, Change, Qualifier, Quantity, QuantityType
from schemas.requests import (
    ClaimChecked,
    ClaimToVerify,
    EstimateAnswer,
    QuantitiesAnswer,
    SpanRange,
    TextRequest,
    VerificationAnswer,
    VerificationRequest,
)
from schemas.result import EngineInfo, Item, ItemStatus, Kind, Report, Result, SourceInfo
from schemas.span import Span
from schemas.verdict import ClaimVerdict, Explanation, QuantityCheck, Reason, Verdict

REPORT: Final = """云溪市科技局2023年工作总结

一、主要成效
新认定高新技术企业42家,同比增长16.7%。

二、存在问题
全社会研发投入强度仅为2.1%,与目标仍有差距。

三、2024年工作计划
力争高新技术产业增加值突破150亿元。
"""


def span(quote: str, text: str = REPORT) -> Span:
    """Return where ``quote`` first stands in ``text``."""
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


_NEW_FIRMS: Final = Quantity(
    id="q2",
    span=span("42家"),
    type=QuantityType.COUNT,
    value="42",
    unit="家",
    change=Change.INCREASE,
    label="高新技术企业",
)
_GROWTH: Final = Quantity(
    id="q3",
    span=span("16.7%"),
    type=QuantityType.PERCENT,
    value="16.7",
    unit="%",
    change=Change.INCREASE,
    basis=Basis.YOY,
    label="高新技术企业",
)
_INTENSITY: Final = Quantity(
    id="q4",
    span=span("2.1%"),
    type=QuantityType.PERCENT,
    value="2.1",
    unit="%",
    label="全社会研发投入强度",
)
_TARGET: Final = Quantity(
    id="q6",
    span=span("150亿元"),
    type=QuantityType.MONEY,
    value="15000000000",
    unit="元",
    qualifier=Qualifier.MORE_THAN,
    label="高新技术产业增加值",
)
_REPORT_YEAR: Final = Quantity(id="q1", span=span("2023年"), type=QuantityType.DATE)
_PLAN_YEAR: Final = Quantity(id="q5", span=span("2024年"), type=QuantityType.DATE)


def _judged(quantity: Quantity, text: str) -> QuantityCheck:
    """Return ``quantity`` of the source as a number of the claim ``text``, supported."""
    claimed = quantity.model_copy(update={"span": span(quantity.span.quote, text)})
    return QuantityCheck(quantity=claimed, verdict=Verdict.SUPPORTED, source=quantity)


def _item(number: int, kind: Kind, section: str, text: str, quantities: list[Quantity]) -> Item:
    return Item(
        id=f"r1i{number}",
        kind=kind,
        text=text,
        section=[section],
        evidence=[span(text)],
        quantities=[_judged(quantity, text) for quantity in quantities],
        status=ItemStatus.VERIFIED,
    )


_ITEMS: Final = [
    _item(
        1,
        Kind.ACHIEVEMENT,
        "一、主要成效",
        "新认定高新技术企业42家,同比增长16.7%",
        [_NEW_FIRMS, _GROWTH],
    ),
    _item(
        2,
        Kind.PROBLEM,
        "二、存在问题",
        "全社会研发投入强度仅为2.1%,与目标仍有差距",
        [_INTENSITY],
    ),
    _item(
        3,
        Kind.GOAL,
        "三、2024年工作计划",
        "力争高新技术产业增加值突破150亿元",
        [_TARGET],
    ),
]

RESULT: Final = Result(
    id="3b7e0c5d9f1a2b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e",
    source=SourceInfo(
        sha256=hashlib.sha256(REPORT.encode()).hexdigest(),
        characters=len(REPORT),
        media_type="text/plain",
        encoding="utf-8",
    ),
    engine=EngineInfo(name="rules", versions={"schema": "2", "rules": "3"}),
    reports=[
        Report(
            title="云溪市科技局2023年工作总结",
            organisation="云溪市科技局",
            period="2023",
            span=span(REPORT.strip()),
            items=_ITEMS,
            quantities=[_REPORT_YEAR, _NEW_FIRMS, _GROWTH, _INTENSITY, _PLAN_YEAR, _TARGET],
            unclaimed=["q1", "q5"],
        )
    ],
)

TEXT_REQUEST: Final = TextRequest(text=REPORT)

QUANTITIES: Final = QuantitiesAnswer(quantities=RESULT.reports[0].quantities)

ESTIMATE: Final = EstimateAnswer(
    engine="rules",
    characters=len(REPORT),
    kept=False,
    calls=0,
    prompt_tokens=0,
    completion_tokens=0,
    cost=Decimal(0),
)

FIGURES: Final = """\
# HELP groundwork_verdicts_total Numbers of their claims, by verdict.
# TYPE groundwork_verdicts_total counter
groundwork_verdicts_total{verdict="supported"} 418.0
"""

_SOURCE: Final = "全年新增专利申请2847件,其中发明专利申请763件。"

VERIFICATION_REQUEST: Final = VerificationRequest(
    source=_SOURCE,
    claims=[
        ClaimToVerify(id="c1", text="新增专利申请2847件"),
        ClaimToVerify(
            id="c2", text="新增专利申请763件", spans=[SpanRange(start=0, end=len(_SOURCE))]
        ),
    ],
)


def _patents(text: str, quote: str, label: str) -> Quantity:
    return Quantity(
        id="q1",
        span=span(quote, text),
        type=QuantityType.COUNT,
        value=quote.removesuffix("件"),
        unit="件",
        change=Change.INCREASE,
        label=label,
    )


VERIFICATION: Final = VerificationAnswer(
    claims=[
        ClaimChecked(
            id="c1",
            verdict=ClaimVerdict.SUPPORTED,
            quantities=[
                QuantityCheck(
                    quantity=_patents("新增专利申请2847件", "2847件", "专利申请"),
                    verdict=Verdict.SUPPORTED,
                    source=_patents(_SOURCE, "2847件", "专利申请"),
                )
            ],
        ),
        ClaimChecked(
            id="c2",
            verdict=ClaimVerdict.CONTRADICTED,
            quantities=[
                QuantityCheck(
                    quantity=_patents("新增专利申请763件", "763件", "专利申请"),
                    verdict=Verdict.CONTRADICTED,
                    reasons=[Reason.VALUE],
                    source=_patents(_SOURCE, "2847件", "专利申请"),
                    explanation=Explanation(
                        zh="来源为“2847件”(新增专利申请),结论写为“763件”。",
                        en="The source says “2847件” (新增专利申请); the claim says “763件”.",
                    ),
                )
            ],
        ),
    ]
)

_MISSING: Final = FieldProblem(pointer="/text", detail="Field required")
_DETAILS: Final = {
    INVALID_BODY: "places that do not fit: 1",
    "/problems/malformed-body": "Invalid JSON: expected value at line 1 column 9",
    "/problems/not-found": "no such result is kept; structure the text again",
    "/problems/slow-body": "the body did not arrive in time",
    "/problems/too-large": "612345 characters; at most 500000 are read",
    "/problems/unsupported-media": "send application/json",
    "/problems/empty-text": "the text is empty or nothing but white space",
    "/problems/decoding": "the bytes are no text in any encoding that is read here",
    "/problems/unreadable-file": "the document is encrypted",
    "/problems/store-unavailable": "the store does not answer: ConnectionError",
    "/problems/unauthenticated": "send an API key as a bearer token",
    "/problems/rate-limited": "at most 600 requests in 60 s",
    "/problems/still-running": "a request with this Idempotency-Key is being answered",
    "/problems/key-reused": "this Idempotency-Key came with another request before",
    "/problems/timeout": "not done within 60 s",
    "/problems/not-cached": "no result of this text is kept",
}


def problem_example(kind: str) -> dict[str, Any]:
    """Return an answer that tells of the problem ``kind``."""
    fields = (_MISSING,) if kind == INVALID_BODY else ()
    detail = _DETAILS.get(kind, KINDS[kind].title)
    body = problem(kind, detail, fields, "5f0c1c3e9a7b4d0e8f2a6b1c")
    return body.model_dump(mode="json", exclude_none=True)


def plain(value: Schema) -> dict[str, Any]:
    """Return a value as it stands in JSON."""
    return value.model_dump(mode="json")
