"""Whose number it is: the indicator's words nearby."""

from groundwork.quantities.find.draft import Draft


def name(text: str, drafts: list[Draft]) -> None:
    """Fill in the labels of all drafts."""
