"""A published wave takes no answer any more: a later file says so, line by line, and tells nothing of it."""

from __future__ import annotations

import pytest

from tests.listen.imports.room import BAROMETER, ORGANISATION, counts, imported, reasons
from tests.listen.releases.company import open_gate, release
from visavis.listen.campaigns.models import Campaign
from visavis.listen.returns.models import Response

pytestmark = pytest.mark.django_db


def test_a_late_answer_is_refused_and_the_same_file_changes_nothing() -> None:
    imported("organisation", ORGANISATION)
    imported("barometer", BAROMETER)
    open_gate()
    release(Campaign.objects.get(wave="2025-11"))
    before = Response.objects.count()
    late = imported("barometer", BAROMETER + "2025-11;escaut;1;1;1;\n")
    assert counts(late) == (0, 0, 0, before + 1)
    assert reasons(late) == [(line, "wave", "wave_released") for line in range(2, 7)]
    assert Response.objects.count() == before


HEADER, *ANSWERS = BAROMETER.splitlines()
#: What nobody answered: the same but for a mark.
GUESSED = "2025-11;lys;2;4;2;"


@pytest.mark.parametrize("published", [False, True])
def test_a_file_of_guesses_tells_nothing_of_what_was_answered(published: bool) -> None:
    """Whoever may bring files in learns from none of them whether somebody answered just so."""
    imported("organisation", ORGANISATION)
    imported("barometer", BAROMETER)
    if published:
        open_gate()
        release(Campaign.objects.get(wave="2025-11"))
    right, wrong = (imported("barometer", f"{HEADER}\n{row}\n") for row in (ANSWERS[-1], GUESSED))
    assert (counts(right), reasons(right)) == (counts(wrong), reasons(wrong))
    assert counts(right) == ((0, 0, 0, 1) if published else (1, 0, 0, 0))
    assert Response.objects.count() == len(ANSWERS) + (not published)
