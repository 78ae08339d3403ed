"""Every quantity of a text, in one pass over it."""

from groundwork.quantities.find.finder import find

__all__ = ["find"]
