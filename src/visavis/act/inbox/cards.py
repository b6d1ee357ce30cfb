"""The card of a return to treat, beside its text."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.act.inbox.queries import cases
from visavis.core.periods import spoken_day
from visavis.listen.returns.models import Response
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.cards import Card


def case_card(viewer: Viewer, said: Response) -> Card | None:
    """Why a return waits, and where it is treated, for whoever may treat it.

    Args:
        viewer: who reads.
        said: a return that this viewer may read.
    """
    case = cases(viewer).filter(response=said).first()
    if case is None:
        return None
    told = [case.get_why_display(), case.get_status_display()]
    if case.due_on and case.status != case.Status.CLOSED:
        day = spoken_day(case.due_on, get_language() or "fr", weekday=True, year=False)
        told.append(_("by %(day)s at the latest") % {"day": day})
    return Card(
        _("To treat"), " · ".join(map(str, told)), reverse("inbox:case", args=[case.pk]), _("Open the case")
    )
