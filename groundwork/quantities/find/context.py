"""What the words before a number say of it: change, basis, estimate."""

import re

from groundwork.quantities.find import cues, labels
from groundwork.quantities.find.draft import Draft, Said
from schemas.quantity import Basis, Change, Qualifier, QuantityType

_SENTENCE = re.compile("(?s:.*)[。;；!！?？\n]")
_CLAUSE = re.compile("(?s:.*)[，,]")
_RELATIVE = (
    QuantityType.PERCENT,
    QuantityType.PERCENTAGE_POINT,
    QuantityType.MULTIPLE,
    QuantityType.RATIO,
)
_OBJECTS = (QuantityType.COUNT, QuantityType.AREA, QuantityType.LENGTH)
_TIMELESS = (QuantityType.DATE, QuantityType.DURATION, QuantityType.RANK)


def read(text: str, draft: Draft, before: Said | None, dated: int, called: str) -> Said:
    """Read the words of a window before and after its one number.

    ``before`` is what is said of the number that ends where the window begins, if one does;
    ``dated`` is where a date in between ends. The window ends where the next number begins.
    ``called`` is a name in quotation marks right before the number, which may hold numbers.
    """
    reading = _Reading(text, draft, before)
    reading.read()
    return Said(
        draft.type, draft.change, draft.toward, draft.relation, draft.basis, draft.qualifier,
        labels.name(text, draft, before, dated, called), reading.added, reading.estimated,
    )  # fmt: skip


