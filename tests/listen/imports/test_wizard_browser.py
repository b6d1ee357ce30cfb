"""The whole way in a real browser: sign in, two files through the four steps, the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import house
from tests.browser import axe_violations, fresh_page, signed_in
from tests.listen.imports.test_wizard import ORGANISATION, RETURNS, latest
from visavis.core.words import Role
from visavis.listen.imports import pulse
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.sweeps import work_on
from visavis.listen.returns.models import Response, Verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def choose(page: Any, kind: str, path: Path) -> None:
    page.get_by_role("link", name="Importer un fichier").click()
    page.check(f"input[name=kind][value={kind}]")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Continuer vers les colonnes").click()


def import_it(page: Any) -> None:
    page.get_by_role("button", name="Essayer sur").click()
    page.locator("form[action$='lancer/'] button").click()
    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    work_on(latest().pk)
    page.get_by_role("heading", name="Le résultat").wait_for()


def test_somebody_signs_in_and_brings_an_organisation_and_returns(
    page: Any, live_server: Any, tmp_path: Path
) -> None:
    member = house.member(house.company(), Role.QUALITY)
    organisation, returns = tmp_path / "organisation.csv", tmp_path / "retours.csv"
    organisation.write_text(ORGANISATION, encoding="utf-8", newline="")
    returns.write_text(RETURNS, encoding="cp1252", newline="")
    page.goto(f"{live_server.url}/compte/login/?next=/admin/imports/")
    page.fill("input[name=login]", member.account.email)
    page.fill("input[name=password]", house.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    with pulse.beating(every=60):
        choose(page, "organisation", organisation)
        import_it(page)
        page.get_by_role("link", name="Tous les imports").click()
        choose(page, "returns", returns)
        assert "Windows-1252" in page.inner_text("main")
        import_it(page)
    assert "Note impossible" in page.inner_text("main")
    with page.expect_download() as rejects:
        page.get_by_role("link", name="Télécharger les lignes rejetées").click()
    assert "NOTE_SATISFACTION" in Path(rejects.value.path()).read_text(encoding="utf-8-sig")
    assert Response.objects.count() == 2
    assert Verbatim.objects.filter(text="Trop d’attente avant de parler à quelqu’un.").exists()


def test_an_import_under_way_can_be_stopped_from_its_page(
    page: Any, live_server: Any, tmp_path: Path
) -> None:
    returns = tmp_path / "retours.csv"
    returns.write_text(RETURNS, encoding="utf-8", newline="")
    signed_in(page, house.member(house.company(), Role.QUALITY).client, live_server.url)
    page.goto(f"{live_server.url}/admin/imports/")
    choose(page, "returns", returns)
    page.get_by_role("button", name="Essayer sur").click()
    page.locator("form[action$='lancer/'] button").click()
    page.get_by_text("visavis worker").wait_for()
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("est arrêté").wait_for()
    assert latest().status == ImportRun.Status.CANCELLED


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_each_step_is_accessible_and_narrow(
    chromium: Any, live_server: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    house.channel("phone", aliases=["TEL"])
    returns = tmp_path / "retours.csv"
    returns.write_text(RETURNS, encoding="utf-8", newline="")
    with fresh_page(chromium, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        signed_in(page, house.member(house.company(), Role.QUALITY).client, live_server.url)
        page.goto(f"{live_server.url}/admin/imports/")

        def look(step: str) -> None:
            for summary in page.locator("main details > summary").all():
                summary.click()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step
            assert not axe_violations(page, RULES), step

        look("list")
        choose(page, "returns", returns)
        look("columns")
        page.get_by_role("button", name="Essayer sur").click()
        page.get_by_role("button", name="réessayer").wait_for()
        look("check")
        page.locator("form[action$='lancer/'] button").click()
        page.get_by_text("Vous pouvez quitter cette page").wait_for()
        look("under way")
        work_on(latest().pk)
        page.get_by_role("heading", name="Le résultat").wait_for()
        look("result")
