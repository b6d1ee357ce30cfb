"""Reads of returns. Each takes the viewer first: nobody sees a branch, or a voice, that is not theirs."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.policy import LISTED_VOICES, SHOWN_VOICES, Right
from visavis.people.access.viewer import Viewer

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
    """Returns that may enter a figure shown to the viewer: none for a voice that waits for its gateway."""
    shown = Q(voice=voice) & Q(voice__in=SHOWN_VOICES)
    return Response.objects.filter(shown & viewer.within(Right.FIGURES)).order_by("pk")


def texts_of(viewer: Viewer, response: Response) -> QuerySet[Verbatim]:
    """The texts of one return, in the order of its questions, if the viewer may read them."""
    return verbatims(viewer).filter(response=response).order_by("pk")


def counted_texts(viewer: Viewer, voice: Voice) -> QuerySet[Verbatim]:
    """Texts that may enter a figure shown to the viewer; see ``counted``."""
    shown = Q(voice=voice) & Q(voice__in=SHOWN_VOICES)
    return Verbatim.objects.filter(shown & viewer.within(Right.FIGURES)).order_by("pk")
