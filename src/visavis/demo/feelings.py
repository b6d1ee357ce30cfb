"""The advisers' ressentis, many at once: the same rows as one tap after each exchange would have made."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.demo.stages import Show
from visavis.listen.imports.staging import blank, known, upsert
from visavis.listen.returns.feelings import feeling_question
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.written import copied, written
from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Interaction
from visavis.people.persons.models import Person

_LOT = 5000
#: Where an exchange happened and what about: a ressenti says the same.
_OF_EXCHANGE = ("unit_id", "unit_path", "channel_id", "reason_id", "level_id")
Line = dict[str, str]


def load_feelings(path: Path, show: Show) -> int:
    """Keep the ressentis of a file; those already kept are left alone.

    Args:
        path: ``feelings.csv``: contact, person, felt_at, feeling, had_means, word.
        show: told how far it got.

    Returns:
        How many rows the file holds.

    Raises:
        KeyError: if an exchange or a person of the file is not known.
    """
    with path.open(encoding="utf-8", newline="") as source:
        total, done = sum(1 for _ in csv.reader(source, delimiter=";")) - 1, 0
    question = feeling_question()
    questions = dict(
        Question.objects.filter(questionnaire=question.questionnaire_id)
        .order_by("pk")
        .values_list("key", "pk")
    )
    people = dict(Person.objects.order_by("pk").values_list("code", "pk"))
    for lot in _lots(path):
        with transaction.atomic():
            _keep(lot, people, questions)
        done += len(lot)
        show(done, total)
    return done


def _lots(path: Path) -> Iterator[list[Line]]:
    with path.open(encoding="utf-8", newline="") as source:
        lines = csv.DictReader(source, delimiter=";")
        while lot := list(islice(lines, _LOT)):
            yield lot


def _keep(lot: Sequence[Line], people: dict[str, int], questions: dict[str, int]) -> None:
    zone = ZoneInfo(settings.TIME_ZONE)
    felt = {_identity(line, people): line for line in lot}
    there = known(Response, "source", felt)
    new = {pk: line for pk, line in felt.items() if pk not in there}
    exchanges = Interaction.objects.in_bulk([key("contact", line["contact"]) for line in new.values()])
    responses = [
        _response(pk, exchanges[key("contact", line["contact"])], people[line["person"]], _at(line, zone))
        for pk, line in new.items()
    ]
    upsert(Response, responses)
    upsert(Answer, [row for pk, line in new.items() for row in _answers(pk, line, questions)])
    texts = ((row, new[row["id"]]["word"]) for row in responses)
    upsert(Verbatim, [_verbatim(row, text) for row, text in texts if text])


def _identity(line: Line, people: dict[str, int]) -> int:
    return key("feeling", key("contact", line["contact"]), people[line["person"]])


def _at(line: Line, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.fromisoformat(line["felt_at"]).replace(tzinfo=zone)


def _response(pk: int, exchange: Interaction, author: int, at: dt.datetime) -> dict[str, Any]:
    return (
        blank(Response)
        | {name: getattr(exchange, name) for name in _OF_EXCHANGE}
        | {
            "id": pk,
            "voice": Voice.EMPLOYEE.value,
            "source": Response.Source.FEELING.value,
            "interaction_id": exchange.pk,
            "author_id": author,
            "heard_at": at,
            "heard_on": at.date(),
        }
    )


def _answers(response: int, line: Line, questions: dict[str, int]) -> Iterator[dict[str, Any]]:
    given = {"feeling": float(line["feeling"]), "had_means": float(line["had_means"] == "yes")}
    for name, value in given.items():
        yield blank(Answer) | {
            "id": key(response, name),
            "response_id": response,
            "question_id": questions[name],
            "value": value,
        }


def _verbatim(response: dict[str, Any], text: str) -> dict[str, Any]:
    name = "feeling_word"
    named = {"id": key(response["id"], name), "response_id": response["id"], "question_key": name}
    return blank(Verbatim) | copied(response) | written(response["voice"], text) | named
