"""Exchanges: one row is one exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from visavis.core.keys import key
from visavis.listen.imports.reasons import Unfit
from visavis.listen.imports.staging import blank, known, upsert
from visavis.listen.imports.targets.base import Numbered, Tally, Target, fingerprint, sized
from visavis.listen.imports.targets.book import Book, Entry, customer_key
from visavis.listen.imports.targets.customers import keep_customers
from visavis.listen.imports.targets.settling import Settled, settle
from visavis.moments.exchanges.models import Channel, Interaction, Mode
from visavis.moments.exchanges.services import link_previous

#: Where the file does not say on which channel.
_UNSAID = {"code": "unsaid", "name": {"fr": "Non précisé", "en": "Not specified"}, "position": 99}


class _Met(NamedTuple):
    """One exchange ready to be kept, and the customer behind it."""

    row: dict[str, Any]
    customer: tuple[int, str, str] | None


class Contacts(Target):
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
        settled = settle(self, Interaction, [(each, item.row) for each, item in met], "contact", tally)
        self._keep(settled, [item for _, item in met])
        return tally

    def _keep(self, settled: Settled, met: Sequence[_Met]) -> None:
        kept = {row["id"]: row for row in settled.rows}
        customers = {
            item.customer[0]: item.customer[1:]
            for item in met
            if item.customer and item.row["id"] in settled.mine
        }
        keep_customers(customers)
        left = known(Interaction, "customer_id", settled.updated)
        upsert(Interaction, settled.rows, keep=["previous_id"])
        touched = {row["customer_id"] for row in kept.values()} | set(left.values())
        link_previous(touched - {None})

    def _read(self, book: Book, values: dict[str, Any]) -> _Met:
        get = values.get
        code = sized(get("contact"), 128, "contact")
        started = values["started_at"]
        day = started.astimezone(self.job.zone).date()
        channel = book.term("channel", get("channel")) or _unsaid(book)
        reason, level = book.term("reason", get("reason")), book.term("level", get("level"))
        place = book.unit(get("unit"))
        person = book.person(get("person"), place)
        if place is None and person is not None:
            place = book.unit_of_day(values["person"], person, day)
        customer = customer_key(get("customer"))
        segment = sized(get("segment"), 40, "segment")
        mode = get("mode") or (Mode.HUMAN.value if person else book.mode_of(channel))
        row = blank(Interaction) | {
            "id": key("contact", code), "code": code, "started_at": started, "day": day,
            "channel_id": channel.pk, "reason_id": reason and reason.pk, "level_id": level and level.pk,
            "mode": mode, "wait_s": get("wait_s"), "handle_s": get("handle_s"),
            "outcome": get("outcome") or "", "person_id": person, "unit_id": place and place.pk,
            "unit_path": place.path if place else "", "customer_id": customer,
        }  # fmt: skip
        row["fingerprint"] = fingerprint(
            started, channel.code, reason and reason.code, level and level.code, mode, row["wait_s"],
            row["handle_s"], row["outcome"], get("person") if person else "", row["unit_path"],
            get("customer"), segment,
        )  # fmt: skip
        return _Met(row, (customer, values["customer"], segment) if customer else None)


def _unsaid(book: Book) -> Entry:
    made, _ = Channel.objects.get_or_create(code=_UNSAID["code"], defaults=_UNSAID)
    return book.remember("channel", made)
