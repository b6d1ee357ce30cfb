"""Gestures on mirror studies: making one, taking its figures away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.core.languages import say
from visavis.core.words import Voice
from visavis.listen.campaigns.mirrors import WHY
from visavis.listen.campaigns.models import Campaign
from visavis.listen.campaigns.services import open_mirror
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.listen.surveys.services import ensure_questionnaire
from visavis.moments.exchanges.services import slug
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.queries import may_create, sees

#: Addresses beside those of the studies.
TAKEN: Final = frozenset({"nouvelle"})
#: Most questions of a study: beyond, nobody answers to the end.
MOST: Final = 20
#: How far apart is still alike, when nobody said otherwise: half a mark of eleven.
MARGIN: Final = 0.5
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ASKED: Final = {
    Voice.CUSTOMER: {"fr": "Pourquoi cette note\u00a0?", "en": "Why this mark?"},
    Voice.EMPLOYEE: {
        "fr": "Pourquoi cette note\u00a0? Ne nommez personne.",
        "en": "Why this mark? Name nobody.",
    },
}
#: The ends of a scale of marks.
ENDS: Final[Mapping[str, tuple[int, int]]] = {"0-10": (0, 10), "1-5": (1, 5)}


@dataclass(frozen=True, slots=True)
class Item:
    """One question: the key that both sides share, and what each side is asked, by language."""

    key: str
    wording: Mapping[Voice, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A study as somebody wishes it.

    Attributes:
        name: in each language.
        design: who answers about whom.
        scale: ``0-10`` or ``1-5``.
        margin: how far apart is still alike, in marks.
        opens_on: first day.
        closes_on: last day.
        items: the questions, in their order.
        words: whether each question also asks why, in words.
    """

    name: Mapping[str, str]
    design: str
    scale: str
    margin: float
    opens_on: dt.date
    closes_on: dt.date
    items: Sequence[Item]
    words: bool = False


@transaction.atomic
def create_study(*, by: Viewer, outline: Outline) -> Study:
    """Make a study: two published questionnaires, which nobody changes any more, and two campaigns.

    Args:
        by: who makes it; needs the right to references or to the waves of employees.
        outline: the study wished.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the outline does not hold together.
    """
    if not may_create(by):
        raise PermissionDenied
    check(outline)
    code = _free(slug(next(filter(None, outline.name.values())))[:50].strip("-"))
    asked = {
        voice: ensure_questionnaire(
            by=by,
            code=f"{code}-{voice.value}",
            kind=Questionnaire.Kind.MIRROR,
            voice=voice,
            name=outline.name,
            rows=list(_rows(outline, voice)),
        )
        for voice in Voice
    }
    sides = open_mirror(
        by=by,
        code=code,
        name=outline.name,
        questionnaires=asked,
        opens_on=outline.opens_on,
        closes_on=outline.closes_on,
    )
    study = Study(campaign=sides.sides[Voice.CUSTOMER], design=outline.design, margin=outline.margin)
    study.full_clean()
    study.save()
    journal.write(
        by=by, verb="mirror.made", about=study, code=code, name=say(outline.name, get_language() or "fr")
    )
    return study


def _rows(outline: Outline, voice: Voice) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for item in outline.items:
        rows.append(
            {
                "key": item.key,
                "role": Question.Role.CRITERION,
                "scale": outline.scale,
                "wording": dict(item.wording[voice]),
            }
        )
        if outline.words:
            why = {"key": item.key + WHY, "role": Question.Role.TEXT, "scale": Question.Scale.TEXT}
            rows.append(why | {"wording": _ASKED[voice]})
    return rows


def check(outline: Outline) -> None:
    """Refuse an outline that would make no study.

    Raises:
        ValidationError: for whatever is wrong first.
    """
    for told in _wrong(outline):
        raise ValidationError(told)


def _wrong(outline: Outline) -> list[str]:
    keys = [item.key for item in outline.items]
    low, high = ENDS[outline.scale]
    bad = next((key for key in keys if not _KEY.fullmatch(key) or key.endswith(WHY)), "")
    checks = (
        (not any(outline.name.values()), _("Give the study a name.")),
        (not keys, _("Write one question at least.")),
        (len(keys) > MOST, _("%(most)s questions at most.") % {"most": MOST}),
        (len(set(keys)) < len(keys), _("Two questions have the same key.")),
        (
            bool(bad),
            _("“%(key)s” is no key: small letters, figures and underscores, not ending with “_why”.")
            % {"key": bad},
        ),
        (
            any(not all(any(told.values()) for told in item.wording.values()) for item in outline.items),
            _("Each question is worded for both sides."),
        ),
        (
            not 0 < outline.margin <= (high - low) / 4,
            _("The margin lies above 0, up to a quarter of the scale."),
        ),
        (outline.closes_on < outline.opens_on, _("The study closes before it opens.")),
    )
    return [told for wrong, told in checks if wrong]


def _free(wanted: str) -> str:
    """A code that neither a campaign nor a questionnaire has."""
    held = Campaign.objects.filter(code__startswith=wanted).order_by().values_list("code", flat=True)
    asked = Questionnaire.objects.filter(code__startswith=wanted).order_by().values_list("code", flat=True)
    taken = TAKEN.union(held, asked, (each.removesuffix(f"-{voice}") for each in asked for voice in Voice))
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


@transaction.atomic
def tell_export(*, by: Viewer, name: str) -> None:
    """Write in the journal that the figures of a study left the product as a file.

    Args:
        by: who exports; needs the figures of customers and the released ones of employees.
        name: name of the file.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    if not sees(by):
        raise PermissionDenied
    journal.write(by=by, verb="mirror.exported", name=name)
