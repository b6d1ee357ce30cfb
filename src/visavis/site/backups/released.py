"""What was released of employees' answers, held against its own floors; anonymous answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedFigure
from visavis.listen.returns.models import Response
from visavis.people.access.policy import SHOWN_VOICES

#: Told of each kind of breach: one is enough to look.
_MOST = 3


def leaks(using: str) -> Iterator[str]:
    """Find what a release shows of too few people, and answers of anonymous waves that lead to somebody.

    Args:
        using: the alias of the database.

    Yields:
        A sentence a breach, in the language in force.
    """
    for pk in _first(_under_the_floor(using)):
        yield _("released cell %(number)s shows fewer people than its floor") % {"number": pk}
    for pk in _first(_of_too_few(using)):
        yield _("released figure %(number)s counts fewer answers than its floor, or other ones") % {
            "number": pk
        }
    for pk in _first(_named(using)):
        yield _("return %(number)s of an anonymous wave has an author, an instant or a code") % {"number": pk}


def _first(rows: QuerySet[Response] | QuerySet[ReleasedCell] | QuerySet[ReleasedFigure]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:_MOST])


def _under_the_floor(using: str) -> QuerySet[ReleasedCell]:
    """Cells that tell how many people they hold, or show figures, under the floor of their release."""
    few = Q(people__lt=F("release__floor"))
    silent = Q(people__isnull=True) & ~Q(state=ReleasedCell.State.MASKED)
    return ReleasedCell.objects.using(using).filter(few | silent)


def _of_too_few(using: str) -> QuerySet[ReleasedFigure]:
    """Figures under the floor, or in a cell that is masked; those whose counts say another number."""
    shown = ReleasedFigure.objects.using(using)
    counted = shown.order_by("pk").values_list("pk", "n", "counts")
    other = [pk for pk, n, counts in counted.iterator() if sum(counts.values()) != n]
    return shown.filter(
        Q(n__lt=F("cell__release__floor"))
        | Q(cell__state=ReleasedCell.State.MASKED)
        | Q(pk__in=other[:_MOST])
    )


def _named(using: str) -> QuerySet[Response]:
    """Answers to released anonymous campaigns that lead to somebody."""
    waves = Release.objects.using(using).filter(campaign__anonymity=Campaign.Anonymity.ANONYMOUS)
    said = Response.objects.using(using).filter(campaign__in=waves.order_by().values("campaign"))
    named = Q(author__isnull=False) | Q(heard_at__isnull=False) | ~Q(code="")
    return said.exclude(voice__in=SHOWN_VOICES).filter(named)
