"""Reads of the returns to treat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from visavis.act.inbox.models import Case, CaseStep
from visavis.core.periods import Period
from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.clock import begins
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Assignment, Person

_ALONG = (
    "response__customer",
    "response__channel",
    "response__reason",
    "response__unit",
    "response__moment",
    "person",
)


def cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases the viewer may treat: of one's branches, and one's own. First rank, then due date, then age."""
    mine = viewer.within(Right.TREAT) | viewer.own(Right.OWN_RETURNS)
    ordered = Case.objects.filter(mine).select_related(*_ALONG)
    return ordered.order_by("rank", F("due_on").asc(nulls_last=True), "opened_on", "pk")


def acted_on(viewer: Viewer, period: Period) -> dict[Voice, int]:
    """How many returns of each voice were treated to the end over a period, where the viewer sees figures."""
    rows = Case.objects.filter(viewer.within(Right.FIGURES), status=Case.Status.CLOSED)
    closed = rows.filter(closed_at__gte=begins(period.first), closed_at__lt=begins(period.after))
    # All voices at once: asked for one, databases begin with all of its returns.
    counts = closed.order_by().values_list("response__voice").annotate(n=Count("*"))
    return {Voice(voice): n for voice, n in counts}


def cases_to_do(viewer: Viewer) -> QuerySet[Case]:
    """Cases that still wait for a gesture."""
    return cases(viewer).exclude(status=Case.Status.CLOSED)


def own_cases_to_do(viewer: Viewer) -> QuerySet[Case]:
    """Cases that wait for the viewer personally."""
    return cases_to_do(viewer).filter(viewer.own(Right.OWN_RETURNS))


def words_of(viewer: Viewer, found: Sequence[Case]) -> dict[int, str]:
    """What was said, by return, for a list of cases that the viewer may treat."""
    theirs = cases(viewer).filter(pk__in=[case.pk for case in found]).order_by().values("response")
    texts = Verbatim.objects.filter(response__in=theirs).order_by("-pk")
    return {text.response_id: text.shown for text in texts.only("response", "text", "masked_text")}


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a case, and its words for this viewer."""

    text: Verbatim
    words: str

    @property
    def masked(self) -> bool:
        """Whether something is hidden in them."""
        return self.words != self.text.text


def texts(viewer: Viewer, case: Case) -> list[Said]:
    """The words of a case, in the order of its questions, for whoever may treat it.

    Until it is closed, whoever is in charge reads them as they were written; all others, masked.
    """
    theirs = cases(viewer).filter(pk=case.pk).order_by()
    rows = Verbatim.objects.filter(response__in=theirs.values("response"), voice__in=LISTED_VOICES)
    mine = theirs.filter(viewer.own(Right.OWN_RETURNS)).exclude(status=Case.Status.CLOSED)
    in_charge = mine.exists()
    return [Said(text, text.text if in_charge else text.shown) for text in rows.order_by("pk")]


def steps(viewer: Viewer, case: Case) -> QuerySet[CaseStep]:
    """What was done about a case, oldest first; nothing if the case is not the viewer's to treat."""
    return CaseStep.objects.filter(case__in=cases(viewer).filter(pk=case.pk).order_by()).order_by("at", "pk")


def colleagues(viewer: Viewer, case: Case, *, today: dt.date) -> QuerySet[Person]:
    """People to whom a case may be handed: those who work in its unit today, but the viewer. By name."""
    there = Assignment.objects.on(today).filter(unit_path=case.unit_path).order_by().values("person")
    return Person.objects.filter(pk__in=there).exclude(pk=viewer.person_id or 0).order_by("name", "pk")
