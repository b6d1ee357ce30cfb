"""Gestures of release: once, after the close, behind the gate, accepted by the auditor, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.periods import Period, month_of
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import exchanges, gates, gathering, words
from visavis.listen.releases.commenting import comments_of
from visavis.listen.releases.floors import Floors, floors
from visavis.listen.releases.gates import must_release
from visavis.listen.releases.hiding import Asked
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.naming import Naming
from visavis.listen.releases.planning import Row
from visavis.listen.releases.publishing import Draft, publish
from visavis.listen.releases.turns import take_turn
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import returns_may_be_listed
from visavis.people.access.viewer import Viewer

#: The classes in which a mark from 0 to 10 is read.
PROMOTION = {
    str(mark): "detractors" if mark < 7 else "passives" if mark < 9 else "promoters" for mark in range(11)
}


@transaction.atomic
def release_wave(*, by: Viewer, campaign: Campaign, today: dt.date, now: dt.datetime) -> Release:
    """Publish a closed anonymous wave. Asked again, it changes nothing.

    Args:
        by: who releases; needs the right to the waves on the whole company.
        campaign: the wave.
        today: the company's day; the wave ended before it.
        now: the instant.

    Returns:
        The release, made now or before.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the wave is not closed, is no anonymous wave, or the gate is closed.
        BusyError: if somebody else is publishing.
    """
    return _release_campaign(Kind.WAVE, by, campaign, today, now)


@transaction.atomic
def release_mirror(*, by: Viewer, campaign: Campaign, today: dt.date, now: dt.datetime) -> Release:
    """Publish the employees' side of a closed mirror study. Asked again, it changes nothing.

    Args:
        by: who releases; needs the right to the waves on the whole company.
        campaign: the side of the study that employees answered.
        today: the company's day; the study ended before it.
        now: the instant.

    Returns:
        The release, made now or before.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: as ``release_wave``.
        BusyError: as ``release_wave``.
    """
    return _release_campaign(Kind.MIRROR, by, campaign, today, now)


@transaction.atomic
def release_exchanges(
    *, by: Viewer, month: dt.date, today: dt.date, now: dt.datetime, since: dt.date | None = None
) -> Release:
    """Publish a closed month of exchanges that both sides told, or several. Asked again, it changes nothing.

    Args:
        by: who releases; needs the right to the waves on the whole company.
        month: a day of the month; the month ended before today.
        today: the company's day.
        now: the instant.
        since: first day, when the months before are published with this one; the month's own by default.

    Returns:
        The release, made now or before; what is told later of that month never enters it.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the month is not over, nothing was told, or the gate is closed.
        BusyError: as ``release_wave``.
    """
    made, period = _month(Kind.EXCHANGES, by, month, today)
    if made:
        return made
    held, named = floors(), exchanges.lists()
    first = since or period.first
    rows = exchanges.rows_of(first, period.last)
    draft = Draft(
        kind=Kind.EXCHANGES,
        first=first,
        last=period.last,
        rows=_told(rows),
        tree=gathering.tree_of(period.last, rows, gathering.staff_on(period.last)),
        asked=exchanges.asked(held.scores),
        cuts=exchanges.orders(named),
        naming=Naming(named),
        parts=(exchanges.BAND, exchanges.MARK),
        levels=exchanges.LEVELS,
        figures=exchanges.figures,
    )
    return publish(draft, floors=held, by=by, now=now)


@transaction.atomic
def release_words(*, by: Viewer, month: dt.date, today: dt.date, now: dt.datetime) -> Release:
    """Publish what employees spoke of in a closed month. Asked again, it changes nothing.

    Args:
        by: who releases; needs the right to the waves on the whole company.
        month: a day of the month; the month ended before today.
        today: the company's day.
        now: the instant.

    Returns:
        The release, made now or before.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: as ``release_exchanges``.
        BusyError: as ``release_wave``.
    """
    made, period = _month(Kind.WORDS, by, month, today)
    if made:
        return made
    held = _around_comments(floors())
    rows = words.complete(_told(words.rows_of(period.first, period.last)))
    draft = Draft(
        kind=Kind.WORDS,
        first=period.first,
        last=period.last,
        rows=rows,
        tree=gathering.tree_of(period.last, rows, gathering.staff_on(period.last)),
        asked=words.asked(rows, held.scores),
        cuts={words.WEEK: ()},
        naming=Naming(),
    )
    return publish(draft, floors=held, by=by, now=now)


def _around_comments(held: Floors) -> Floors:
    """The floors of words: a comment says what it speaks of, and counts by small team would tell its team."""
    return replace(held, scores=held.comments)


def _month(kind: Kind, by: Viewer, day: dt.date, today: dt.date) -> tuple[Release | None, Period]:
    """The release of a month if it was made, or the month if it may be.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the month is not over, or the gate is closed.
        BusyError: if somebody else is publishing.
    """
    must_release(by)
    take_turn()
    period = month_of(day)
    held = Release.objects.filter(kind=kind, campaign=None, first_on__lte=period.first)
    made = held.filter(last_on__gte=period.last).order_by("pk").first()
    if made is None:
        if period.after > today:
            raise ValidationError(_("This month is not over: its results are published once, after its end."))
        _must_be_open(today)
    return made, period


def _told(rows: list[Row]) -> list[Row]:
    """The rows, if there are any.

    Raises:
        ValidationError: if there are none.
    """
    if not rows:
        raise ValidationError(_("Nothing was told in this month."))
    return rows


def _release_campaign(
    kind: Kind, by: Viewer, campaign: Campaign, today: dt.date, now: dt.datetime
) -> Release:
    must_release(by)
    take_turn()
    made = Release.objects.filter(kind=kind, campaign=campaign).order_by("pk").first()
    if made:
        return made
    last = _closed(campaign, today)
    _must_be_open(today)
    held = floors()
    rows = gathering.campaign_rows(campaign)
    tree = gathering.tree_of(last, rows, gathering.invited_to(campaign, last))
    draft = Draft(
        kind=kind,
        first=campaign.opens_on or last,
        last=last,
        rows=rows,
        tree=tree,
        asked=questions_of(campaign, held),
        cuts=dict.fromkeys(sorted({name for row in rows for name in row.cuts}), ()),
        naming=Naming(),
        campaign=campaign,
        comments=comments_of(campaign, tree.root, held),
    )
    return publish(draft, floors=held, by=by, now=now)


def questions_of(campaign: Campaign, held: Floors) -> list[Asked]:
    """The questions of a campaign that are answered by marks or choices, with the floor of each."""
    asked = Question.objects.filter(questionnaire=campaign.questionnaire_id).order_by("position", "pk")
    return [
        Asked(
            each.key,
            held.sensitive if each.sensitive else held.scores,
            PROMOTION if each.scale == Question.Scale.ZERO_TEN else {},
        )
        for each in asked.exclude(scale=Question.Scale.TEXT)
    ]


def _closed(campaign: Campaign, today: dt.date) -> dt.date:
    """The last day of a campaign that may be released.

    Raises:
        ValidationError: if it is still open, or asks people by name.
    """
    if returns_may_be_listed(Voice(campaign.voice)) or campaign.anonymity != Campaign.Anonymity.ANONYMOUS:
        raise ValidationError(_("Only anonymous waves of employees are published here."))
    if campaign.closes_on is None or campaign.closes_on >= today:
        raise ValidationError(
            _("This wave is still open: its results are published once, when it is closed.")
        )
    return campaign.closes_on


def _must_be_open(today: dt.date) -> None:
    if wanting := gates.missing(today):
        raise ValidationError(wanting)
