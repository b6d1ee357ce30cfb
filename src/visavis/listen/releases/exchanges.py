"""A month of exchanges that both sides told: how the adviser lived each, beside the customer's mark.

Who may read returns knows the customer's mark of each exchange, and whose it was: « one unhappy customer,
lived well » would then be somebody's ressenti. What advisers say is therefore parted by the customer's mark
as it is by unit: in groups of enough advisers, who do not all say the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet

from visavis.listen.releases.hiding import Asked, Choice
from visavis.listen.releases.naming import Names
from visavis.listen.releases.planning import UNSAID, Place, Row
from visavis.listen.returns.models import Answer, Response
from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Channel, Interaction, Level, Reason
from visavis.moments.references.models import Moment
from visavis.people.access.policy import SHOWN_VOICES

#: What the company is cut by.
CUTS = ("reason", "channel", "level", "moment")
_LISTS = {"reason": Reason, "channel": Channel, "level": Level, "moment": Moment}
#: What the customer said, coarse then fine.
BAND, MARK = "band", "mark"
_SATISFIED_FROM = 4
#: A site is the smallest branch that shows how exchanges were lived: a team's would be a few people's.
LEVELS = 1
#: Keys of the figures, the finest last: how exchanges were lived; by satisfied customers or not; by mark.
FELT, SATISFIED, PAIR = "feeling", "satisfied", "pair"
#: Where the second may not be told: how many customers were satisfied, which bounds it. Of customers alone.
SAID = "said"


def rows_of(first: dt.date, last: dt.date) -> list[Row]:
    """The exchanges of some days that both sides told, in the order of their keys.

    Returns:
        One row an exchange: the adviser, her unit, what it was about, the customer's mark, her answer.
    """
    felt = Answer.objects.filter(
        question__role=Question.Role.FEELING,
        response__source=Response.Source.FEELING,
        response__author__isnull=False,
        response__interaction__day__range=(first, last),
        value__isnull=False,
    )
    told = felt.order_by("response__interaction", "pk").values_list(
        "response__interaction",
        "response__author",
        "response__unit_path",
        "value",
        "response__interaction__reason__code",
        "response__interaction__channel__code",
        "response__interaction__level__code",
    )
    marks = _marks(Interaction.objects.filter(day__range=(first, last)))
    return [
        Row(path, author, _known(marks[exchange], about), {FELT: f"{value:g}"})
        for exchange, author, path, value, *about in told
        if exchange in marks
    ]


def _marks(exchanges: QuerySet[Interaction]) -> dict[int, tuple[int, str]]:
    """The customer's mark of each exchange and its moment; the first return counts."""
    said = Response.objects.filter(
        voice__in=SHOWN_VOICES, interaction__in=exchanges.order_by(), satisfaction__isnull=False
    )
    rows = said.order_by("-heard_on", "-pk").values_list("interaction", "satisfaction", "moment__code")
    return {exchange: (mark, moment or UNSAID) for exchange, mark, moment in rows if mark is not None}


def _known(said: tuple[int, str], about: Sequence[str | None]) -> dict[str, str]:
    mark, moment = said
    known = dict(zip(CUTS, [*(code or UNSAID for code in about), moment], strict=True))
    return known | {BAND: "yes" if mark >= _SATISFIED_FROM else "no", MARK: str(mark)}


def lists() -> dict[str, dict[str, Names]]:
    """The names of the values of each cut, in the company's order."""
    return {
        cut: dict(model.objects.order_by("position", "pk").values_list("code", "name"))  # type: ignore[attr-defined]
        for cut, model in _LISTS.items()
    }


def asked(floor: int) -> list[Asked]:
    """The one question of a month of exchanges."""
    return [Asked(FELT, floor)]


def figures(places: Sequence[Place], choices: Sequence[Choice]) -> Iterator[tuple[int, str, dict[str, int]]]:
    """What each cell shows: how exchanges were lived, beside what customers said where all of it may be told.

    Args:
        places: cells, and their parts by what the customer said.
        choices: the one question, settled.

    Returns:
        Place of the cell, key of the figure, counts.
    """
    (choice,) = choices
    parts: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, place in enumerate(places):
        if place.value and place.above is not None:
            parts[place.above][place.by].append(at)
    for at in sorted(choice.shown):
        if places[at].value:
            continue
        yield at, FELT, choice.counts(at)
        bands = parts[at][BAND]
        if not _all_shown(bands, choice):
            if bands:
                yield at, SAID, {places[band].value: len(choice.rows[band]) for band in bands}
            continue
        yield at, SATISFIED, _crossed(places, bands, choice)
        marks = [mark for band in bands for mark in parts[band][MARK]]
        if _all_shown(marks, choice):
            yield at, PAIR, _crossed(places, marks, choice)


def _all_shown(parts: Sequence[int], choice: Choice) -> bool:
    return bool(parts) and choice.shown.issuperset(parts)


def _crossed(places: Sequence[Place], parts: Sequence[int], choice: Choice) -> dict[str, int]:
    """The counts of a cell, by what the customer said and how it was lived: ``2,4``."""
    found: Counter[str] = Counter()
    for at in parts:
        found.update({f"{places[at].value},{felt}": n for felt, n in choice.counts(at).items()})
    return dict(sorted(found.items()))


def orders(named: Mapping[str, Mapping[str, Names]]) -> dict[str, list[str]]:
    """The lasting order of the values of each cut."""
    return {cut: list(values) for cut, values in named.items()}
