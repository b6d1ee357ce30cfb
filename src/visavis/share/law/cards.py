"""The card that leads to erasing one return, beside its text."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.listen.returns.models import Response
from visavis.people.access.viewer import Viewer
from visavis.share.law.seeking import may_answer
from visavis.understand.verbatims.cards import Card


def erase_card(viewer: Viewer, said: Response) -> Card | None:
    """Where a return is erased at the request of whoever wrote it, for those who answer such requests.

    Args:
        viewer: who reads.
        said: a return that this viewer may read.
    """
    if not may_answer(viewer):
        return None
    told = _("Whoever wrote it may ask that it be erased: its words go, its marks stay as counts.")
    where = reverse("law:erase_return", args=[said.pk])
    return Card(_("Request of a person"), told, where, _("Erase this return"))
