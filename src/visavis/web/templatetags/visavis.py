"""Words of templates: dates, quotes, figures, tokens, links that keep the filters."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from visavis.core.periods import Period, label, spoken_day, spoken_month
from visavis.core.words import Polarity, Voice
from visavis.draw.paper import Table
from visavis.measure import figures
from visavis.measure.estimates import Display, Estimate
from visavis.web import wording
from visavis.web.filters import Filters
from visavis.web.navigation import Row, current_row
from visavis.web.rows import Token

register = template.Library()

_NOTHING = SafeString("")

#: Tone is never told by colour alone.
SIGNS = {Polarity.NEGATIVE: "−", Polarity.POSITIVE: "+", Polarity.MIXED: "±"}
#: A voice is never told by colour alone.
SHAPES = {Voice.CUSTOMER: "●", Voice.EMPLOYEE: "◆"}
NAMES = {Voice.CUSTOMER: gettext_lazy("Customers"), Voice.EMPLOYEE: gettext_lazy("Employees")}


def _language() -> str:
    return get_language() or "fr"


def _local(at: dt.datetime) -> dt.datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


@register.filter
def spoken_date(day: dt.date | None, detail: str = "") -> str:
    """A day in words. ``detail``: "weekday", "short" (no year), "month"."""
    if day is None:
        return ""
    which = _local(day).date() if isinstance(day, dt.datetime) else day
    if detail == "month":
        return spoken_month(which, _language())
    return spoken_day(which, _language(), weekday="weekday" in detail, year="short" not in detail)


@register.filter
def spoken_period(period: Period) -> str:
    """A period in words."""
    return label(period, _language())


@register.filter
def relative(at: dt.datetime | None, now: dt.datetime) -> str:
    """When something happened, seen from ``now`` (every page has one)."""
    return wording.relative_time(_local(at), _local(now), _language()) if at else ""


@register.filter
def hour(at: dt.datetime | dt.time) -> str:
    """The hour of an instant, or an hour of the place itself."""
    return wording.hour(at if isinstance(at, dt.time) else _local(at).time(), _language())


@register.filter
def breakable(text: str) -> SafeString:
    """A name; an e-mail address too long for its line goes on with its @, rather than anywhere."""
    name, at, host = text.partition("@")
    return format_html("{}<wbr>@{}", name, host) if at else format_html("{}", text)


@register.filter
def quote(text: str) -> str:
    """Somebody's words, between quotation marks."""
    return wording.quote(text, _language())


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """A number with the separators of the language."""
    return "" if value is None else figures.number(float(value), _language(), decimals)


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """A share from 0 to 1, as a percentage."""
    return "" if share is None else wording.percent(share, _language(), decimals=decimals)


@register.simple_tag
def token(text: Any, tone: str = "", *, voice: str = "", url: str = "", unsure: bool = False) -> SafeString:
    """A token: sign or shape, then words. Cheap enough for long lists."""
    return row_token(Token(text, tone, voice, url, unsure))


@register.simple_tag
def row_token(row: Token) -> SafeString:
    """A token given as a row."""
    text, tone, voice, url, unsure = row.label, row.tone, row.voice, row.url, row.unsure
    sign = "" if row.plain else SIGNS.get(tone) or SHAPES.get(voice, "")  # type: ignore[call-overload]
    words = format_html("{}&nbsp;{}", sign, text) if sign else format_html("{}", text)
    extra = format_html(' data-tone="{}"', tone) if tone else _NOTHING
    extra += format_html(' data-voice="{}"', voice) if voice else _NOTHING
    extra += format_html(' data-unsure title="{}"', gettext("Uncertain reading")) if unsure else _NOTHING
    if url:
        return format_html('<a class="token" href="{}"{}>{}</a>', url, extra, words)
    return format_html('<span class="token"{}>{}</span>', extra, words)


@register.simple_tag
def mark(value: float, top: int = 5, low: int = 1) -> SafeString:
    """A mark given by somebody: "2 sur 5", tinted by its place on the scale."""
    place = (value - low) / (top - low)
    tone = Polarity.NEGATIVE if place <= 0.3 else Polarity.POSITIVE if place >= 0.75 else ""
    words = gettext("%(mark)s out of %(top)s") % {"mark": figures.number(value, _language()), "top": top}
    return format_html('<span class="token" data-tone="{}">{}</span>', tone, words.replace(" ", wording.NBSP))


@register.simple_tag
def voice(speaker: str, text: Any = "") -> SafeString:
    """Words in the colour of a voice, with its shape: ``{% voice "customer" %}`` says Customers."""
    speaking = Voice(speaker)
    shown = text or NAMES[speaking]
    return format_html(
        '<span class="voice" data-voice="{}"><span class="voice-shape" aria-hidden="true">{}</span>{}</span>',
        speaking.value,
        SHAPES[speaking],
        shown,
    )


@register.simple_tag
def figure(estimate: Estimate, one: str = "", many: str = "") -> dict[str, Any]:
    """What a marker shows of an estimate: figure, count, interval, or that there are too few answers.

    Args:
        estimate: from ``measure``; anything else is refused, so that no bare number reaches a screen.
        one: what is counted, singular; answers by default.
        many: the same, plural.

    Raises:
        TypeError: if ``estimate`` is not an Estimate.
    """
    if not isinstance(estimate, Estimate):
        raise TypeError("a figure is shown from an Estimate: with its n and its interval")
    noun = (one, many) if one and many else None
    hidden = estimate.display is Display.HIDDEN or estimate.estimate is None
    return {
        "text": figures.show(estimate, _language(), noun),
        "value": "" if hidden else estimate.estimate,
        "low": "" if hidden else estimate.low,
        "high": "" if hidden else estimate.high,
        "n": estimate.n,
        "count": figures.count(estimate.n, _language(), noun),
        "span": figures.span(estimate, _language()),
        "hidden": hidden,
        "indicative": estimate.display is Display.INDICATIVE,
    }


@register.filter
def drawing(svg: str) -> SafeString:
    """A picture made by ``draw``, which escapes all that it is given. Anything else is refused.

    Raises:
        ValueError: if it is not a single SVG.
    """
    if not (svg.startswith("<svg ") and svg.endswith("</svg>")) or "<script" in svg:
        raise ValueError("only a picture made by visavis.draw is shown as it is")
    return mark_safe(svg)  # noqa: S308 - checked above, written by draw.paper


@register.filter
def labelled(table: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows of a table twin: the first cell, then each other cell with the head of its column."""
    return [(row[0], list(zip(table.header[1:], row[1:], strict=True))) for row in table.rows]


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: Any) -> str:
    """The present address with some keys changed; an empty value removes the key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in {None, ""}:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def with_filters(context: Context, url: str, **extra: Any) -> str:
    """``url`` with the page's filters: what it shows, or exports, is limited alike."""
    filters = context["filters"]
    if not isinstance(filters, Filters):
        raise TypeError("with_filters needs the page's Filters under the name 'filters'")
    return filters.on(url, **{key: str(value) for key, value in extra.items()})


@register.simple_tag(takes_context=True)
def current_tabs(context: Context) -> Row:
    """The pages of the current section, for the row under the title; none if there is only one."""
    return current_row(context.get("nav") or ())


@register.filter
def abbreviated(count: int) -> str:
    """A count for a badge: beyond 99 it says so."""
    return pgettext("badge", "99+") if count > 99 else str(count)
