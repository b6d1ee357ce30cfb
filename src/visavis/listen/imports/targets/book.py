"""The company's lists, loaded for one lot of rows: what each word of the file stands for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from visavis.core.keys import key
from visavis.listen.imports.plans import Unknown
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.base import Job, sized
from visavis.listen.imports.targets.lookup import Lookup
from visavis.moments.exchanges.models import Channel, Level, Mode, Term
from visavis.moments.exchanges.models import Reason as ContactReason
from visavis.moments.exchanges.services import ensure_term, starter_names
from visavis.moments.references.models import Moment, Named
from visavis.moments.references.services import install_moments, sector_of_moment
from visavis.people.persons.models import Person
from visavis.people.persons.queries import Whereabouts, whereabouts
from visavis.people.persons.services import assign, know_person
from visavis.people.units.models import Unit
from visavis.people.units.queries import company
from visavis.people.units.services import ensure_company, place_unit, step_of

#: Strangers of one field that are compared with the whole list: each comparison costs a list's length.
_COMPARED = 300


class Entry(NamedTuple):
    """One entry of a list: its row and its code."""

    pk: int
    code: str


class Place(NamedTuple):
    """A unit: its row and its path."""

    pk: int
    path: str


_TERMS: dict[str, tuple[type[Term], Reason]] = {
    "channel": (Channel, Reason.UNKNOWN_CHANNEL),
    "reason": (ContactReason, Reason.UNKNOWN_REASON),
    "level": (Level, Reason.UNKNOWN_LEVEL),
}


def _listed(model: type[Named]) -> Lookup[Entry]:
    lookup: Lookup[Entry] = Lookup()
    usual = starter_names(model) if issubclass(model, Term) else {}
    entries: QuerySet[Any] = QuerySet(model)
    for entry in entries.order_by("position", "pk"):
        own = getattr(entry, "aliases", ())
        lookup.add(Entry(entry.pk, entry.code), entry.code, (*entry.name.values(), *own))
    for code, names in usual.items():
        if known := lookup.find(code):
            lookup.add(known, code, names)
    return lookup


class Book:
    """What words mean, in one lot. What a lot creates is found again by its later rows."""

    def __init__(self, job: Job, people: Iterable[str | None] = ()) -> None:
        self.job = job
        self._people = {code for code in people if code}
        self._newcomers: dict[int, Place] = {}

    @cached_property
    def root(self) -> Place:
        """The company itself."""
        root = company() or ensure_company(by=self.job.by, name=self.job.plan.company)
        return Place(root.pk, root.path)

    @cached_property
    def _units(self) -> Lookup[Place]:
        lookup: Lookup[Place] = Lookup()
        for pk, code, name, path in Unit.objects.order_by("path").values_list("pk", "code", "name", "path"):
            lookup.add(Place(pk, path), code, [name])
        return lookup

    @cached_property
    def _terms(self) -> dict[str, Lookup[Entry]]:
        return {name: _listed(model) for name, (model, _) in _TERMS.items()}

    @cached_property
    def _moments(self) -> Lookup[Entry]:
        return _listed(Moment)

    @cached_property
    def _persons(self) -> dict[str, int]:
        return dict(Person.objects.filter(code__in=self._people).order_by("pk").values_list("code", "pk"))

    @cached_property
    def _where(self) -> Whereabouts:
        return whereabouts(self._persons.values())

    def unit(self, word: str | None) -> Place | None:
        """The unit of that code or name."""
        if word is None:
            return None
        found = self._units.find(word)
        if found is None and self._fate("unit", word, Reason.UNKNOWN_UNIT, self._units) is Unknown.CREATE:
            name = sized(word, 120, "unit")
            above = Unit.objects.get(pk=self.root.pk)
            made = place_unit(by=self.job.by, code=self._free_code(name), parent=above, name=name).unit
            found = Place(made.pk, made.path)
            self._units.add(found, made.code, [name])
        return found

    def _free_code(self, name: str) -> str:
        """A code for a new unit: two names may shorten alike."""
        code, number = step_of(name), 1
        while Unit.objects.filter(code=code).exists():
            number += 1
            code = f"{step_of(name)[:58]}-{number}"
        return code

    def term(self, name: str, word: str | None) -> Entry | None:
        """The entry of a list (``channel``, ``reason`` or ``level``) that ``word`` names."""
        if word is None:
            return None
        model, reason = _TERMS[name]
        lookup = self._terms[name]
        found = lookup.find(word)
        if found is None and self._fate(name, word, reason, lookup) is Unknown.CREATE:
            made = ensure_term(by=self.job.by, model=model, value=word, language=self.job.language)
            found = Entry(made.pk, made.code)
            lookup.add(found, made.code, [word, *made.name.values(), *made.aliases])
        return found

    @cached_property
    def _modes(self) -> dict[int, str]:
        return dict(Channel.objects.order_by("pk").values_list("pk", "mode"))

    def mode_of(self, channel: Entry) -> str:
        """How a channel is served when the file does not say."""
        return self._modes.get(channel.pk, Mode.HUMAN)

    @cached_property
    def unsaid_channel(self) -> Entry:
        """Where the file does not say on which channel."""
        names = {"fr": "Non précisé", "en": "Not specified"}
        made, _ = Channel.objects.get_or_create(code="unsaid", defaults={"name": names, "position": 99})
        return Entry(made.pk, made.code)

    def moment(self, word: str | None) -> Entry | None:
        """The moment that ``word`` names; an import never adds one to a reference that exists."""
        if word is None:
            return None
        found = self._moments.find(word) or self._first_moments(word)
        if found is None:
            self._fate("moment", word, Reason.UNKNOWN_MOMENT, self._moments)
        return found

    def _first_moments(self, word: str) -> Entry | None:
        """Where there is no reference yet, it starts from the sector whose codes the file uses."""
        sector = sector_of_moment(word)
        if sector is None or Moment.objects.exists():
            return None
        install_moments(by=self.job.by, sector=sector, at=timezone.now())
        self._moments = _listed(Moment)
        return self._moments.find(word)

    def person(self, code: str | None, unit: Place | None = None) -> int | None:
        """The person of that staff code; a new one works in ``unit`` (or the company) since ever."""
        if code is None:
            return None
        found = self._persons.get(code)
        if found is None and self._fate("person", code, Reason.UNKNOWN_PERSON) is Unknown.CREATE:
            known = know_person(by=self.job.by, code=sized(code, 64, "person")).person
            where = Unit.objects.get(pk=(unit or self.root).pk)
            assign(by=self.job.by, person=known, unit=where, today=self.job.today)
            found = self._persons[code] = known.pk
            self._newcomers[found] = unit or self.root
        return found

    def unit_of_day(self, code: str, person: int, day: dt.date) -> Place:
        """Where somebody works on a day.

        Raises:
            Unfit: if nowhere.
        """
        if person in self._newcomers:
            return self._newcomers[person]
        spell = self._where.on(person, day)
        if spell is None:
            raise Unfit(Reason.NO_UNIT_THAT_DAY, "person", value=code, day=day.isoformat())
        return Place(spell.unit, spell.path)

    def stranger(self, name: str, word: str, reason: Reason) -> None:
        """Note a value that no list holds.

        Raises:
            Unfit: if such a row is to be rejected.
        """
        self._fate(name, word, reason)

    def _fate(
        self, name: str, word: str, reason: Reason, lookup: Lookup[Entry] | Lookup[Place] | None = None
    ) -> Unknown:
        if self.job.strangers is not None:
            self._note(self.job.strangers.setdefault(name, Counter()), name, word, lookup)
        fate = self.job.plan.fate(name, word)
        if fate is Unknown.REJECT:
            raise Unfit(reason, name, value=word)
        return fate

    def _note(
        self,
        counts: Counter[str],
        name: str,
        word: str,
        lookup: Lookup[Entry] | Lookup[Place] | None,
    ) -> None:
        """Count a stranger; what it resembles is looked for while there are few."""
        counts[word] += 1
        if (
            lookup is not None
            and counts[word] == 1
            and len(counts) <= _COMPARED
            and (near := lookup.near(word))
        ):
            self.job.near[name, word] = near.code if isinstance(near, Entry) else near.path.split("/")[-2]


def customer_key(code: str | None, field: str = "customer") -> int | None:
    """The identity of a customer.

    Raises:
        Unfit: if the code is too long to be kept.
    """
    return key("customer", sized(code, 128, field)) if code else None
