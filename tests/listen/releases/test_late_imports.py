"""A published wave takes no answer any more: a later file says so, line by line."""

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
    assert counts(late) == (0, 0, before, 1)
    assert reasons(late) == [(6, "wave", "wave_released")]
    assert Response.objects.count() == before
