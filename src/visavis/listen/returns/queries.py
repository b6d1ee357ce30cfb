"""Reads of returns. Each takes the viewer first: nobody sees a branch, or a voice, that is not theirs."""

from __future__ import annotations

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from visavis.core.words import Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import LISTED_VOICES, SHOWN_VOICES, Right
from visavis.people.access.viewer import Viewer

#: The key of the question in the customer's own words: the text of a return when it has several.
FIRST = "verbatim"
#: Answers about the company at large: read in their own study, and in no figure of exchanges.
STUDY = Response.Source.MIRROR
#: Marks that count as satisfied, of five (mission.md §3: CSAT, top two of five).
SATISFIED_FROM = 4
#: Under this certainty a reading is drawn as uncertain, and the text is one to read again.
UNSURE = 0.6
_ALONG = ("unit", "channel", "reason", "level", "moment", "person", "customer", "interaction")


def _readable(viewer: Viewer, prefix: str = "") -> Q:
    """What one may read singly: listed voices of one's branches, and what is about oneself."""
    listed = Q(voice__in=LISTED_VOICES)
    path, person = f"{prefix}unit_path", f"{prefix}person"
    return listed & (viewer.within(Right.RETURNS, path) | viewer.own(Right.OWN_RETURNS, person))


def returns(viewer: Viewer) -> QuerySet[Response]:
    """Returns the viewer may read one by one, the latest first, with what a list shows of them."""
    return (
        Response.objects.filter(_readable(viewer))
        .select_related(*_ALONG)
        .order_by("-heard_on", "-heard_at", "pk")
    )


def own_returns(viewer: Viewer) -> QuerySet[Response]:
    """Returns of customers about the viewer, the latest first."""
    mine = Q(voice__in=LISTED_VOICES) & viewer.own(Right.OWN_RETURNS)
    return Response.objects.filter(mine).select_related(*_ALONG).order_by("-heard_on", "-heard_at", "pk")


def own_feelings(viewer: Viewer) -> QuerySet[Response]:
    """The viewer's own ressentis, the latest first: nobody else ever lists them."""
    mine = Q(source=Response.Source.FEELING) & viewer.own(Right.OWN_RETURNS, "author")
    return (
        Response.objects.filter(mine).select_related("interaction").order_by("-heard_on", "-heard_at", "pk")
    )


def verbatims(viewer: Viewer) -> QuerySet[Verbatim]:
    """Texts the viewer may read, the latest first."""
    readable = Q(voice__in=LISTED_VOICES) & (
        viewer.within(Right.RETURNS) | viewer.own(Right.OWN_RETURNS, "response__person")
    )
    return Verbatim.objects.filter(readable).order_by("-heard_on", "pk")


def counted(viewer: Viewer, voice: Voice) -> QuerySet[Response]:
    """Returns that may enter a figure shown to the viewer: none of a voice that is read once released."""
    shown = Q(voice=voice) & Q(voice__in=SHOWN_VOICES) & ~Q(source=STUDY)
    return Response.objects.filter(shown & viewer.within(Right.FIGURES)).order_by("pk")


def texts_of(viewer: Viewer, response: Response) -> QuerySet[Verbatim]:
    """The texts of one return, in the order of its questions, if the viewer may read them."""
    return in_questions_order(verbatims(viewer).filter(response=response))


def in_questions_order(texts: QuerySet[Verbatim]) -> QuerySet[Verbatim]:
    """Texts of each return in the order of its questions, the customer's words first."""
    asked = Question.objects.filter(key=OuterRef("question_key")).order_by("position", "pk")
    return texts.order_by(
        "response",
        Case(When(question_key=FIRST, then=0), default=1),
        Coalesce(Subquery(asked.values("position")[:1]), 32_767),
        "question_key",
        "pk",
    )


def counted_texts(viewer: Viewer, voice: Voice) -> QuerySet[Verbatim]:
    """Texts that may enter a figure shown to the viewer; see ``counted``."""
    shown = Q(voice=voice) & Q(voice__in=SHOWN_VOICES) & ~Q(source=STUDY)
    return Verbatim.objects.filter(shown & viewer.within(Right.FIGURES)).order_by("pk")


def adviser_of(viewer: Viewer, said: Response) -> str:
    """The name of the adviser of a return, for whoever may know it on that branch; empty for anybody else."""
    return said.person.name if said.person and viewer.may(Right.ADVISERS, said.unit_path) else ""
