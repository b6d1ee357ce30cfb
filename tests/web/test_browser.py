"""The furniture in a real browser: accessibility, narrow screens, keys, swaps, what was typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser import axe_violations, fresh_page, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Without it axe fetches our stylesheets again and trips over the policy that forbids inline ones.
RULES = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
PAGES = ["/admin/pieces/", "/aide/", "/compte/2fa/"]


@pytest.fixture
def inside(page: Any, live_server: Any) -> Any:
    """A page of somebody signed in, and a way to go somewhere."""
    signed_in(page, house.member().client, live_server.url)
    page.house = live_server.url
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/compte/login/", "/nowhere/"])
def test_axe_finds_nothing_to_say(chromium: Any, live_server: Any, path: str, width: int, theme: str) -> None:
    with fresh_page(chromium, viewport={"width": width, "height": 844}, color_scheme=theme) as page:
        if path in PAGES:
            signed_in(page, house.member().client, live_server.url)
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        assert not axe_violations(page, RULES)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_at_320_pixels(chromium: Any, live_server: Any, path: str) -> None:
    with fresh_page(chromium, viewport={"width": 320, "height": 640}) as page:
        signed_in(page, house.member().client, live_server.url)
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for summary in page.locator("main details > summary").all():
            summary.click()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), summary.inner_text()


@pytest.fixture
def violations(inside: Any) -> list[str]:
    """What the browser refused because of our own policy."""
    said: list[str] = []
    inside.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    return said


def test_the_policy_on_content_refuses_nothing_of_ours(inside: Any, violations: list[str]) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.wait_for_selector("#late")
    assert violations == []


def test_what_comes_later_replaces_its_skeleton(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.wait_for_selector("#late")
    assert inside.locator("[aria-busy] [data-height]").count() == 1


def test_a_form_with_errors_is_swapped_and_takes_the_attention(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/try/")
    inside.get_by_role("button", name="Envoyer").click()
    expect(inside.locator(".error-summary")).to_be_focused()
    inside.locator(".error-summary a").first.click()
    expect(inside.locator("#id_reply")).to_be_focused()


def test_a_form_that_is_right_says_so_in_a_toast_and_keeps_the_attention_there(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/try/")
    inside.fill("#id_reply", "Merci")
    inside.locator(".choices label").nth(3).click()
    inside.get_by_role("button", name="Envoyer").click()
    inside.wait_for_selector("#toasts .message[data-level=success]")
    expect(inside.locator("#try")).to_be_focused()


def test_what_was_typed_outlives_a_lost_page_and_goes_once_it_is_sent(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/try/")
    inside.fill("#id_reply", "Une longue réponse")
    inside.reload()
    assert inside.input_value("#id_reply") == "Une longue réponse"
    inside.locator(".choices label").nth(3).click()
    inside.get_by_role("button", name="Envoyer").click()
    inside.wait_for_selector("#toasts .message[data-level=success]")
    inside.reload()
    assert inside.input_value("#id_reply") == ""


def test_when_the_server_does_not_answer_the_page_says_so(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/try/")
    inside.route("**/try/", lambda route: route.abort())
    inside.get_by_role("button", name="Envoyer").click()
    inside.wait_for_selector("#toasts .message[data-level=error]")


def test_keys_walk_along_a_list_and_can_be_switched_off(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.evaluate("document.activeElement.blur()")
    here = "document.activeElement.id"
    assert [(inside.keyboard.press(key), inside.evaluate(here))[1] for key in "jjk"] == [
        "return-1",
        "return-2",
        "return-1",
    ]
    inside.keyboard.press("r")
    assert inside.evaluate("document.activeElement.textContent.trim()") == "Rappeler"
    inside.locator("#blank_title").press_sequentially("jk?")
    assert inside.input_value("#blank_title") == "jk?"
    inside.evaluate("document.documentElement.dataset.keys = 'off'; document.activeElement.blur()")
    inside.keyboard.press("j")
    assert inside.evaluate(here) != "return-1"


def test_a_dialogue_opens_closes_and_gives_the_attention_back(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.get_by_role("button", name="Ouvrir un dialogue").click()
    expect(inside.locator("#sample-dialog")).to_be_visible()
    assert not axe_violations(inside, RULES)
    inside.keyboard.press("Escape")
    expect(inside.locator("#sample-dialog")).to_be_hidden()
    expect(inside.locator("[data-dialog=sample-dialog]")).to_be_focused()


def test_a_menu_closes_with_escape_and_when_the_attention_goes_elsewhere(inside: Any) -> None:
    inside.goto(inside.house + "/aide/")
    menu = inside.locator("details.menu").first
    inside.locator(".person").click()
    expect(menu).to_have_attribute("open", "")
    assert not axe_violations(inside, RULES)
    inside.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    inside.locator(".person").click()
    expect(menu).to_have_attribute("open", "")
    inside.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_appearance_is_chosen_once_also_before_signing_in(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/compte/login/")
    page.locator("summary", has_text="Affichage").click()
    page.get_by_role("button", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(live_server.url + "/aide/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(inside: Any) -> None:
    inside.goto(inside.house + "/aide/")
    inside.keyboard.press("Tab")
    assert inside.evaluate("document.activeElement.className").startswith("skip-link")
    assert inside.evaluate("document.activeElement.getBoundingClientRect().width > 40")
    inside.keyboard.press("Enter")
    expect(inside).to_have_url(re.compile("#"))
    inside.keyboard.press("Tab")
    assert inside.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "2px"


def test_everything_stands_without_scripts(chromium: Any, live_server: Any) -> None:
    with fresh_page(chromium, java_script_enabled=False) as page:
        signed_in(page, house.member().client, live_server.url)
        page.goto(live_server.url + "/admin/pieces/")
        page.locator(".person").click()
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.select_option("#filter-periode", "12m")
        page.locator(".filters form button").first.click()
        expect(page).to_have_url(re.compile("periode=12m"))
        page.goto(live_server.url + "/admin/pieces/try/")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".error-summary")).to_be_visible()
        page.fill("#id_reply", "Thanks")
        page.locator(".choices label").nth(3).click()
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".message[data-level=success]")).to_be_visible()


def test_a_file_dropped_on_its_frame_is_chosen(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["a;b"], "contacts.csv"));
            const frame = document.querySelector("[data-drop]");
            frame.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert inside.evaluate("document.querySelector('#blank_file').files[0].name") == "contacts.csv"


def test_a_printed_page_leaves_out_what_cannot_be_pressed(inside: Any) -> None:
    inside.goto(inside.house + "/admin/pieces/")
    inside.emulate_media(media="print")
    assert not inside.locator(".side").is_visible()
    assert not inside.locator(".filters").first.is_visible()
    assert inside.locator(".chart-wide, .chart-narrow").first.is_visible()
