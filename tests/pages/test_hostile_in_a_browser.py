"""Pages of each kind with hostile strings wherever people write, in Chromium, scripts on.

``benchmarks/hostile.py --browser`` opens every page with all of the strings.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests import planted
from tests.pages import hostile_browser, hostile_company
from tests.pages.hostile_company import READ
from tests.pages.test_hostile import some
from visavis.web.models import PolicyReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: A page of each kind, where words of others stand in as many ways as there are.
SHOWN = {
    "inbox:cases", "inbox:case", "imports:list", "barometer:wave", "law:document", "letters:preview_page",
    "alerts:watch", "boards:home", "boards:team", "restitution:report", "restitution:day", "settings:unit",
    "settings:journal", "references:lists", "correspondences:list", "journeys:edit", "verbatims:list",
    "verbatims:one", "themes:theme", "mirror:study", "symmetry:symmetry",
}  # fmt: skip


def test_nothing_runs_in_a_browser(chromium: Any) -> None:
    """All that is folded opened: no script, no dialogue, nothing asked of elsewhere, nothing refused."""
    read = [row for row in READ if row.name in SHOWN]
    assert len(read) == len(SHOWN)
    world = hostile_company.build(20, read)
    planted.plant(some(150))
    with hostile_browser.serving() as address:
        asked = [(row, hostile_company.roles(row)[-1]) for row in read]
        walked = list(hostile_browser.walk(chromium, address, world, asked))
    assert len(walked) == len(read)
    assert not [fault for _row, faults in walked for fault in faults]
    assert not PolicyReport.objects.exists()


def test_what_runs_in_a_browser_is_told(page: Any) -> None:
    page.add_init_script(hostile_browser.WATCH)
    page.goto("data:text/html,<img src=x onerror=alert(1)><script>prompt(2)</script>")
    page.wait_for_function("window.ran.length === 2")
    assert sorted(page.evaluate("window.ran")) == ["alert 1", "prompt 2"]
