"""The meaning of texts, worked out once each and kept beside them."""

from __future__ import annotations

from django.db import transaction

from visavis.listen.returns.models import Verbatim
from visavis.people.access.clock import now
from visavis.text.meaning import embed
from visavis.understand.search.models import Vector
from visavis.understand.search.queries import waiting_texts
from visavis.understand.search.vectors import pack
from visavis.understand.verbatims.services import refine_themes


def take_meanings(*, size: int = 64) -> int:
    """Work out what the next texts mean, keep it, and refine their themes by it.

    Of voices whose texts are listed only: what is drawn from an anonymous comment is as anonymous as it.
    Safe to run twice, or from two workers at once; words that changed meanwhile wait for the next time.

    Args:
        size: how many texts at most; 64 take about a third of a second of one core.

    Returns:
        How many texts were taken; 0 means that none waits.
    """
    waiting = list(waiting_texts().order_by("pk").only("pk", "text", "masked_text")[:size])
    if not waiting:
        return 0
    packed = pack(embed([row.heard for row in waiting]))
    found = {row.pk: (row.text, numbers.tobytes()) for row, numbers in zip(waiting, packed, strict=True)}
    with transaction.atomic():
        locked = Verbatim.objects.select_for_update().filter(pk__in=found, vectored=False).order_by("pk")
        same = [pk for pk, text in locked.values_list("pk", "text") if text == found[pk][0]]
        Vector.objects.filter(verbatim__in=same).delete()
        Vector.objects.bulk_create(Vector(verbatim_id=pk, numbers=found[pk][1]) for pk in same)
        Verbatim.objects.filter(pk__in=same).update(vectored=True)
    refine_themes(same, at=now())
    return len(waiting)
