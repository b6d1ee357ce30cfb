"""Break-glass: the original words of one return, open to one person for a while, with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import returns, texts_of
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text.personal import mask
from visavis.understand.verbatims.models import Unveiling

#: How long the words stay open to whoever asked.
OPEN_FOR: Final = dt.timedelta(minutes=30)
#: A reason says something.
SHORTEST: Final = 10


def sealed(viewer: Viewer) -> QuerySet[Response]:
    """The returns whose original words the viewer may ask for, the latest first."""
    return returns(viewer).filter(viewer.within(Right.ORIGINALS))


def opening(viewer: Viewer, said: Response, at: dt.datetime) -> Unveiling | None:
    """What holds the words of a return open to the viewer at an instant; none: they are closed."""
    mine = Unveiling.objects.filter(response__in=sealed(viewer).filter(pk=said.pk).order_by().values("pk"))
    return mine.filter(account=viewer.account_id, closes_at__gt=at).order_by("-closes_at", "-pk").first()


def original_words(viewer: Viewer, opened: Unveiling, at: dt.datetime) -> list[str]:
    """The texts of a return as they were written, in the order of its questions, while they are open.

    Args:
        viewer: who reads: she to whom they were opened, and nobody else.
        opened: from ``opening``, of the same viewer.
        at: the instant.
    """
    if opened.account_id != viewer.account_id or opened.closes_at <= at:
        return []
    return [each.text for each in texts_of(viewer, opened.response)]


def may_be_asked(viewer: Viewer, texts: list[Verbatim]) -> bool:
    """Whether words of these texts are masked, and the viewer may ask for them."""
    return any(each.masked_text and viewer.may(Right.ORIGINALS, each.unit_path) for each in texts)


@transaction.atomic
def unveil(*, by: Viewer, said: Response, reason: str, at: dt.datetime) -> Unveiling:
    """Open the original words of one return for half an hour. The journal keeps who, which and why.

    Args:
        by: who asks; needs the right on the branch of the return.
        said: the return.
        reason: why, in a few words; what is personal in it is masked before it is kept.
        at: the instant.

    Returns:
        The opening; the one that holds already, if there is one.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the reason says nothing.
    """
    by.must(Right.ORIGINALS, said.unit_path)
    who = by.account_id
    if who is None:
        raise PermissionDenied
    kept = mask(" ".join(reason.split()))[:200]
    if len(kept) < SHORTEST:
        raise ValidationError({"reason": _("Say in a few words why you need them.")})
    if held := opening(by, said, at):
        return held
    made = Unveiling.objects.create(
        response=said, account_id=who, reason=kept, opened_at=at, closes_at=at + OPEN_FOR
    )
    journal.write(by=by, verb="verbatims.originals_opened", about=said, unit_path=said.unit_path, reason=kept)
    return made
