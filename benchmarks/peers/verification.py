"""Judging claims: characters of claims a CPU second, on one core.

The first rows are the sentences of the example reports, one number in sixteen characters, against
their own spans and against the whole text: word for word, with one digit altered, and with a
clause added. The others are the corpus's claims, altered and faithful, against the spans they
cite. Finding the numbers of a claim is part of it; reading the source is the last row.
"""

from benchmarks import verification_speed
from benchmarks.peers.table import Table


def measure() -> Table:
    """Measure each form of claim."""
    text, reading = verification_speed.read(verification_speed.body())
    rows = []
    for name in verification_speed.FORMS:
        near, far = (
            verification_speed.speed(verification_speed.told(text, name, whole=whole))
            for whole in (False, True)
        )
        rows.append([name, f"{near:,.0f}", f"{far:,.0f}"])
    names = {"refused": "the corpus, altered", "accepted": "the corpus, faithful"}
    for expected, claims in sorted(verification_speed.corpus().items(), reverse=True):
        rows.append([names[expected], f"{verification_speed.speed(claims):,.0f}", ""])
    rows.append(["reading the source", f"{reading:,.0f}", ""])
    columns = ("claims", "against their spans", "against all")
    return Table("verification", "Claims", columns, rows, __doc__.split("\n\n", 1)[1].strip())
