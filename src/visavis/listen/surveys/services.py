"""Gestures on questionnaires: those that an import needs are made when first met."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from visavis.core.languages import LANGUAGES, say
from visavis.core.words import Voice
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.moments.references.services import SECTORS, starter
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer

#: What a starter calls a role that has another name here.
_ROLES: Final = {"verbatim": Question.Role.TEXT}
#: Words longer than a choice are a text.
LONGEST_CHOICE: Final = 120
_COLUMNS: Final = ("key", "scale", "wording", "labels", "required")
_REVIEW: Final[Sequence[Mapping[str, Any]]] = (
    {
        "key": "rating",
        "role": "csat",
        "scale": "1-5",
        "wording": {"fr": "Note donnée par le client", "en": "Mark given by the customer"},
    },
    {
        "key": "verbatim",
        "role": "verbatim",
        "scale": "text",
        "wording": {"fr": "Avis du client", "en": "The customer's review"},
    },
)


def _may_ask(by: Viewer) -> None:
    if not any(map(by.may, (Right.REFERENCES, Right.IMPORT, Right.WAVES))):
        raise PermissionDenied


@transaction.atomic
def ensure_questionnaire(
    *,
    by: Viewer,
    code: str,
    kind: Questionnaire.Kind,
    voice: Voice,
    name: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
) -> Questionnaire:
    """The latest version of a questionnaire, made and published if there is none.

    Args:
        by: who acts; may change references, bring files in, or open waves of employees.
        code: its code.
        kind: what it is for.
        voice: who answers it.
        name: its name in each language.
        rows: its questions, as starters write them.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _may_ask(by)
    found = Questionnaire.objects.filter(code=code).order_by("-version").first()
    if found is None:
        found = Questionnaire(
            code=code,
            kind=kind,
            voice=voice.value,
            name=dict(name),
            status=Questionnaire.Status.PUBLISHED,
            published_at=timezone.now(),
        )
        found.full_clean()
        found.save()
        Question.objects.bulk_create(_question(found, row, place) for place, row in enumerate(rows))
        words = {"name": say(found.name, get_language() or "fr"), "voice": found.voice}
        journal.write(by=by, verb="surveys.made", about=found, code=code, **words)
    return found


def _question(of: Questionnaire, row: Mapping[str, Any], position: int) -> Question:
    role = _ROLES.get(row["role"], row["role"])
    return Question(
        questionnaire=of,
        role=role,
        position=position,
        **{name: row[name] for name in _COLUMNS if name in row},
    )


def _starter(part: str) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = starter(SECTORS[0])["questions"][part]
    return rows


def ensure_reviews(*, by: Viewer) -> Questionnaire:
    """The questionnaire behind public reviews: a mark and a text.

    Raises:
        PermissionDenied: if ``by`` may neither change references nor bring files in.
    """
    name = {"fr": "Avis publics", "en": "Public reviews"}
    kind = Questionnaire.Kind.REVIEW
    return ensure_questionnaire(
        by=by, code="review", kind=kind, voice=Voice.CUSTOMER, name=name, rows=_REVIEW
    )


def ensure_returns(*, by: Viewer) -> Questionnaire:
    """The questionnaire behind customers' returns that come in files.

    Raises:
        PermissionDenied: if ``by`` may neither change references nor bring files in.
    """
    name = {"fr": "Retours des clients", "en": "Customers' returns"}
    kind = Questionnaire.Kind.SURVEY
    return ensure_questionnaire(
        by=by, code="returns", kind=kind, voice=Voice.CUSTOMER, name=name, rows=_starter("customer")
    )


def ensure_barometer(*, by: Viewer) -> Questionnaire:
    """The questionnaire behind the barometer's waves that come in files.

    Raises:
        PermissionDenied: if ``by`` may neither change references nor bring files in.
    """
    name = {"fr": "Baromètre", "en": "Barometer"}
    kind = Questionnaire.Kind.BAROMETER
    return ensure_questionnaire(
        by=by, code="barometer", kind=kind, voice=Voice.EMPLOYEE, name=name, rows=_starter("employee")
    )


@transaction.atomic
def ensure_question(
    *, by: Viewer, questionnaire: Questionnaire, key: str, answers: Collection[object]
) -> Question:
    """The question of that key, made from the first answers met if a file brings one nobody wrote.

    Args:
        by: who acts; may change references or bring files in.
        questionnaire: where.
        key: its key; also its wording until somebody writes one.
        answers: answers to it: whole numbers from 1 to 5 make a criterion, other numbers a mark from 0 to
            10, short words a choice, longer ones a text.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _may_ask(by)
    found = Question.objects.filter(questionnaire=questionnaire, key=key).order_by("pk").first()
    if found is None:
        scale = _scale(answers)
        found = Question(
            questionnaire=questionnaire,
            key=key,
            role=Question.Role.TEXT if scale == Question.Scale.TEXT else Question.Role.CRITERION,
            scale=scale,
            wording=dict.fromkeys(LANGUAGES, key),
            position=Question.objects.filter(questionnaire=questionnaire).count(),
        )
        found.full_clean()
        found.save()
    return found


def _scale(answers: Collection[object]) -> Question.Scale:
    words = [each for each in answers if isinstance(each, str)]
    if words:
        longest = max(map(len, words))
        return Question.Scale.TEXT if longest > LONGEST_CHOICE else Question.Scale.CHOICE
    return Question.Scale.ONE_FIVE if set(answers) <= {1, 2, 3, 4, 5} else Question.Scale.ZERO_TEN
