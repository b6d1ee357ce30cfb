"""Erasing one return by itself: of somebody who is no customer of the instance (a public review)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from visavis.listen.returns.models import Response
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.people.erasures.models import Kind
from visavis.people.erasures.services import note_erasure
from visavis.share.law.erasing import Proof
from visavis.share.law.seeking import may_answer
from visavis.share.law.severing import sever
from visavis.share.law.wiping import wipe_traces


@transaction.atomic
def erase_return(*, by: Viewer, response: Response, at: dt.datetime) -> Proof:
    """Erase what one return says and who said it; its marks stay as counts that lead to nobody.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        response: which.
        at: the present instant.

    Returns:
        What was done, as counts.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    if not may_answer(by):
        raise PermissionDenied
    proof = {"responses": 1, "texts": sever([response.pk], by=by)}
    note_erasure(by=by, kind=Kind.RETURN, key=response.pk, at=at)
    journal.write(by=by, verb="law.return_erased")
    transaction.on_commit(wipe_traces)
    return proof
