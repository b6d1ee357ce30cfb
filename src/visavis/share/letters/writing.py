"""A sheet as plain text and as a page for mail readers: words first, no image, nothing fetched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from visavis.core.periods import Period
from visavis.draw.palette import PAPER
from visavis.people.access.viewer import viewer_of
from visavis.people.accounts.models import Account
from visavis.share.letters.models import Subscription
from visavis.share.letters.recipients import language_of
from visavis.share.letters.sheets import Group, Row, Sheet, sheet

_BODY = f"margin:0;padding:24px 12px;background:{PAPER.well};color:{PAPER.ink};font:16px/1.5 {PAPER.font}"
_PAPER = f"max-width:640px;margin:0 auto;padding:24px;background:{PAPER.surface}"
_HEAD = "font-size:24px;line-height:1.3;margin:0 0 16px"
_TITLE = "font-size:18px;margin:24px 0 8px;text-align:left"
_CELL = (
    f"padding:8px 12px 8px 0;border-top:1px solid {PAPER.line};text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere"
)
#: What a row is called: a narrow screen widens it rather than cut a word.
_NAME = f"{_CELL};overflow-wrap:break-word;width:34%"
_QUIET = f"color:{PAPER.ink_2};font-size:14px"
#: The one rule that no attribute can hold: whoever reads by keyboard sees where she is.
RULE = f"a:focus-visible{{outline:3px solid {PAPER.ink};outline-offset:2px}}"
_LINK = f"color:{PAPER.customers};text-decoration:underline"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it would leave."""

    subject: str
    text: str
    html: str
    stop_url: str
    heard: int


def write(subscription: Subscription, account: Account, period: Period, *, today: dt.date) -> Written:
    """Write the letter of a period to a recipient, in her language, from what she may read on that day.

    Args:
        subscription: what is told.
        account: to whom.
        period: what it tells.
        today: the day on which her rights must hold.

    Returns:
        The letter; ``heard`` is 0 when there is nothing to tell.
    """
    with translation.override(language_of(account)):
        told = sheet(
            viewer_of(account, today=today), subscription, period, account_id=account.pk, today=today
        )
        return Written(told.subject, text(told), html(told), told.stop[1], told.heard)


def text(told: Sheet) -> str:
    """The sheet as plain text."""
    parts = [told.subject, *told.lead, *map(_group_text, told.groups)]
    parts += [f"{words}\n{url}" for words, url in told.links]
    return "\n\n".join([*parts, "-- ", *told.closing, "\n".join(told.stop)]) + "\n"


def _group_text(group: Group) -> str:
    rows = [_row_text(row) for row in group.rows] or [group.none]
    return "\n".join([group.title.upper(), *rows])


def _row_text(row: Row) -> str:
    lines = [f"- {row.label}", f"  {row.said}", f"  {row.more}" if row.more else ""]
    return "\n".join(filter(None, lines))


def html(told: Sheet) -> str:
    """The sheet as a page with literal colours, in plain tables that every mail reader shows."""
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">'
        '<link rel="icon" href="data:,"><style>{}</style><title>{}</title></head>'
        '<body style="{}"><main style="{}"><h1 style="{}">{}</h1>{}{}{}'
        '<div style="{}">{}<p><a style="{}" href="{}">{}</a></p></div></main></body></html>',
        told.language,
        RULE,
        told.subject,
        _BODY,
        _PAPER,
        _HEAD,
        told.subject,
        _paragraphs(told.lead),
        format_html_join("", "{}", ((_group(group),) for group in told.groups)),
        _links(told.links),
        f"{_QUIET};margin-top:24px",
        _paragraphs(told.closing),
        _LINK,
        told.stop[1],
        told.stop[0],
    )


def _paragraphs(lines: list[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def _group(group: Group) -> SafeString:
    title = format_html('<h2 style="{}">{}</h2>', _TITLE, group.title)
    if not group.rows:
        return format_html("{}<p>{}</p>", title, group.none)
    return format_html(
        '{}<table style="width:100%;border-collapse:collapse">{}</table>',
        title,
        format_html_join("", "{}", ((_row(row),) for row in group.rows)),
    )


def _row(row: Row) -> SafeString:
    more = format_html('<br><span style="{}">{}</span>', _QUIET, row.more) if row.more else ""
    return format_html(
        '<tr><th scope="row" style="{}">{}</th><td style="{}">{}{}</td></tr>',
        _NAME,
        row.label,
        _CELL,
        row.said,
        more,
    )


def _links(links: list[tuple[str, str]]) -> SafeString:
    return format_html_join(
        "", '<p><a style="{}" href="{}">{}</a></p>', ((_LINK, url, words) for words, url in links)
    )
