"""The page of original words: whoever may ask for them, on a return of theirs."""

from __future__ import annotations

from tests import house
from tests.matrix import ABSENT, Row
from visavis.core.words import Role

MAY_ASK = frozenset({Role.MANAGER, Role.QUALITY})


def _masked(cast: house.Cast) -> dict[str, int]:
    said = house.response(cast.ours)
    house.verbatim(said, "Rappelez Nadège au 06 12 34 56 78.")
    return {"pk": said.pk}


ROWS = [Row("verbatims:originals", may=MAY_ASK, of=_masked, absent={"pk": ABSENT})]
