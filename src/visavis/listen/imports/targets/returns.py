"""Customers' returns: one row is one answer to a survey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.campaigns.services import ensure_campaign
from visavis.listen.imports.reading.fields import QUESTION
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.base import Job, Numbered, Tally, Target, must_say, sized
from visavis.listen.imports.targets.book import Book, Entry, Place, customer_key
from visavis.listen.imports.targets.customers import keep_customers
from visavis.listen.imports.targets.reviews import content_of
from visavis.listen.imports.targets.settling import occurrences, settle
from visavis.listen.imports.targets.voices import Form, Said, finish, keep
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.listen.surveys.services import ensure_returns
from visavis.moments.exchanges.models import Interaction
from visavis.people.erasures.models import Kind

MARKS: Final = (
    "satisfaction", "recommendation", "effort", "clarity", "kindness", "listening", "resolved",
)  # fmt: skip
#: What a return without a code is known by.
_CONTENT: Final = (
    "answered_at", "contact", "channel", "reason", "level", "person", "unit", "customer", "campaign",
    *MARKS, "verbatim", "callback", "moment", "product",
)  # fmt: skip


class Exchange(NamedTuple):
    """What a return takes from the exchange that it is about."""

    pk: int
    unit: int | None
    path: str
    person: int | None
    staff: str | None
    channel: Entry
    reason: Entry | None
    level: Entry | None
    customer: int | None


class _About(NamedTuple):
    """What a return is about, whoever told it: the exchange or the row itself."""

    place: Place | None
    person: int | None
    staff: str | None
    channel: Entry | None
    reason: Entry | None
    level: Entry | None
    customer: int | None
    exchange: int | None = None


_NEEDED: Final = (
    "pk", "unit_id", "unit_path", "person_id", "person__code", "channel_id", "channel__code", "reason_id",
    "reason__code", "level_id", "level__code", "customer_id",
)  # fmt: skip


def _exchanges(codes: Iterable[str | None]) -> dict[int, Exchange]:
    wanted = {key("contact", code) for code in codes if code}
    rows = Interaction.objects.filter(pk__in=wanted).order_by().values_list(*_NEEDED)
    return {row[0]: _exchange(*row) for row in rows}


def _exchange(  # noqa: PLR0913, PLR0917 - the columns of ``_NEEDED``
    pk: int, unit: int | None, path: str, person: int | None, staff: str | None, channel: int,
    channel_code: str, reason: int | None, reason_code: str, level: int | None, level_code: str,
    customer: int | None,
) -> Exchange:  # fmt: skip
    entries = Entry(channel, channel_code), _entry(reason, reason_code), _entry(level, level_code)
    return Exchange(pk, unit, path, person, staff, *entries, customer)


def _entry(pk: int | None, code: str) -> Entry | None:
    return Entry(pk, code) if pk is not None else None


class Returns(Target):
    named_by = ("return",)
    naming = {"customer": Kind.CUSTOMER, "person": Kind.PERSON}
    content = _CONTENT

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        free = sorted(name for name in job.plan.mapping.fields() if name.startswith(QUESTION))
        self._content = (*_CONTENT, *free)

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Resolve, give identities, compare, write."""
        questionnaire = ensure_returns(by=self.job.by)
        form = Form(self.job, questionnaire, rows)
        campaigns = self._campaigns(questionnaire, rows)
        book = Book(self.job, (each.row.values.get("person") for each in rows))
        exchanges = _exchanges(each.row.values.get("contact") for each in rows)
        tally = Tally()
        good: list[tuple[Numbered, Said]] = []
        for each in rows:
            try:
                about = self._about(book, exchanges, each.row.values)
                said = self._read(form, book, about, each.row.values)
                said.row["campaign_id"] = campaigns.get(each.row.values.get("campaign") or "")
                good.append((each, said))
            except Unfit as unfit:
                tally.refused.append(self.refusal(each, unfit))
        self._identify(good)
        settled = settle(self, Response, [(each, said.row) for each, said in good], tally)
        wanted = {id(row) for row in settled.rows}
        kept = [(each, said) for each, said in good if id(said.row) in wanted]
        keep_customers(dict(_customers(kept)))
        keep([said for _, said in kept], form, settled.updated)
        return tally

    def _campaigns(self, questionnaire: Questionnaire, rows: Sequence[Numbered]) -> dict[str, int]:
        names = dict.fromkeys(each.row.values.get("campaign") for each in rows)
        return {
            name: ensure_campaign(by=self.job.by, name=name, questionnaire=questionnaire).pk
            for name in names
            if name
        }

    def _identify(self, good: Sequence[tuple[Numbered, Said]]) -> None:
        uncoded = [(each, said) for each, said in good if not said.row["code"]]
        contents = [content_of(each.row.values, self._content) for each, _ in uncoded]
        for (_, said), content, nth in zip(uncoded, contents, occurrences(self, contents), strict=True):
            said.row["id"] = key("return", content, nth)

    def _about(self, book: Book, exchanges: dict[int, Exchange], values: dict[str, Any]) -> _About:
        contact = values.get("contact")
        found = exchanges.get(key("contact", contact)) if contact else None
        if contact and found is None:
            book.stranger("contact", contact, Reason.UNKNOWN_CONTACT)
        told = self._told(book, values)
        if found is None:
            return told
        place = Place(found.unit, found.path) if found.unit is not None else told.place
        return _About(
            place,
            found.person or told.person,
            found.staff or told.staff,
            found.channel,
            found.reason or told.reason,
            found.level or told.level,
            found.customer or told.customer,
            found.pk,
        )

    def _told(self, book: Book, values: dict[str, Any]) -> _About:
        get = values.get
        place = book.unit(get("unit"))
        person = book.person(get("person"), place)
        if place is None and person is not None:
            day = values["answered_at"].astimezone(self.job.zone).date()
            place = book.unit_of_day(values["person"], person, day)
        return _About(
            place,
            person,
            get("person") if person is not None else None,
            book.term("channel", get("channel")),
            book.term("reason", get("reason")),
            book.term("level", get("level")),
            customer_key(get("customer")),
        )

    def _read(self, form: Form, book: Book, about: _About, values: dict[str, Any]) -> Said:
        get = values.get
        said = form.read(values, MARKS, ["verbatim"])
        said.row["callback"] = bool(get("callback"))
        must_say(said.anything)
        place = about.place or book.root
        moment = book.moment(get("moment"))
        code = sized(get("return"), 128, "return")
        said.row |= {
            "voice": Voice.CUSTOMER.value, "source": Response.Source.SURVEY.value, "code": code,
            "interaction_id": about.exchange, "customer_id": about.customer, "person_id": about.person,
            "unit_id": place.pk, "unit_path": place.path, "channel_id": about.channel and about.channel.pk,
            "reason_id": about.reason and about.reason.pk, "level_id": about.level and about.level.pk,
            "moment_id": moment and moment.pk, "product": sized(get("product"), 80, "product"),
            "heard_at": values["answered_at"],
            "heard_on": values["answered_at"].astimezone(self.job.zone).date(),
            "satisfaction": form.marked(Question.Role.CSAT, said.marks),
            "recommendation": form.marked(Question.Role.NPS, said.marks),
        }  # fmt: skip
        if code:
            said.row["id"] = key("return", code)
        names = [each and each.code for each in (about.channel, about.reason, about.level, moment)]
        finish(said, about.staff, get("campaign"), *names)
        return said


def _customers(kept: Sequence[tuple[Numbered, Said]]) -> Iterable[tuple[int, tuple[str, str]]]:
    """Customers that the rows name themselves; those of an exchange are there already."""
    for each, said in kept:
        code = each.row.values.get("customer")
        if code and said.row["customer_id"] == key("customer", code):
            yield said.row["customer_id"], (code, "")
