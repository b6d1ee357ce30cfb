"""Mirror studies: one row is one answer, of a customer or of an employee to whom nothing leads back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.campaigns import mirrors
from visavis.listen.campaigns.models import Campaign
from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reading.fields import QUESTION
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.staging import known
from visavis.listen.imports.targets.barometer import secret_identity
from visavis.listen.imports.targets.base import Job, Numbered, Tally, Target, fingerprint, must_say, sized
from visavis.listen.imports.targets.book import Book
from visavis.listen.imports.targets.settling import occurrences, settle
from visavis.listen.imports.targets.voices import Form, Said, finish, keep
from visavis.listen.releases.queries import is_released
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Question


@dataclass(slots=True)
class _Side:
    """One side of a study, and what a lot brings to it."""

    study: mirrors.Mirror
    campaign: Campaign
    form: Form
    closed: bool
    said: list[tuple[Numbered, Said]] = field(default_factory=list)

    @property
    def nameless(self) -> bool:
        return self.campaign.anonymity == Campaign.Anonymity.ANONYMOUS


class Mirror(Target):
    #: A side goes in at once: the order of its lots would tell the order of the file.
    lot: ClassVar[int | None] = 50_000
    keeps_refused = False
    named_by = ("voice", "respondent")
    nameless = True

    @classmethod
    def is_known_by(cls, name: str) -> bool:
        """Employees' rows have no code: they are known by all that they answer."""
        return name in ("study", "closed_on", "unit") or name.startswith(QUESTION)

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._sides: dict[int, _Side] = {}
        self._firsts: dict[tuple[str, str], int] = {}

    def first_line(self, numbered: Numbered) -> int | None:
        """The first line of the lot with the code of this row, on its side: both sides may number alike."""
        return self._firsts.get(_named(numbered))

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Find the study, resolve, give identities, compare, write, one side after the other."""
        self._sides, book, tally = {}, Book(self.job), Tally()
        self._firsts = {_named(each): each.row.line for each in reversed(rows)}
        for each in rows:
            try:
                side = self._side(rows, each.row.values)
                side.said.append((each, self._read(side, book, each)))
            except Unfit as unfit:
                tally.refused.append(self.refusal(each, unfit))
        self._identify([pair for side in self._sides.values() for pair in side.said])
        for side in self._sides.values():
            good = self._open(side, tally)
            pairs = [(each, said.row) for each, said in good]
            settled = settle(self, Response, pairs, tally, secret=side.nameless)
            wanted = {id(row) for row in settled.rows}
            keep([said for _, said in good if id(said.row) in wanted], side.form, settled.updated)
        return tally

    @cached_property
    def _studies(self) -> list[mirrors.Mirror]:
        return mirrors.mirrors()

    @cached_property
    def _asked(self) -> Mapping[int, frozenset[str]]:
        """What each questionnaire asks."""
        questionnaires = {side.questionnaire_id for study in self._studies for side in study.sides.values()}
        asked: dict[int, set[str]] = {pk: set() for pk in questionnaires}
        rows = Question.objects.filter(questionnaire__in=questionnaires).order_by("pk")
        for questionnaire, name in rows.values_list("questionnaire", "key"):
            asked[questionnaire].add(name)
        return {pk: frozenset(keys) for pk, keys in asked.items()}

    def _side(self, rows: Sequence[Numbered], values: Mapping[str, Any]) -> _Side:
        voice = Voice(values["voice"])
        study = self._study(values, voice)
        campaign = study.sides[voice]
        if campaign.pk not in self._sides:
            form = Form(self.job, campaign.questionnaire, rows, grows=False)
            self._sides[campaign.pk] = _Side(study, campaign, form, is_released(campaign))
        return self._sides[campaign.pk]

    def _study(self, values: Mapping[str, Any], voice: Voice) -> mirrors.Mirror:
        """The study that a row names; else the one that runs on its day and asks what it answers."""
        found, word, day = self._studies, values.get("study"), values["closed_on"]
        if word:
            found = [each for each in found if word.casefold() in map(str.casefold, each.names)]
            if not found:
                raise Unfit(Reason.UNKNOWN_STUDY, "study", value=word)
        found = [each for each in found if each.runs_on(day)]
        if not found:
            raise Unfit(Reason.NO_STUDY_THAT_DAY, "closed_on", day=day.isoformat())
        if len(found) > 1:
            told = set(_answered(values))
            found = [
                each for each in found if told <= self._asked[each.sides[voice].questionnaire_id]
            ] or found
        if len(found) > 1:
            names = ", ".join(each.label for each in found)
            raise Unfit(Reason.SEVERAL_STUDIES, "closed_on", studies=names)
        return found[0]

    def _read(self, side: _Side, book: Book, numbered: Numbered) -> Said:
        values = numbered.row.values
        answers = _answered(values)
        for name, value in answers.items():
            if not side.form.asks(name):
                raise Unfit(Reason.UNKNOWN_QUESTION, _field(values, name), study=side.study.label, value=name)
            if not (name.endswith(mirrors.WHY) or isinstance(value, int)):
                raise Unfit(Code.NOT_WHOLE, _field(values, name))
        said = side.form.read({QUESTION + name: value for name, value in answers.items()}, (), ())
        must_say(said.anything)
        self._must_be_first(side, numbered)
        place = book.unit(values.get("unit")) or book.root
        respondent = sized(values.get("respondent"), 128, "respondent")
        said.row |= {
            "voice": side.campaign.voice,
            "source": Response.Source.MIRROR.value,
            "code": "" if side.nameless else respondent,
            "campaign_id": side.campaign.pk,
            "unit_id": place.pk,
            "unit_path": place.path,
            "heard_on": self._day(side, values["closed_on"]),
        }
        if said.row["code"]:
            said.row["id"] = key("mirror", side.campaign.code, respondent)
        finish(said, side.campaign.code)
        return said

    def _day(self, side: _Side, day: dt.date) -> dt.date:
        """The day that is kept: of who has no name, the last one of the study and no other."""
        return (side.campaign.closes_on or day) if side.nameless else day

    def _must_be_first(self, side: _Side, numbered: Numbered) -> None:
        """One answer a person: what keeps no code can be held against its own file only."""
        if side.nameless and numbered.row.values.get("respondent"):
            first = self.first_line(numbered)
            if first not in (None, numbered.row.line):
                raise Unfit(Reason.CODE_REPEATED, "respondent", first=first)

    def _identify(self, good: Sequence[tuple[Numbered, Said]]) -> None:
        """Rows without a code are known by what they say; of employees, only this instance knows how."""
        nameless = {pk for pk, side in self._sides.items() if side.nameless}
        uncoded = [said for _, said in good if not said.row["code"]]
        contents = [_content(said) for said in uncoded]
        for said, content, nth in zip(uncoded, contents, occurrences(self, contents), strict=True):
            named = secret_identity if said.row["campaign_id"] in nameless else key
            said.row["id"] = named("mirror", content, nth)

    def _open(self, side: _Side, tally: Tally) -> list[tuple[Numbered, Said]]:
        """The rows of sides that are not published; what a published one holds already is no news.

        Of people without a name it would be: their rows are refused alike, whether they are there or not.
        """
        if not side.closed:
            return side.said
        ids = [] if side.nameless else [said.row["id"] for _, said in side.said]
        there = known(Response, "code", ids)
        unfit = Unfit(Reason.STUDY_RELEASED, "closed_on", study=side.study.label)
        late = [each for each, said in side.said if said.row["id"] not in there]
        tally.refused += [self.refusal(each, unfit) for each in late]
        return [pair for pair in side.said if pair[1].row["id"] in there]


def _named(numbered: Numbered) -> tuple[str, str]:
    values = numbered.row.values
    return values["voice"], values.get("respondent") or ""


def _answered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Question's key -> answer; keys have underscores, whatever the file puts between their words."""
    given = {
        name.removeprefix(QUESTION).replace("-", "_"): value
        for name, value in values.items()
        if name.startswith(QUESTION) and value is not None
    }
    return {name: str(value) if name.endswith(mirrors.WHY) else value for name, value in given.items()}


def _field(values: Mapping[str, Any], name: str) -> str:
    return next(each for each in values if each.replace("-", "_") == QUESTION + name)


def _content(said: Said) -> int:
    row = said.row
    told = (*sorted(said.marks.items()), *sorted(said.texts.items()))
    return fingerprint(row["campaign_id"], row["unit_path"], *told)
