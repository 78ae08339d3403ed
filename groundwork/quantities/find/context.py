"""What the words before a number say of it: change, basis, estimate, period."""

from groundwork.quantities.find.draft import Draft


def govern(text: str, drafts: list[Draft]) -> None:
    """Fill in change, toward, relation, basis, qualifier and period of all drafts."""
