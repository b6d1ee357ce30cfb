"""Exchanges: one row is one exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from visavis.core.keys import key
from visavis.listen.imports.reasons import Unfit
from visavis.listen.imports.staging import known, upsert
from visavis.listen.imports.targets.base import Numbered, Tally, Target, fingerprint, sized
from visavis.listen.imports.targets.book import Book, customer_key
from visavis.listen.imports.targets.customers import keep_customers
from visavis.listen.imports.targets.settling import Settled, settle
from visavis.moments.exchanges.models import Interaction, Mode
from visavis.moments.exchanges.services import link_previous
from visavis.people.erasures.models import Kind

_HUMAN: Final = Mode.HUMAN.value


class _Met(NamedTuple):
    """One exchange ready to be kept, and the customer behind it."""

    row: dict[str, Any]
    customer: tuple[int, str, str] | None


class Contacts(Target):
    named_by = ("contact",)
    naming = {"customer": Kind.CUSTOMER, "person": Kind.PERSON}

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Resolve, compare, write, then chain the repeated contacts of the customers concerned."""
        book = Book(self.job, (each.row.values.get("person") for each in rows))
        tally = Tally()
        met: list[tuple[Numbered, _Met]] = []
        for each in rows:
            try:
                met.append((each, self._read(book, each.row.values)))
            except Unfit as unfit:
                tally.refused.append(self.refusal(each, unfit))
        settled = settle(self, Interaction, [(each, item.row) for each, item in met], tally)
        self._keep(settled, [item for _, item in met])
        return tally

    def _keep(self, settled: Settled, met: Sequence[_Met]) -> None:
        written = {id(row) for row in settled.rows}
        keep_customers(
            {each.customer[0]: each.customer[1:] for each in met if each.customer and id(each.row) in written}
        )
        left = known(Interaction, "customer_id", settled.updated)
        upsert(Interaction, settled.rows, keep=["previous_id"])
        touched = {row["customer_id"] for row in settled.rows} | set(left.values())
        link_previous(touched - {None})

    def _read(self, book: Book, values: dict[str, Any]) -> _Met:
        """One row. Written out column by column: this is the one place where a million rows pass."""
        get = values.get
        code, staff, client = sized(values["contact"], 128, "contact"), get("person"), get("customer")
        started = values["started_at"]
        day = started.astimezone(self.job.zone).date()
        channel = book.term("channel", get("channel")) or book.unsaid_channel
        reason, level = book.term("reason", get("reason")), book.term("level", get("level"))
        place = book.unit(get("unit"))
        person = book.person(staff, place)
        if place is None and person is not None:
            place = book.unit_of_day(str(staff), person, day)
        unit, path = place or (None, "")
        mode = get("mode") or (_HUMAN if person else book.mode_of(channel))
        customer, segment = customer_key(client), sized(get("segment"), 40, "segment")
        wait, handle, outcome = get("wait_s"), get("handle_s"), get("outcome") or ""
        row = {
            "id": key("contact", code), "code": code, "started_at": started, "day": day,
            "channel_id": channel.pk, "reason_id": reason and reason.pk, "level_id": level and level.pk,
            "mode": mode, "wait_s": wait, "handle_s": handle, "outcome": outcome, "person_id": person,
            "unit_id": unit, "unit_path": path, "customer_id": customer, "previous_id": None,
            "fingerprint": fingerprint(
                started, channel.code, reason and reason.code, level and level.code, mode, wait, handle,
                outcome, staff if person else "", path, client, segment,
            ),
        }  # fmt: skip
        return _Met(row, (customer, client, segment) if customer and client else None)
