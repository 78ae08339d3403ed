"""Every quantity of a text, in one pass over it."""

from groundwork.quantities.find.finder import find
from groundwork.quantities.find.windows import Known

__all__ = ["Known", "find"]
