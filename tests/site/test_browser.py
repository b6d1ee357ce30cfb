"""The browser and axe bite: what they would miss, nobody would find."""

from __future__ import annotations

from typing import Any

import pytest

from tests import house
from tests.browser import axe_violations, signed_in

pytestmark = pytest.mark.browser


def test_axe_finds_a_planted_fault(page: Any) -> None:
    page.set_content("<html lang='fr'><title>x</title><main><h1>x</h1><input></main></html>")
    assert any(line.startswith("label:") for line in axe_violations(page))


def test_an_error_of_the_page_is_raised(chromium: Any) -> None:
    from tests.browser import fresh_page

    with pytest.raises(AssertionError, match="planted"), fresh_page(chromium) as page:
        page.set_content("<script>throw new Error('planted')</script>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_sign_in_page_has_no_violation(live_server: Any, chromium: Any, scheme: str, width: int) -> None:
    from tests.browser import fresh_page

    choices = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with fresh_page(chromium, **choices) as page:
        page.goto(f"{live_server.url}/compte/login/")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert axe_violations(page) == []


def test_a_session_of_a_test_is_one_of_the_browser(live_server: Any, page: Any) -> None:
    member = house.member(house.unit())
    signed_in(page, member.client, live_server.url).goto(f"{live_server.url}/compte/password/change/")
    assert page.url.endswith("/compte/password/change/")
