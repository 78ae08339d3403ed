"""The example of a comparison for the document: made by hand, offsets computed."""

from typing import Final

from schemas.comparison import (
    ComparedReport,
    Comparison,
    ComparisonRequest,
    Followed,
    Outcome,
    Side,
    Stated,
)
from schemas.quantity import Basis, Quantity, QuantityType
from schemas.result import Kind
from schemas.span import Span
from schemas.verdict import Explanation

_LAST: Final = "云溪市科技局2022年工作总结\n\n二、2023年工作目标\n高新技术企业总数达到310家。\n"
_THIS: Final = "云溪市科技局2023年工作总结\n\n一、主要成效\n高新技术企业累计达到325家。\n"

COMPARISON_REQUEST: Final = ComparisonRequest(
    last=ComparedReport(text=_LAST), this=ComparedReport(text=_THIS)
)


def _stated(kind: Kind, text: str, source: str, quantity: Quantity) -> Stated:
    return Stated(
        item="r1i1", kind=kind, text=text, evidence=[_span(text, source)], quantity=quantity
    )


def _span(quote: str, source: str) -> Span:
    start = source.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def _firms(quote: str, source: str, basis: Basis | None = None) -> Quantity:
    return Quantity(
        id="q2",
        span=_span(quote, source),
        type=QuantityType.COUNT,
        value=quote.removesuffix("家"),
        unit="家",
        basis=basis,
        label="高新技术企业",
    )


COMPARISON: Final = Comparison(
    last=Side(
        id="5f70c1e2a3b4958677685940312233445566778899aabbccddeeff0011223344",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        title="云溪市科技局2022年工作总结",
        organisation="云溪市科技局",
        period="2022",
    ),
    this=Side(
        id="6a81d2f3b4c5a69788796a51423344556677889900bbccddeeff001122334455",
        sha256="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        title="云溪市科技局2023年工作总结",
        organisation="云溪市科技局",
        period="2023",
    ),
    followed=[
        Followed(
            target=_stated(Kind.GOAL, "高新技术企业总数达到310家", _LAST, _firms("310家", _LAST)),
            outcome=Outcome.MET,
            achieved=_stated(
                Kind.ACHIEVEMENT,
                "高新技术企业累计达到325家",
                _THIS,
                _firms("325家", _THIS, Basis.CUMULATIVE),
            ),
            score=1.0,
            completion="104.8",
            difference="15",
            explanation=Explanation(
                zh="目标310家,实际325家,完成104.8%:已完成。",
                en="Target 310家, actual 325家, 104.8 % of it: met.",
            ),
        )
    ],
    counts={outcome: int(outcome is Outcome.MET) for outcome in Outcome},
)
