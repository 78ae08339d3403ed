"""Last year's goals and plans against this year's achievements.

``compare(last, this)`` takes two Results and follows every number that was promised. Numbers are
paired by the words that name them and their unit, all at once, each pair with a score; a pair
that is not certain is shown with its doubts, and never counted as met or missed.
"""

from groundwork.comparison.following import compare

__all__ = ["compare"]
