"""Cutting what was said from who said it: words go, answers stay as counts under a drawn identity."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import transaction

from visavis.act.inbox.models import Case
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.policy import SHOWN_VOICES
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.forgetting import forget

_UNNAMED: Final[dict[str, Any]] = {
    "customer": None,
    "author": None,
    "interaction": None,
    "heard_at": None,
    "code": "",
    "url": "",
    "reply": "",
    "traits": {},
    "fingerprint": 0,
}


def drawn() -> int:
    """An identity that chance gives: nothing leads from a source's code to it."""
    return secrets.randbits(63)


@transaction.atomic
def blank_texts(keys: Collection[int], *, by: Viewer) -> None:
    """Take words away; which themes and tone were read in them stays.

    Args:
        keys: of texts.
        by: who erases; needs the right to answer people's requests.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    forget(keys, by=by, readings=False)
    rows = Verbatim.objects.filter(pk__in=keys)
    days = list(rows.filter(voice__in=SHOWN_VOICES).order_by().values_list("heard_on", flat=True))
    rows.update(text="", masked_text="", stems="")
    mark_changed(days)


@transaction.atomic
def sever(keys: Sequence[int], *, by: Viewer) -> int:
    """Keep responses as counts: marks, unit, day. Words, what was read in them, cases and names go.

    The identity of a response is computed from its source's code: another one is drawn, so that nobody who
    holds the source finds the answer again.

    Args:
        keys: of responses.
        by: who erases; needs the right to answer people's requests.

    Returns:
        How many texts went.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    texts = list(Verbatim.objects.filter(response__in=keys).order_by("pk").values_list("pk", flat=True))
    forget(texts, by=by)
    Verbatim.objects.filter(pk__in=texts).delete()
    Case.objects.filter(response__in=keys).delete()
    rows = Response.objects.filter(pk__in=keys).order_by("pk")
    mark_changed(list(rows.filter(voice__in=SHOWN_VOICES).values_list("heard_on", flat=True)))
    for row in rows:
        _redraw(row)
    return len(texts)


def _redraw(row: Response) -> None:
    about = row.person_id if row.voice in SHOWN_VOICES else None
    new = _move(row.pk, person=about, **_UNNAMED)
    for answer in Answer.objects.filter(response=new).select_related("question").order_by("pk"):
        if answer.choice and answer.choice not in _offered(answer.question.choices):
            Answer.objects.filter(pk=answer.pk).update(choice="")


def _offered(choices: list[Any]) -> set[str]:
    """The answers that a question offers; any other was typed by somebody."""
    return {str(one.get("value", "") if isinstance(one, dict) else one) for one in choices}


def _move(key: int, **facts: Any) -> int:
    """Give a response another identity, with all that hangs on it."""
    new = drawn()
    Response.objects.filter(pk=key).update(id=new, **facts)
    for answer in Answer.objects.filter(response=key).order_by("pk").values_list("pk", flat=True):
        Answer.objects.filter(pk=answer).update(id=drawn(), response=new)
    Verbatim.objects.filter(response=key).update(response=new)
    return new


@transaction.atomic
def sever_exchanges(keys: Sequence[int]) -> None:
    """Keep exchanges without their customer and without the code by which another system knows them.

    What an adviser said of them stays hers, and follows.

    Args:
        keys: of exchanges.
    """
    for key in keys:
        new = drawn()
        Interaction.objects.filter(pk=key).update(
            id=new, code=f"-{secrets.token_hex(12)}", customer=None, previous=None, fingerprint=0
        )
        Interaction.objects.filter(previous=key).update(previous=new)
        for said in Response.objects.filter(interaction=key).order_by("pk").values_list("pk", flat=True):
            _move(said, interaction=new)
