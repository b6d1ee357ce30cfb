"""The adviser's own markers: counts and means of declared answers, each with its interval, hers alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from visavis.core.periods import Period, last_months
from visavis.core.words import Voice
from visavis.listen.returns.models import Answer, Response
from visavis.listen.returns.queries import SATISFIED_FROM, own_feelings, own_returns
from visavis.listen.surveys.models import Question
from visavis.measure.estimates import Difference, Estimate
from visavis.measure.means import Sums, mean_difference, mean_interval
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.people.access.policy import SHOWN_VOICES, smallest_group
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment
from visavis.understand.pairs.own import own_pairs as pairs_of
from visavis.understand.pairs.own import square_of

#: Marks that count as satisfied, and as an exchange well lived.
GOOD_FROM = SATISFIED_FROM
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Own:
    """One marker of the adviser: her figure, the rest of her team's, what may be said of the gap."""

    label: str
    voice: Voice
    estimate: Estimate
    team: Estimate | None  # none too where it would rest on too few colleagues
    gap: Difference | None
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Her exchanges on which the customer and she have both spoken."""

    borne: int  # customer satisfied, hard for her
    well: int  # both well
    hard: int  # hard on both sides
    blind: int  # well for her, customer dissatisfied

    @property
    def n(self) -> int:
        """How many there are."""
        return self.borne + self.well + self.hard + self.blind


def own_markers(viewer: Viewer, *, today: dt.date) -> list[Own]:
    """The viewer's markers over three months; those without any answer are left out.

    Args:
        viewer: the adviser; nobody else's figures are ever computed here.
        today: last day of the three months.
    """
    period = last_months(MONTHS, today)
    mine = _within(own_returns(viewer), period)
    team = _team(viewer, period, today)
    found = [_satisfied(mine, team), _clarity(mine, team), _well_lived(viewer, period)]
    return [marker for marker in found if marker and marker.estimate.n]


def _within(rows: QuerySet[Response], period: Period) -> QuerySet[Response]:
    return rows.filter(heard_on__gte=period.first, heard_on__lt=period.after)


def _team(viewer: Viewer, period: Period, today: dt.date) -> QuerySet[Response]:
    """Customers' returns of the rest of her team: hers are taken out, so that both sides are independent."""
    paths = Assignment.objects.on(today).filter(person=viewer.person_id).values_list("unit_path", flat=True)
    rows = Response.objects.filter(voice=Voice.CUSTOMER, unit_path__in=list(paths.order_by("pk")))
    shown = rows.filter(voice__in=SHOWN_VOICES).exclude(person=viewer.person_id)
    return _within(shown, period)


def _satisfied(mine: QuerySet[Response], team: QuerySet[Response]) -> Own:
    (yes, n), (their_yes, their_n) = _counts(mine), _counts(_of_several(team))
    return Own(
        label=_("Satisfied customers"),
        voice=Voice.CUSTOMER,
        estimate=proportion_interval(yes, n),
        team=proportion_interval(their_yes, their_n) if their_n else None,
        gap=proportion_difference(yes, n, their_yes, their_n) if n and their_n else None,
        one=_("answer"),
        many=_("answers"),
    )


def _of_several(rows: QuerySet[Response]) -> QuerySet[Response]:
    """The marks of ``rows`` if they rest on enough people, otherwise none: one colleague is not a team."""
    given = rows.filter(satisfaction__isnull=False)
    people: int = given.order_by().aggregate(n=Count("person", distinct=True))["n"]
    return given if people >= smallest_group() else given.none()


def _counts(rows: QuerySet[Response]) -> tuple[int, int]:
    counts = rows.order_by().aggregate(
        yes=Count("pk", filter=Q(satisfaction__gte=SATISFIED_FROM)), n=Count("satisfaction")
    )
    return counts["yes"], counts["n"]


def _clarity(mine: QuerySet[Response], team: QuerySet[Response]) -> Own | None:
    own, theirs = _sums(mine, "clarity"), _sums(team, "clarity", people=smallest_group())
    if not own.n:
        return None
    return Own(
        label=_("Clarity of my explanations"),
        voice=Voice.CUSTOMER,
        estimate=mean_interval(own),
        team=mean_interval(theirs) if theirs.n else None,
        gap=mean_difference(own, theirs) if theirs.n else None,
        one=_("answer"),
        many=_("answers"),
    )


def _sums(rows: QuerySet[Response], question: str, people: int = 0) -> Sums:
    """The sums of one question; empty if they rest on fewer than ``people``."""
    marks = Answer.objects.filter(response__in=rows.order_by(), question__key=question, value__isnull=False)
    square = F("value") * F("value")
    sums: Mapping[str, float | None] = marks.order_by().aggregate(
        n=Count("pk"),
        total=Sum("value"),
        squares=Sum(square),
        people=Count("response__person", distinct=True),
    )
    if int(sums["people"] or 0) < people:
        return Sums(0, 0.0, 0.0)
    return Sums(int(sums["n"] or 0), sums["total"] or 0.0, sums["squares"] or 0.0)


def _well_lived(viewer: Viewer, period: Period) -> Own:
    felt = Answer.objects.filter(
        response__in=_within(own_feelings(viewer), period).order_by(), question__role=Question.Role.FEELING
    )
    counts = felt.order_by().aggregate(yes=Count("pk", filter=Q(value__gte=GOOD_FROM)), n=Count("value"))
    return Own(
        label=_("Exchanges that went well"),
        voice=Voice.EMPLOYEE,
        estimate=proportion_interval(counts["yes"], counts["n"]),
        team=None,
        gap=None,
        one=_("exchange noted"),
        many=_("exchanges noted"),
    )


def own_pairs(viewer: Viewer, *, today: dt.date) -> Pairs:
    """The viewer's exchanges seen from both sides, over three months; see ``understand.pairs.own``."""
    four = square_of(pairs_of(viewer, last_months(MONTHS, today)))
    return Pairs(
        borne=four.customer_only,
        well=four.symmetric_high,
        hard=four.symmetric_low,
        blind=four.adviser_only,
    )
