"""From the filters of an address to the rows they leave, the same on every page and in every export."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.fields import branch
from visavis.people.units.models import Unit
from visavis.web.filters import Choices, Filters

Row = TypeVar("Row", bound=Model)

#: Two spaces that a list of choices keeps, for each step down the tree.
_STEP = "\u00a0\u00a0"


def choices_for(
    viewer: Viewer, right: Right, *, period: str = "3m", voices: tuple[Voice, ...] = ()
) -> Choices:
    """What this viewer may filter on, in pages that need ``right``.

    Args:
        viewer: who looks.
        right: the right that the page needs: units where it holds are offered.
        period: what stands when the address names none.
        voices: the voices that the page can show.

    Returns:
        The choices: units by path, channels and reasons in the company's order.
    """
    units = (
        Unit.objects.filter(viewer.within(right, "path")).order_by("path").values_list("code", "name", "path")
    )
    rows = list(units)
    top = min((path.count("/") for _, _, path in rows), default=0)
    return Choices(
        scopes=[(code, _STEP * (path.count("/") - top) + name) for code, name, path in rows],
        channels=[(row.code, row.label) for row in Channel.objects.order_by("position", "pk")],
        reasons=[(row.code, row.label) for row in Reason.objects.order_by("position", "pk")],
        voices=voices,
        period=period,
    )


def condition(filters: Filters, at: str = "") -> Q:
    """The filters as a condition on returns.

    Args:
        filters: read by ``web.filters.read_filters`` against the viewer's own choices.
        at: lookup of the return from the row: "" on returns, ``response__`` on what hangs on them.

    Returns:
        A condition; a unit that does not exist matches nothing.
    """
    kept = Q(**{f"{at}heard_on__gte": filters.period.first, f"{at}heard_on__lt": filters.period.after})
    if filters.scope:
        path = Unit.objects.filter(code=filters.scope).values_list("path", flat=True).first()
        kept &= branch(path, f"{at}unit_path") if path else Q(pk__in=[])
    if filters.channel:
        kept &= Q(**{f"{at}channel__code": filters.channel})
    if filters.reason:
        kept &= Q(**{f"{at}reason__code": filters.reason})
    if filters.voice:
        kept &= Q(**{f"{at}voice": filters.voice})
    return kept


def narrow(rows: QuerySet[Row], filters: Filters, at: str = "") -> QuerySet[Row]:
    """Keep the rows that the filters leave; see ``condition``."""
    return rows.filter(condition(filters, at))


def narrow_texts(rows: QuerySet[Verbatim], filters: Filters) -> QuerySet[Verbatim]:
    """Keep the texts that the filters leave: what they ask of the return stands on the text too."""
    return rows.filter(condition(filters))
