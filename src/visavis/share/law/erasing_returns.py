"""Erasing one return by itself: of somebody who is no customer of the instance (a public review)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from visavis.listen.returns.models import Response, Verbatim
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.people.erasures.models import Kind
from visavis.people.erasures.services import note_erasure
from visavis.share.law.erasing import Proof, without_files
from visavis.share.law.seeking import may_answer
from visavis.share.law.severing import sever
from visavis.share.law.traces import erase_words
from visavis.share.law.wiping import wipe_traces

#: A run of a text that any file writes as it is: no line, no quote, no sign that a workbook escapes.
_PLAIN: Final = re.compile(r"[^\n\r\"&<>]+")
#: A shorter run is said by many.
_SHORTEST: Final = 20


@transaction.atomic
def erase_return(*, by: Viewer, response: Response, at: dt.datetime, words: Sequence[str] = ()) -> Proof:
    """Erase what one return says and who said it; its marks stay as counts that lead to nobody.

    Files received or written that hold its words or its address go too; so does the public pseudonym that
    signed it, unless it signed others.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        response: which.
        at: the present instant.
        words: more that leads to the person (a name), taken out of all that others wrote too.

    Returns:
        What was done, as counts.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a file that holds it is being imported.
    """
    if not may_answer(by):
        raise PermissionDenied
    told = [*_runs(response), response.url]
    author = response.customer
    proof = {"responses": 1, "texts": sever([response.pk], by=by)}
    proof["mentions"] = erase_words([response.url, *words], by=by)
    proof["files"] = without_files([*told, *words])
    note_erasure(by=by, kind=Kind.RETURN, key=response.pk, at=at)
    if author is not None and not _is_known(author):
        author.delete()
    journal.write(by=by, verb="law.return_erased")
    transaction.on_commit(wipe_traces)
    return proof


def _runs(response: Response) -> list[str]:
    """The longest run of each text of a return, as it was written and as it is shown."""
    texts = Verbatim.objects.filter(response=response).order_by("pk").values_list("text", "masked_text")
    runs = [max(_PLAIN.findall(text), key=len, default="") for pair in texts for text in pair]
    return [run.strip() for run in runs if len(run.strip()) >= _SHORTEST]


def _is_known(customer: Customer) -> bool:
    """Whether anything else of a customer is kept."""
    left = (Response, Interaction, CustomerContact)
    return any(QuerySet(model).filter(customer=customer).exists() for model in left)
