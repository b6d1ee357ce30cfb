"""What returns, reviews and barometer answers have in common: a response, its answers, its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from visavis.core.keys import key
from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reading.fields import QUESTION
from visavis.listen.imports.reasons import Unfit
from visavis.listen.imports.staging import blank, known, upsert
from visavis.listen.imports.targets.base import Job, Numbered, fingerprint
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.listen.returns.written import COPIED, copied, written
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.listen.surveys.services import LONGEST_CHOICE, ensure_question
from visavis.people.access.policy import SHOWN_VOICES

#: The marks of each scale.
_RANGES: Final[Mapping[str, tuple[int, int]]] = {"1-5": (1, 5), "0-10": (0, 10)}


@dataclass(slots=True)
class Said:
    """One response ready to be kept.

    Attributes:
        row: its columns; ``id`` may come later.
        marks: question's key -> answer (a number, a yes or no, a word).
        texts: question's key -> words.
    """

    row: dict[str, Any]
    marks: dict[str, object] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether the row says something at all."""
        return bool(self.marks or self.texts or self.row["callback"])


class Form:
    """The questions of one questionnaire, for one lot.

    Args:
        job: of the lot.
        questionnaire: what was asked.
        rows: the lot.
        grows: whether a question that the file alone knows joins the questionnaire; not where it is frozen.
    """

    def __init__(
        self, job: Job, questionnaire: Questionnaire, rows: Sequence[Numbered], *, grows: bool = True
    ) -> None:
        self._job, self._questionnaire = job, questionnaire
        found = Question.objects.filter(questionnaire=questionnaire).order_by("position", "pk")
        self._questions = {each.key: each for each in found}
        for name in self._strange(job.plan.mapping.fields()) if grows else ():
            answers = {each.row.values.get(QUESTION + name) for each in rows} - {None}
            if answers:
                self._questions[name] = ensure_question(
                    by=job.by, questionnaire=questionnaire, key=name, answers=answers
                )

    def _strange(self, fields: Iterable[str]) -> list[str]:
        names = [each.removeprefix(QUESTION) for each in fields if each.startswith(QUESTION)]
        return [name for name in names if name not in self._questions]

    def asks(self, name: str) -> bool:
        """Whether the questionnaire has a question of that key."""
        return name in self._questions

    def number(self, name: str) -> int:
        """The primary key of a question."""
        return self._questions[name].pk

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {each.role: each.key for each in reversed(self._questions.values())}

    def marked(self, role: Question.Role, marks: Mapping[str, object]) -> object | None:
        """The answer to the first question of that role."""
        return marks.get(self._roles.get(role, ""))

    def read(self, values: Mapping[str, Any], marks: Iterable[str], texts: Iterable[str]) -> Said:
        """Gather the marks and the words of a row; free questions say themselves which they are."""
        said = Said(blank(Response))
        said.marks = {name: values[name] for name in marks if values.get(name) is not None}
        said.texts = {name: values[name] for name in texts if values.get(name)}
        for name, value in values.items():
            if name.startswith(QUESTION) and value is not None:
                self._add(said, name.removeprefix(QUESTION), value)
        return said

    def _add(self, said: Said, name: str, value: object) -> None:
        scale = self._questions[name].scale
        if isinstance(value, str) and (scale == Question.Scale.TEXT or len(value) > LONGEST_CHOICE):
            said.texts[name] = value
        else:
            _must_lie(value, _RANGES.get(scale), name)
            said.marks[name] = value


def _must_lie(value: object, scale: tuple[int, int] | None, name: str) -> None:
    """Refuse a mark off the scale of its question.

    Raises:
        Unfit: if a number does not lie on it, or a word stands where one is expected.
    """
    if scale is None:
        return
    low, high = scale
    if not (isinstance(value, int | float) and low <= value <= high):
        raise Unfit(Code.OUT_OF_RANGE, QUESTION + name, low=low, high=high)


def finish(said: Said, *also: object) -> None:
    """Compute the fingerprint of all that was imported of a response.

    Args:
        said: the response, complete but for its ``id``.
        also: natural names of what ``row`` holds by primary key.
    """
    row = said.row
    told = [row[name] for name in _TOLD]
    said.row["fingerprint"] = fingerprint(
        *told, *also, sorted(said.marks.items()), sorted(said.texts.items())
    )


_TOLD: Final = (
    "code", "interaction_id", "customer_id", "unit_path", "product", "heard_at", "heard_on", "experienced_on",
    "callback", "url", "reply", "replied_on",
)  # fmt: skip


def keep(said: Sequence[Said], form: Form, updated: set[int]) -> None:
    """Write responses with their answers and words; what an updated one no longer says is taken away.

    Words that changed are to be read again; words that did not keep their reading.

    Args:
        said: each identity once.
        form: the questions they answer.
        updated: identities of those that existed.
    """
    _mark(said, updated)
    upsert(Response, [each.row for each in said])
    answers = [
        _answer(each.row["id"], name, value, form) for each in said for name, value in each.marks.items()
    ]
    upsert(Answer, answers)
    texts = [_verbatim(each.row, name, text) for each in said for name, text in each.texts.items()]
    if updated:
        _forget(updated, answers, texts)
        there = known(Verbatim, "text", [each["id"] for each in texts])
        same = [each for each in texts if there.get(each["id"]) == each["text"]]
        upsert(Verbatim, same, only=COPIED)
        texts = [each for each in texts if there.get(each["id"]) != each["text"]]
    upsert(Verbatim, texts)


def _mark(said: Sequence[Said], updated: set[int]) -> None:
    """Say which months change, of the voices that enter published figures, before anything is written."""
    days = {each.row["heard_on"] for each in said if each.row["voice"] in SHOWN_VOICES}
    if updated:
        rows = Response.objects.filter(pk__in=updated, voice__in=SHOWN_VOICES).order_by()
        days |= set(rows.values_list("heard_on", flat=True))
    mark_changed(days)


def _answer(response: int, name: str, value: object, form: Form) -> dict[str, Any]:
    row = blank(Answer) | {
        "id": key(response, name),
        "response_id": response,
        "question_id": form.number(name),
    }
    if isinstance(value, str):
        row["choice"] = value
    else:
        row["value"] = float(value)  # type: ignore[arg-type]  # a number, or a yes or no
    return row


def _verbatim(row: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    named = {"id": key(row["id"], name), "response_id": row["id"], "question_key": name}
    return blank(Verbatim) | copied(row) | written(row["voice"], text) | named


def _forget(updated: set[int], answers: list[dict[str, Any]], texts: list[dict[str, Any]]) -> None:
    kept = {each["id"] for each in answers}
    old = Answer.objects.filter(response_id__in=updated).order_by().values_list("pk", flat=True)
    Answer.objects.filter(pk__in=set(old) - kept).delete()
    kept = {each["id"] for each in texts}
    told = Verbatim.objects.filter(response_id__in=updated).order_by().values_list("pk", flat=True)
    Verbatim.objects.filter(pk__in=set(told) - kept).delete()
