"""Companies under attack: drawn as the attack suite draws them, loaded for good, read back through HTTP."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import python_calamine
from django.urls import reverse

from tests import house
from tests.listen.releases.company import CLOSED, barometer, open_gate, release, wave
from tests.shared import shared_path
from visavis.core.keys import key
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.people.persons.models import Assignment, Person

TRAITS = ("contract", "gender", "seniority", "shift")
#: What pages and tables call the cuts.
CUTS = {
    "Place dans l’organisation": "unit", "Contrat": "contract", "Genre": "gender",
    "Ancienneté": "seniority", "Horaire": "shift",
}  # fmt: skip
#: The mark of a promoter, a passive, a detractor.
MARKS = (9.0, 7.0, 4.0)
CLASSES = ("promoters", "passives", "detractors")
Filter = dict[str, Any]
Group = dict[str, int]


def suite() -> ModuleType:
    """The attack suite, as it is beside the checkout."""
    found = importlib.util.spec_from_file_location("attacks", shared_path("tools", "attacks.py"))
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


class Company:
    """A company of the suite, in our tables.

    Args:
        naive: as the suite draws it: people, who answered, of which class, who wrote.
    """

    def __init__(self, naive: Any) -> None:
        self.naive = naive
        self.root = root = house.company()
        self.sites = {each: house.unit(f"site{each}", root) for each in range(3)}
        found = sorted({p["team"] for p in naive.people})
        self.teams = {each: house.unit(f"team{each}", self.sites[each // 8]) for each in found}
        staff = [Person(code=f"p{p['person']}", name=f"Personne {p['person']}") for p in naive.people]
        Person.objects.bulk_create(staff)
        Assignment.objects.bulk_create(
            Assignment(person=one, unit=where, unit_path=where.path, starts_on=house.LONG_AGO)
            for one, p in zip(staff, naive.people, strict=True)
            for where in (self.teams[p["team"]],)
        )
        self.questions = barometer()
        self.reader = house.member(root, Role.HR)

    def wave(self, closes_on: dt.date = CLOSED, *, less: frozenset[int] = frozenset()) -> Campaign:
        """A wave that everybody answered as the suite says, but for some people."""
        made = wave(self.questions, closes_on)
        self.answer(made, [p for p in self.naive.resp if p["person"] not in less])
        return made

    def answer(self, to: Campaign, people: list[dict[str, Any]]) -> None:
        """Let people answer: one mark, their traits, and the words of those who write."""
        asked = Question.objects.get(questionnaire=self.questions, key="recommend_employer")
        day = to.closes_on or CLOSED
        said = [self._response(to, p, day) for p in people]
        Response.objects.bulk_create(said)
        marks = [MARKS[self.naive.cls[p["person"]]] for p in people]
        Answer.objects.bulk_create(
            Answer(id=key(one.pk, asked.key), response=one, question=asked, value=mark)
            for one, mark in zip(said, marks, strict=True)
        )
        Verbatim.objects.bulk_create(
            Verbatim(
                id=key(one.pk, "comment"),
                response=one,
                question_key="comment",
                voice=one.voice,
                heard_on=day,
                unit_path=one.unit_path,
                text=f"commentaire numero {p['person']} fin",
            )
            for one, p in zip(said, people, strict=True)
            if p["person"] in self.naive.has_comment
        )

    def _response(self, to: Campaign, p: dict[str, Any], day: dt.date) -> Response:
        team = self.teams[p["team"]]
        return Response(
            id=key("attacked", to.pk, p["person"]),
            voice=Voice.EMPLOYEE.value,
            source=Response.Source.BAROMETER,
            campaign=to,
            unit=team,
            unit_path=team.path,
            heard_on=day,
            traits={name: str(p[name]) for name in TRAITS},
        )


class Seen:
    """What somebody who sees the whole company gets of its waves by one surface: the adapter of the suite.

    Args:
        company: the company.
        waves: its published waves, by code.
        surface: ``html``, ``csv``, ``xlsx``, ``json`` or ``pdf``.
    """

    def __init__(self, company: Company, waves: list[Campaign], surface: str) -> None:
        self._company, self._waves, self._surface = company, waves, surface
        self.cls = company.naive.cls
        self.resp = company.naive.resp
        self.read = {each.code: self._groups(each.code) for each in waves}

    def waves(self) -> list[str]:
        return [each.code for each in self._waves]

    def roster(self, _wave: str) -> list[dict[str, Any]]:
        """Who answered: all that the worst attacker knows of them."""
        return [self._known(p) for p in self.resp]

    def _known(self, p: dict[str, Any]) -> dict[str, Any]:
        """One person, with each group shown together as an attribute of its own."""
        site, team = self._company.sites[p["team"] // 8].path, self._company.teams[p["team"]].path
        known = p | {"site": site, "company": "/acme/", "team": team}
        for cut, members in {group for groups in self.read.values() for group in groups}:
            if len(members) > 1:
                held = team.startswith(members) if cut == "unit" else str(p[cut]) in members
                known["+".join((cut, *members))] = held
        return known

    def filters(self, _depth: int = 1) -> Iterator[Filter]:
        """Each group that is displayed, merged ones too; and each that is not, to be refused."""
        yield {}
        seen = {group for groups in self.read.values() for group in groups}
        for cut, members in sorted(seen):
            if members != ("/acme/",):
                yield self._filter(cut, members)

    def _filter(self, cut: str, members: tuple[str, ...]) -> Filter:
        if len(members) > 1:
            return {"+".join((cut, *members)): True}
        if cut == "unit":
            return {"site" if members[0].count("/") == 3 else "team": members[0]}
        kind = type(self.resp[0][cut])
        return {cut: kind(int(members[0]))}

    def release(self, wave: str, chosen: Filter) -> Group | None:
        """What the surface gives of a group."""
        for (cut, members), counts in self.read[wave].items():
            if counts and (self._filter(cut, members) if members != ("/acme/",) else {}) == chosen:
                return counts
        return None

    def comments(self, wave: str, chosen: Filter) -> list[int]:
        """The comments that the page shows under a filter: each at its own level."""
        page = self._get("json", wave)
        level = chosen.get("site", "/acme/") if set(chosen) <= {"site"} else ""
        found = [each for each in json.loads(page)["comments"] if each["level"] == level]
        return [int(number) for each in found for number in re.findall(r"numero (\d+)", each["text"])]

    def _get(self, surface: str, code: str) -> bytes:
        client = self._company.reader.client
        if surface == "html":
            return client.get(reverse("barometer:wave", args=[code])).content
        answer = client.get(reverse("barometer:export", kwargs={"code": code, "form": surface}))
        assert answer.status_code == 200
        return answer.getvalue()

    def _groups(self, code: str) -> dict[tuple[str, tuple[str, ...]], Group]:
        content = self._get(self._surface, code)
        return getattr(self, f"_{self._surface}")(content)  # type: ignore[no-any-return]

    def _json(self, content: bytes) -> dict[tuple[str, tuple[str, ...]], Group]:
        return {
            (cell["cut"], tuple(cell["members"])): counted(
                (cell["figures"].get("recommend_employer") or {}).get("counts", {})
            )
            for cell in json.loads(content)["cells"]
        }

    def _csv(self, content: bytes) -> dict[tuple[str, tuple[str, ...]], Group]:
        return _of_rows(list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")))

    def _xlsx(self, content: bytes) -> dict[tuple[str, tuple[str, ...]], Group]:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _of_rows([[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()])


def counted(counts: dict[str, int]) -> Group:
    """Promoters, passives and detractors of the counts of marks; empty when masked."""
    if not counts:
        return {}
    classes = Counter()  # type: Counter[str]
    for mark, number in counts.items():
        classes[CLASSES[0] if float(mark) > 8 else CLASSES[1] if float(mark) > 6 else CLASSES[2]] += number
    return {"n": classes.total(), **{name: classes[name] for name in CLASSES}}


def _of_rows(rows: list[list[str]]) -> dict[tuple[str, tuple[str, ...]], Group]:
    found = {}
    for row in rows[1:]:
        if row[6] == "recommend_employer":
            told = dict(pair.split(": ") for pair in row[12].split(", ")) if row[12] else {}
            members = tuple(each.removesuffix(".0") for each in row[2].split(" + "))
            found[CUTS[row[0]], members] = counted({mark: int(number) for mark, number in told.items()})
    return found


class Marked(HTMLParser):
    """The figures of a page: place of the group, n and score of one question."""

    def __init__(self, page: str, asked: str) -> None:
        super().__init__()
        self._asked, self._place, self._key = asked, "", ""
        self.shown: dict[str, tuple[int, float]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "tr":
            self._place = told.get("data-place") or ""
        if tag == "td":
            self._key = told.get("data-key") or ""
        if told.get("data-score") and self._key == self._asked and self._place:
            self.shown[self._place] = int(told["data-n"] or 0), float(told["data-score"] or 0)
        if tag == "tbody":
            self._place = ""


def published(company: Company, *campaigns: Campaign) -> None:
    """Open the gate and publish."""
    open_gate()
    for each in campaigns:
        release(each)
