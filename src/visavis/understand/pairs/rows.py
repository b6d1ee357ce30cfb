"""An adviser's own pairs as the rows of a list, and the four views as links that narrow it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.listen.returns.feelings import feeling_words
from visavis.measure.agreement import Quadrants
from visavis.people.access.viewer import Viewer
from visavis.understand.pairs.own import CORNERS, Own, words_of
from visavis.web.filters import Filters
from visavis.web.navigation import Link
from visavis.web.rows import ReturnRow, mark_token
from visavis.web.wording import quote, shortened


def own_names() -> dict[str, str]:
    """What the four views are called to the adviser herself."""
    return {
        "borne": _("You took it upon yourself"),
        "well": _("All is well"),
        "hard": _("Hard on both sides"),
        "blind": _("Blind spot"),
    }


def pair_rows(viewer: Viewer, pairs: Sequence[Own]) -> list[ReturnRow]:
    """Turn pairs, in their order, into rows: the customer's words and mark, her ressenti beside.

    Args:
        viewer: the adviser.
        pairs: hers, from ``own.own_pairs``.
    """
    words, names, felt = words_of(viewer, pairs), own_names(), dict(feeling_words())
    return [
        ReturnRow(
            key=str(pair.said.pk),
            reason=names[pair.corner],
            text=shortened(words.get(pair.said.pk, "")),
            url=reverse("verbatims:one", args=[pair.said.pk]),
            tokens=tuple(filter(None, [mark_token(pair.mark)])),
            meta=_meta(pair),
            feeling=_felt(felt[str(pair.feeling)], words.get(pair.felt.pk, "")),
        )
        for pair in pairs
    ]


def _meta(pair: Own) -> tuple[str, ...]:
    lists = [one.label for one in (pair.said.channel, pair.said.reason) if one]
    return (*lists, spoken_day(pair.felt.heard_on, get_language() or "fr", weekday=True))


def _felt(feeling: str, word: str) -> str:
    said = _("How it felt to you: %(feeling)s") % {"feeling": feeling.lower()}
    return f"{said}, {quote(word, get_language() or 'fr')}" if word else said


def view_links(four: Quadrants, filters: Filters, chosen: str) -> list[Link]:
    """The four views as links, each with its number, and all of them first."""
    counts = {
        "borne": four.customer_only,
        "well": four.symmetric_high,
        "hard": four.symmetric_low,
        "blind": four.adviser_only,
    }
    every = Link(f"{_('All views')} ({four.n})", f"?{filters.query()}", not chosen)
    names = own_names()
    return [every] + [
        Link(
            f"{names[view]} ({counts[view]})",
            f"?{urlencode([*filters.pairs(), ('vue', view)])}",
            chosen == view,
        )
        for view in CORNERS
    ]
