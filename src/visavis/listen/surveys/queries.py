"""Reads of questionnaires."""

from __future__ import annotations

from django.db.models import QuerySet

from visavis.listen.surveys.models import Question, Questionnaire
from visavis.people.access.viewer import NOTHING, Viewer


def questionnaires(viewer: Viewer) -> QuerySet[Questionnaire]:
    """All questionnaires, by code, the latest version first: everybody signed in may know what is asked."""
    if viewer == Viewer():
        return Questionnaire.objects.filter(NOTHING)
    return Questionnaire.objects.order_by("code", "-version")


def questions(questionnaire: Questionnaire) -> QuerySet[Question]:
    """The questions of a questionnaire, in the order in which they are asked."""
    return Question.objects.filter(questionnaire=questionnaire).order_by("position", "pk")
