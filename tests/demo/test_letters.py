"""What Vaubrune would send: prepared, shown, and never sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from tests.demo.conftest import Instance, browser_of
from visavis.demo.vaubrune.world import TODAY
from visavis.people.access.clock import now
from visavis.share.letters import jobs
from visavis.share.letters.models import Letter, State

pytestmark = pytest.mark.slow


def test_the_outbox_has_the_latest_of_each_and_none_leaves(vaubrune: Instance) -> None:
    assert jobs.sweep(at=now(), today=TODAY) == 0
    assert not getattr(mail, "outbox", [])
    found: Any = Letter.objects.order_by("pk").values_list("account__email", "period", "state")
    assert {(email.partition(".")[0], period, state) for email, period, state in found} == {
        ("claire", "2025-10", State.WAITING),
        ("thomas", "2025-11-28..2025-11-30", State.WAITING),
        ("sophie", "2025-11-28..2025-11-30", State.WAITING),
    }


def test_whoever_is_concerned_sees_what_would_leave(vaubrune: Instance) -> None:
    letter = Letter.objects.get(account__email__startswith="claire")
    page = browser_of("claire").get(f"/partager/envois/lettres/{letter.pk}/").content.decode()
    assert "Rapport d’octobre 2025, Mutuelle Vaubrune" in page
    assert "Axes prioritaires proposés".upper() in page
    assert "aucun ne part" in browser_of("yann").get("/admin/envois/").content.decode()
