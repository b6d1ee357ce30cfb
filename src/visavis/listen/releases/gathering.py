"""The contributions of a release, and the tree of its closing day. For the services of this room only."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from visavis.listen.campaigns.models import Campaign, Invitation
from visavis.listen.releases.planning import Row, Tree
from visavis.listen.returns.models import Answer, Response
from visavis.people.persons.models import Assignment
from visavis.people.units.models import Unit

#: Who is asked in a wave, unless its campaign says otherwise.
_ASKED = ("adviser",)


def answers_of(responses: QuerySet[Response]) -> dict[int, dict[str, str]]:
    """What was answered, by response and question; a mark as it was given: ``4``, not ``4.0``."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Answer.objects.filter(response__in=responses.order_by()).order_by("pk")
    for response, key, value, choice in rows.values_list("response", "question__key", "value", "choice"):
        found[response][key] = choice if value is None else f"{value:g}"
    return found


def campaign_rows(campaign: Campaign) -> list[Row]:
    """The answers to an anonymous campaign: each is one person's, whoever she is."""
    responses = Response.objects.filter(campaign=campaign).order_by("pk")
    answers = answers_of(responses)
    told = responses.values_list("pk", "unit_path", "traits")
    return [
        Row(path, pk, {name: str(value) for name, value in traits.items()}, answers.get(pk, {}))
        for pk, path, traits in told
    ]


def tree_of(day: dt.date, rows: Iterable[Row], invited: Counter[str]) -> Tree:
    """The units of a day, those of the rows in any case, in the order in which the company named them."""
    needed = {row.path for row in rows} | set(invited)
    units = Unit.objects.order_by("pk")
    opened = set(units.open_on(day).values_list("path", flat=True))
    above = {other for path in needed for other in _above(path)}
    return Tree([path for path in units.values_list("path", flat=True) if path in opened | above], invited)


def _above(path: str) -> list[str]:
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[:depth]) + "/" for depth in range(1, len(steps) + 1)]


def invited_to(campaign: Campaign, day: dt.date) -> Counter[str]:
    """How many people were asked at each unit: those invited, or else the advisers of the closing day."""
    people = Invitation.objects.filter(campaign=campaign, person__isnull=False).order_by()
    asked = list(people.values_list("person", flat=True))
    return _posted(day, asked) if asked else staff_on(day, campaign.sampling.get("roles") or _ASKED)


def staff_on(day: dt.date, roles: Sequence[str] = _ASKED) -> Counter[str]:
    """How many people of some roles work at each unit on a day."""
    held = Assignment.objects.on(day).filter(role__in=roles).order_by()
    return Counter(held.values_list("unit_path", flat=True))


def _posted(day: dt.date, people: Sequence[int]) -> Counter[str]:
    held = Assignment.objects.on(day).filter(person__in=people).order_by()
    return Counter(held.values_list("unit_path", flat=True))