class _Reading:
    """One number and the words between it and the number before."""

    def __init__(self, text: str, draft: Draft, before: Said | None) -> None:
        self.text = text
        self.draft = draft
        self.sentence = _after(_SENTENCE.match(text, 0, draft.start), 0)
        """Where the statement begins, or the number before ends."""
        self.clause = _after(_CLAUSE.match(text, self.sentence, draft.start), self.sentence)
        self.joined = before is not None and self.sentence == 0
        """No sentence ends between this number and the one before."""
        self.before = before if self.joined else None
        self.earlier = before
        self.added: Change | None = None
        self.estimated = False

    def read(self) -> None:
        draft = self.draft
        if draft.type is not QuantityType.RANK:
            self._change()
        if draft.unit == "位" and (draft.change or draft.toward):
            draft.type = QuantityType.RANK
        self._estimate()
        self._basis()
        self._relation()

    def _words(self) -> str:
        return self.text[self.sentence : self.draft.start]

    def _continues(self) -> bool:
        """Tell whether the words since the number before hold no statement of their own."""
        words = self._words()
        return not (cues.OPENING.match(words) or cues.VERBS.search(words))

    def _change(self) -> None:
        draft = self.draft
        if draft.change is not None or (draft.value or 0) < 0:
            return
        if self._direct() or self._object() or self._after():
            return
        if self.before is None:
            return
        if draft.listed and self._bare_link():
            other = self.before
            draft.change, draft.toward, self.added = other.change, other.toward, other.added
        elif self.before.added and self._same_kind() and self._continues() and self._noun_only():
            self.added = draft.change = self.before.added

    def _noun_only(self) -> bool:
        """Tell whether only the next thing of the list stands before the number."""
        words = self._words().strip()
        if words in ("", ",", "，") or words[-1] in cues.FROM or cues.STOCK.search(words):
            return False
        reached = cues.GAPS.match(self.text, self.draft.start, self.sentence)
        if reached and self.text[reached[0] : self.draft.start] in cues.LEVEL:
            return False
        return self.draft.number[0] - self.draft.start < 2

    def _bare_link(self) -> bool:
        return self.draft.start - self.sentence <= 3

    def _same_kind(self) -> bool:
        mine, other = self.draft.type, self.before.type if self.before else None
        if mine is other and mine not in _RELATIVE and mine is not QuantityType.MONEY:
            return True
        return mine is other and self.text[self.sentence : self.sentence + 1] in ("、", "和")

    def _direct(self) -> bool:
        """Read a verb of change that ends at the number: 增长了5%, 增至14条, 比去年多3家."""
        text, draft = self.text, self.draft
        at, level, reached = draft.start, False, False
        for _ in range(5):
            if text[at - 1 : at] == " ":
                at -= 1
            gap = cues.GAPS.match(text, at, self.sentence)
            verb = cues.CHANGES.match(text, at, self.sentence)
            if gap is None or (verb and verb[0] < gap[0]):
                break
            word = text[gap[0] : at]
            level = level or word in cues.LEVEL
            reached = word in cues.REACHED
            at = gap[0]
        verb = cues.CHANGES.match(text, at, self.sentence) or self._compared(at)
        if verb is None:
            return False
        word = text[verb[0] : at]
        if not self._applies(word, verb[0], self.text[at : draft.start], reached=reached):
            return False
        if (level and word not in cues.RATES) or (reached and not level):
            draft.toward = verb[1]
            return True
        draft.change = verb[1]
        if word in ("新增", "净增", "增加", "减少", "新增加", "净增加"):
            self.added = verb[1]
        return True

    def _applies(self, word: str, begin: int, gap: str, *, reached: bool) -> bool:
        """Tell whether the verb speaks of this number, not of a thing counted or a rate."""
        if self.text[begin - 1 : begin] in cues.NAMES.get(word, ()):
            return False
        if word in cues.SINGLE:
            return reached or self._single(word, begin)
        relative = self.draft.type in _RELATIVE
        if word in cues.LOOSE and not gap and self._thing():
            return False
        if gap.startswith("率") and word not in cues.RATED:
            return False
        return not (relative and cues.BETWEEN.search(self.text, self.clause, begin))

    def _thing(self) -> bool:
        """Tell whether the number may count the verb's object, not the change: 提升3所敬老院."""
        draft = self.draft
        if draft.type not in _OBJECTS or draft.unit == "位":
            return False
        return not cues.EARLIER.search(self.text, self.clause, draft.start)

    def _compared(self, at: int) -> tuple[int, Change] | None:
        found = cues.COMPARED.match(self.text, at, self.sentence)
        if found and cues.EARLIER.search(self.text, max(self.clause - 1, 0), at):
            return found
        return None

    def _single(self, word: str, begin: int) -> bool:
        if self.text[begin - 1 : begin] in cues.SINGLE[word]:
            return False
        return self.draft.type in _RELATIVE or bool(
            cues.EARLIER.search(self.text, self.sentence, begin)
        )

    def _object(self) -> bool:
        """Read 新增 with its object before the number: 新增高新技术企业60家."""
        if self.draft.type in _RELATIVE:
            cut = cues.CUT.search(self.text[self.clause : self.draft.start])
            self.draft.change = cues.DOWN if cut else None
            return cut is not None
        every = [*cues.ADDED.finditer(self.text, self.clause, self.draft.start)]
        if not every:
            return False
        found = every[-1]
        down = found[0][-1] in "减少" or found[0] in ("压减", "削减")
        rest = self.text[found.end() : self.draft.start]
        if rest[:1] in cues.REACHED or cues.STOCK.search(rest):
            return False
        self.draft.change = self.added = cues.DOWN if down else cues.UP
        return True

    def _after(self) -> bool:
        if self.draft.type not in _RELATIVE:
            return False
        found = cues.AFTER_CHANGE.match(self.text, self.draft.end)
        if found is None:
            return False
        self.draft.change = cues.UP if found["up"] else cues.DOWN
        return True

    def _estimate(self) -> None:
        draft = self.draft
        words = self._words()
        self.estimated = bool(cues.ESTIMATE.search(words)) or (
            self.earlier is not None
            and self.earlier.estimated
            and (self.joined or self._after_semicolon())
            and self._continues()
        )
        exact = draft.qualifier is Qualifier.EXACT and draft.type is not QuantityType.DURATION
        if self.estimated and exact:
            draft.qualifier = Qualifier.ESTIMATE

    def _after_semicolon(self) -> bool:
        return self.sentence == 1 and self.text[0] in ";；"

    def _basis(self) -> None:
        draft, words = self.draft, self.text[self.clause : self.draft.start]
        if draft.change or draft.toward or draft.type in _RELATIVE:
            if cues.YOY.search(words):
                draft.basis = Basis.YOY
            elif cues.MOM.search(words):
                draft.basis = Basis.MOM
        if draft.basis is None and draft.change and cues.NET.search(words):
            draft.basis = Basis.NET
        if draft.basis is None and draft.type in (QuantityType.PERCENT, QuantityType.RATIO):
            draft.basis = Basis.SHARE if cues.SHARE.search(words) else None
        if draft.basis is None and "累计" in words and draft.type not in _TIMELESS:
            draft.basis = Basis.CUMULATIVE
        if draft.basis is None and self.before:
            listed = draft.listed or self.text[self.sentence : self.sentence + 1] == "、"
            if listed and draft.type is self.before.type and self._continues():
                draft.basis = self.before.basis

    def _relation(self) -> None:
        draft = self.draft
        if draft.change or draft.type in _TIMELESS:
            return
        words = self.text[self.clause : draft.start]
        if draft.type is QuantityType.PERCENT and cues.SHARED_BY.search(words):
            return
        if cues.ABOVE.search(words):
            draft.relation = cues.UP
        elif cues.BELOW.search(words):
            draft.relation = cues.DOWN


def _after(mark: re.Match[str] | None, low: int) -> int:
    return low if mark is None else mark.end()
