"""What stands in a text, as annotators or as an engine say it: one form for both sides."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from groundwork.errors import GoldError
from schemas.quantity import Change, Qualifier, QuantityType
from schemas.result import Kind, Result


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its kind and the source ranges it covers."""

    kind: Kind
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the source and what it was read as."""

    start: int
    end: int
    type: QuantityType
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    masked: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    change: Change | None = None

    def touches(self, other: "Number") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything one side says of one document."""

    statements: tuple[Statement, ...] = ()
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated text."""

    name: str
    text: str
    annotation: Annotation


def found_in(result: Result) -> Annotation:
    """Return what a result says, in the annotators' form."""
    return Annotation(
        tuple(
            Statement(item.kind, tuple((span.start, span.end) for span in item.evidence))
            for report in result.reports
            for item in report.items
        ),
        tuple(
            Number(
                start=quantity.span.start,
                end=quantity.span.end,
                type=quantity.type,
                value=quantity.value,
                upper=quantity.upper,
                unit=quantity.unit,
                masked=quantity.masked,
                qualifier=quantity.qualifier,
                change=quantity.change,
            )
            for report in result.reports
            for quantity in report.quantities
        ),
    )


def read_gold(gold_dir: Path, text_dir: Path) -> list[GoldDocument]:
    """Return the annotated documents of ``gold_dir`` in the order of their names.

    JSON files that hold no ``items`` list (an index, a list of noise) are passed over. Raises
    GoldError when there is none, when a text is missing, or when a quote is not in its text.
    """
    documents = []
    for path in sorted(gold_dir.glob("*.json")):
        gold = _Gold.read(path)
        if gold is not None:
            documents.append(_document(path, gold, text_dir))
    if not documents:
        raise GoldError(f"no annotated document in {gold_dir}")
    return documents


class _Lenient(BaseModel):
    """Annotators may note more than we count."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Quoted(_Lenient):
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str | None = None


class _Item(_Quoted):
    kind: Kind


class _Quantity(_Quoted):
    type: QuantityType = QuantityType.OTHER
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    masked: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    change: Change | None = None


class _Gold(_Lenient):
    file: str | None = None
    items: tuple[_Item, ...]
    quantities: tuple[_Quantity, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "_Gold | None":
        """Return the annotations in ``path``, or None when it holds something else."""
        try:
            raw = path.read_bytes()
            if not isinstance(_Any.model_validate_json(b'{"it":' + raw + b"}").it, dict):
                return None
            return cls.model_validate_json(raw)
        except ValidationError as error:
            if any(found["loc"] == ("items",) for found in error.errors()):
                return None
            where = "/".join(map(str, error.errors()[0]["loc"])) or "the file"
            raise GoldError(f"{path.name}: {where} is no annotation") from None


class _Any(BaseModel):
    it: object


def _document(path: Path, gold: _Gold, text_dir: Path) -> GoldDocument:
    names = [gold.file or f"{path.stem}.txt", f"{path.stem}.txt"]
    source = next((text_dir / name for name in names if (text_dir / name).is_file()), None)
    if source is None:
        raise GoldError(f"{path.name}: there is no {names[0]} in {text_dir}")
    # Line ends are not translated: offsets count them as they are.
    text = source.read_bytes().decode("utf-8")
    for entry in (*gold.items, *gold.quantities):
        fits = entry.start < entry.end <= len(text)
        if not fits or entry.quote not in {None, text[entry.start : entry.end]}:
            raise GoldError(f"{path.name}: the quote at {entry.start} is not in {source.name}")
    return GoldDocument(
        path.stem,
        text,
        Annotation(
            tuple(Statement(item.kind, ((item.start, item.end),)) for item in gold.items),
            tuple(Number(**entry.model_dump(exclude={"quote"})) for entry in gold.quantities),
        ),
    )
