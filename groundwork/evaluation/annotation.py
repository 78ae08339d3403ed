"""What stands in a text, as annotators or as an engine say it: one form for both sides."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from groundwork.errors import GoldError
from schemas.quantity import Change, Qualifier, QuantityType
from schemas.result import Kind, Result

_BOM: Final = b"\xef\xbb\xbf"
_SHOWN: Final = 10
"""Faulty files that are named; the rest are counted."""


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


@dataclass(frozen=True, slots=True)
class GoldFolder:
    """The annotated texts of a folder, and what was left out of it."""

    documents: tuple[GoldDocument, ...]
    passed_over: tuple[str, ...] = ()
    """JSON files without an ``items`` field: an index, a list of noise."""
    unannotated: tuple[str, ...] = ()
    """Texts beside the annotated ones that nobody annotated."""


def read_gold(gold_dir: Path, text_dir: Path) -> GoldFolder:
    """Return the annotated documents of ``gold_dir`` in the order of their names.

    Raises GoldError when there is none, and else one for all files together whose text is missing
    or unreadable, whose fields are wrong, or whose quotes are not in their text.
    """
    documents, passed_over, faults, used = [], [], [], set()
    for path in sorted(gold_dir.glob("*.json")):
        try:
            gold = _Gold.read(path)
            if gold is None:
                passed_over.append(path.name)
                continue
            source = _text_of(path, gold, text_dir)
            used.add(source.name)
            documents.append(_document(path, gold, source))
        except GoldError as error:
            faults.append(str(error))
    if faults:
        more = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise GoldError("\n".join(faults[:_SHOWN] + more))
    if not documents:
        raise GoldError(f"no annotated document in {gold_dir}")
    others = sorted(path.name for path in text_dir.glob("*.txt") if path.name not in used)
    return GoldFolder(tuple(documents), tuple(passed_over), tuple(others))


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
            fields = from_json(_bytes(path).removeprefix(_BOM))
        except ValueError:
            raise GoldError(f"{path.name} is no JSON") from None
        if not isinstance(fields, dict) or "items" not in fields:
            return None
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            where = "/".join(map(str, error.errors()[0]["loc"]))
            raise GoldError(f"{path.name}: {where} is no annotation") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path.name} cannot be read ({error.strerror})") from None


def _text_of(path: Path, gold: _Gold, text_dir: Path) -> Path:
    """Return the file that was annotated: the one that is named, or the one named alike."""
    names = [gold.file or f"{path.stem}.txt", f"{path.stem}.txt"]
    source = next((text_dir / name for name in names if (text_dir / name).is_file()), None)
    if source is None:
        raise GoldError(f"{path.name}: there is no {names[0]} in {text_dir}")
    return source


def _document(path: Path, gold: _Gold, source: Path) -> GoldDocument:
    try:
        text = _bytes(source).decode("utf-8")  # As it is: offsets count line ends and marks.
    except UnicodeDecodeError:
        raise GoldError(f"{path.name}: {source.name} is not UTF-8") from None
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
