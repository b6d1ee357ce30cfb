"""The adviser's ressenti: declared in one tap, seen by her alone."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.returns.models import Answer, Response
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.listen.surveys.services import ensure_questionnaire
from visavis.moments.exchanges.models import Interaction
from visavis.moments.references.services import SECTORS, starter
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer, system

#: How far back an exchange may be felt about: memory fades.
RECENT = dt.timedelta(days=7)


def to_feel(viewer: Viewer, *, today: dt.date) -> QuerySet[Interaction]:
    """The viewer's own recent exchanges without ressenti, the latest first.

    Those on which the customer has spoken are left out: a ressenti comes before the other view is known.
    """
    recent = Interaction.objects.filter(viewer.own(Right.OWN_RETURNS), day__gt=today - RECENT, day__lte=today)
    # Of either voice: asked for one, databases look through all that it ever said.
    silent = recent.filter(~Exists(Response.objects.filter(interaction=OuterRef("pk"))))
    return silent.select_related("channel", "reason", "customer").order_by("-started_at", "pk")


def feeling_words() -> list[tuple[str, str]]:
    """The five answers of the one-tap ressenti, from the hardest."""
    return [
        ("1", _("Exhausting")),
        ("2", _("Difficult")),
        ("3", pgettext("ressenti", "Neutral")),
        ("4", pgettext("ressenti", "Good")),
        ("5", _("Very good")),
    ]


def feeling_question() -> Question:
    """The question behind the tap, made with its questionnaire when first needed."""
    questionnaire = ensure_questionnaire(
        by=system(),
        code="feeling",
        kind=Questionnaire.Kind.FEELING,
        voice=Voice.EMPLOYEE,
        name={"fr": "Ressenti", "en": "Ressenti"},
        rows=starter(SECTORS[0])["questions"]["feeling"],
    )
    return Question.objects.get(questionnaire=questionnaire, role=Question.Role.FEELING)


@transaction.atomic
def record_feeling(*, by: Viewer, interaction: Interaction, feeling: int, at: dt.datetime) -> Response:
    """Keep how the adviser lived one of her exchanges. Saying it again changes it.

    Nothing goes to the journal: a ressenti is seen by its author alone.

    Args:
        by: the adviser; only of her own exchanges.
        interaction: the exchange.
        feeling: 1 (exhausting) to 5 (very good).
        at: instant of the tap.

    Returns:
        The ressenti.

    Raises:
        PermissionDenied: if the exchange is not hers.
        ValidationError: if the mark is out of range, the exchange older than ``RECENT``, or the customer has
            already spoken of it.
    """
    if by.person_id is None or interaction.person_id != by.person_id or not by.may(Right.OWN_RETURNS):
        raise PermissionDenied
    if not 1 <= feeling <= 5:
        raise ValidationError(_("Choose one of the five answers."))
    if interaction.day <= timezone.localdate(at) - RECENT:
        raise ValidationError(_("This exchange is more than a week old: it is no longer noted."))
    if Response.objects.filter(interaction=interaction, voice=Voice.CUSTOMER).exists():
        raise ValidationError(_("The customer has already spoken of this exchange."))
    response = _response(by.person_id, interaction, at)
    question = feeling_question()
    Answer.objects.update_or_create(
        id=key(response.pk, question.key),
        defaults={"response": response, "question": question, "value": feeling},
    )
    return response


def _response(person: int, interaction: Interaction, at: dt.datetime) -> Response:
    facts = {
        "voice": Voice.EMPLOYEE,
        "source": Response.Source.FEELING,
        "interaction": interaction,
        "author_id": person,
        "unit_id": interaction.unit_id,
        "unit_path": interaction.unit_path,
        "channel_id": interaction.channel_id,
        "reason_id": interaction.reason_id,
        "level_id": interaction.level_id,
        "heard_at": at,
        "heard_on": timezone.localtime(at).date(),
    }
    made, _new = Response.objects.update_or_create(id=key("feeling", interaction.pk, person), defaults=facts)
    return made
