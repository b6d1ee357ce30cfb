"""Companies under attack that are listened to in every way: two waves, exchanges, words, a mirror study."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone

from tests import house
from tests.listen.releases.attacked import MARKS, TRAITS, Company
from tests.listen.releases.company import CLOSED, NOW, open_gate
from visavis.core.keys import key
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import jobs
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.written import COPIED, copied
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.moments.exchanges.models import Interaction
from visavis.moments.references.models import Moment
from visavis.people.access.viewer import system
from visavis.people.persons.models import Person
from visavis.people.units.models import Event
from visavis.understand.mirror import services as studies
from visavis.understand.mirror.models import Study
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation

LATER = CLOSED + dt.timedelta(days=28)
KEYS = ("clarity", "listening", "speed", "kindness", "price", "letters", "honesty", "follow")
THEMES = ("voice", "tool", "pay", "schedule", "threats")
#: Months in which exchanges are spoken of; the day after which the tool comes up more.
MONTHS, _RISEN = (7, 8, 9, 10, 11), dt.date(2025, 10, 19)
#: All questions of the study together: the marks of somebody, added up.
ADDED = "added"
#: What an exchange was about, and how often.
ABOUT = {
    "reason": {"claim": 0.5, "request": 0.4, "complaint": 0.1},
    "channel": {"phone": 0.7, "mail": 0.3},
    "level": {"n1": 0.8, "n2": 0.2},
    "moment": {"first-claim": 0.6, "renewal": 0.4},
}


#: One thing told: who keeps it, its place there.
Told = tuple[str, int]


@dataclass(frozen=True)
class Known:
    """Who told something, where, about what: all that the worst attacker knows; and what was said, to score.

    Attributes:
        person: who told it.
        path: her unit.
        cuts: what else is known of it.
        day: when.
        said: question -> answer: what the attacker wants.
    """

    person: int
    path: str
    cuts: dict[str, str]
    day: dt.date
    said: dict[str, str]


class Faced(Company):
    """A company of the suite, listened to in every way, whose releases are all made.

    Args:
        naive: as the suite draws it.
        seed: of all the rest.
    """

    def __init__(self, naive: Any, seed: int) -> None:
        super().__init__(naive)
        self._drawn = np.random.default_rng(seed)
        self._persons = {int(p.code[1:]): p for p in Person.objects.filter(code__regex=r"^p\d+$")}
        self.rosters: dict[str, list[Known]] = defaultdict(list)
        self._themes = [house.theme(code, house.theme("top")) for code in THEMES]
        self._moments()
        self.waves = [
            self.wave(),
            self.wave(LATER, less=frozenset({naive.resp[0]["person"]})),
        ]
        self._exchanges()
        self.study = self._mirror()
        open_gate()
        self.made = jobs.release_due(by=system(), today=house.TODAY, now=NOW).made

    def told(self, code: str) -> Iterator[tuple[Told, Known]]:
        """What a release sums, one by one."""
        return (((code, at), one) for at, one in enumerate(self.rosters[code]))

    def answer(self, to: Campaign, people: list[dict[str, Any]]) -> None:
        """The mark and the words of the suite, and the climate."""
        super().answer(to, people)
        asked = Question.objects.get(questionnaire=self.questions, key="climate")
        day, made = to.closes_on or CLOSED, []
        for p in people:
            pk, mark = (
                key("attacked", to.pk, p["person"]),
                self._pick({"1": 1, "2": 1, "3": 2, "4": 3, "5": 2}),
            )
            made.append(Answer(id=key(pk, asked.key), response_id=pk, question=asked, value=float(mark)))
            said = {"climate": mark, "recommend_employer": f"{MARKS[self.naive.cls[p['person']]]:g}"}
            cuts = {name: str(p[name]) for name in TRAITS}
            self.rosters[to.code].append(Known(p["person"], self.teams[p["team"]].path, cuts, day, said))
        Answer.objects.bulk_create(made)
        writers = [p for p in people if p["person"] in self.naive.has_comment]
        self._speak(
            [
                (key(key("attacked", to.pk, p["person"]), "comment"), p["person"], p["team"], day)
                for p in writers
            ]
        )

    def answer_late(self) -> None:
        """Somebody who had not answers the first wave, whose words are read; a ressenti comes in too."""
        answered = {p["person"] for p in self.naive.resp}
        late = next(p for p in self.naive.people if p["person"] not in answered)
        self.naive.cls[late["person"]] = 2
        self.naive.has_comment.add(late["person"])
        self.answer(self.waves[0], [late])
        feeling = Question.objects.get(role=Question.Role.FEELING)
        self._late.save()
        Answer.objects.create(id=key("mood", self._late.pk), response=self._late, question=feeling, value=1.0)

    def _speak(self, texts: list[tuple[int, int, int, dt.date]]) -> None:
        """Have employees' texts read, and keep what each speaks of."""
        about = self._read({pk: day for pk, *_, day in texts})
        for pk, person, team, day in texts:
            code = about[pk]
            told = {each: str(int(each == code)) for each in THEMES} | {"top": str(int(bool(code)))}
            said = {"texts": "1"} | {f"theme:{each}": one for each, one in told.items()}
            self.rosters["words"].append(Known(person, self.teams[team].path, {}, day, said))

    def _read(self, days: dict[int, dt.date]) -> dict[int, str]:
        """Have texts read: each about one theme at most, the tool more and more."""
        now, often = timezone.now(), {"": 4, "voice": 3, "tool": 2, "pay": 1, "schedule": 1, "threats": 0.2}
        about = {pk: self._pick(often | ({"tool": 12} if day > _RISEN else {})) for pk, day in days.items()}
        keys = list(days)
        Verbatim.objects.filter(pk__in=keys).update(read_at=now)
        themes = dict(zip(THEMES, self._themes, strict=True))
        Annotation.objects.bulk_create(
            Annotation(verbatim_id=pk, theme=themes[code], by=Annotation.By.ENGINE, made_at=now)
            for pk, code in about.items()
            if code
        )
        note_heard(keys)
        return about

    def _pick(self, weights: dict[str, float]) -> str:
        """One of some words, drawn by weight."""
        drawn = np.array(list(weights.values()), float)
        return str(self._drawn.choice(list(weights), p=drawn / drawn.sum()))

    def _moments(self) -> None:
        """A moment of life that faces one of truth, and something that happened to one site."""
        house.moment("first-claim", facing=["daily"])
        house.moment("renewal")
        facts = {"kind": Moment.Kind.LIFE, "stage": Moment.Stage.DAILY, "questions": ["climate"]}
        house.moment("daily", facing=["first-claim"], **facts)
        site = self.sites[0]
        Event.objects.create(
            code="e", kind=Event.Kind.PLANNING, name={"fr": "Horaires", "en": "Hours"}, unit=site,
            unit_path=site.path, starts_on=CLOSED + dt.timedelta(days=9),
        )  # fmt: skip

    def _exchanges(self, each: int = 5) -> None:
        """What advisers lived of exchanges, beside what customers said of them; some leave a word."""
        asked = house.questionnaire(Voice.EMPLOYEE, kind=Questionnaire.Kind.FEELING)
        feeling = house.question(asked, "feeling", role=Question.Role.FEELING)
        named = {
            "reason": house.reason,
            "channel": house.channel,
            "level": house.level,
            "moment": house.moment,
        }
        self._lists: dict[tuple[str, str], Any] = {
            (cut, code): named[cut](code) for cut, codes in ABOUT.items() for code in codes
        }
        told = [self._exchange(at, p) for at, p in enumerate(self.naive.people * each)]
        waits, said, self._late = self._exchange(len(told), self.naive.people[0])
        self.rosters["exchanges"].pop()
        waits.save()
        said.save()
        Interaction.objects.bulk_create(exchange for exchange, *_ in told)
        Response.objects.bulk_create(one for _, *both in told for one in both)
        moods = [known.said["feeling"] for known in self.rosters["exchanges"]]
        Answer.objects.bulk_create(
            Answer(id=key("mood", own.pk), response=own, question=feeling, value=float(mood))
            for (_exchange, _said, own), mood in zip(told, moods, strict=True)
        )
        words = [(own, known) for (*_, own), known in zip(told, self.rosters["exchanges"], strict=True)][::3]
        self._write([own for own, _known in words])
        team = {unit.path: number for number, unit in self.teams.items()}
        self._speak([(key(own.pk, "w"), known.person, team[known.path], known.day) for own, known in words])
        theirs = [said for _, said, _ in told][::3]
        self._write(theirs)
        self._read({key(one.pk, "w"): one.heard_on for one in theirs})

    def _write(self, of: list[Response]) -> None:
        """Give answers their words."""
        Verbatim.objects.bulk_create(
            Verbatim(
                id=key(one.pk, "w"), response=one, text="Échange long.",
                **copied({name: getattr(one, name) for name in COPIED.values()}),
            )
            for one in of
        )  # fmt: skip

    def _exchange(self, at: int, p: dict[str, Any]) -> tuple[Interaction, Response, Response]:
        about = {cut: self._pick(values) for cut, values in ABOUT.items()}
        mark = self._pick({"1": 1, "2": 3, "4": 8, "5": 8})
        mood = self._pick({"1": 1, "2": 4, "4": 4, "5": 4, mark: 6})
        day = dt.date(2025, MONTHS[at % len(MONTHS)], 1 + at % 28)
        unit, who = self.teams[p["team"]], self._persons[p["person"]]
        lists = {cut: self._lists[cut, about[cut]] for cut in ("reason", "channel", "level")}
        exchange = Interaction(
            id=key("contact", f"x{at}"), code=f"x{at}", day=day, person=who, unit=unit, unit_path=unit.path,
            started_at=timezone.make_aware(dt.datetime.combine(day, dt.time(9))), **lists,
        )  # fmt: skip
        facts = {"unit": unit, "unit_path": unit.path, "heard_on": day, "interaction": exchange}
        said = Response(
            id=key("said", at), voice=Voice.CUSTOMER, source=Response.Source.SURVEY, person=who,
            satisfaction=int(mark), moment=self._lists["moment", about["moment"]], **facts, **lists,
        )  # fmt: skip
        own = Response(
            id=key("own", at), voice=Voice.EMPLOYEE, source=Response.Source.FEELING, author=who, **facts
        )
        cuts = about | {"mark": mark, "band": "yes" if int(mark) > 3 else "no"}
        self.rosters["exchanges"].append(Known(p["person"], unit.path, cuts, day, {"feeling": mood}))
        return exchange, said, own

    def _mirror(self) -> Study:
        """A study of eight questions, answered by whoever answered the first wave, and by sixty customers."""
        words = {each: {voice: {"fr": f"Sur {each}", "en": f"On {each}"} for voice in Voice} for each in KEYS}
        outline = studies.Outline(
            name={"fr": "Étude", "en": "Study"}, design=Study.Design.PREDICTS, scale="1-5", margin=0.5,
            opens_on=dt.date(2025, 11, 3), closes_on=dt.date(2025, 11, 24), words=True,
            items=[studies.Item(each, words[each]) for each in KEYS],
        )  # fmt: skip
        study = studies.create_study(by=house.viewer(house.company(), Role.QUALITY), outline=outline)
        theirs = Campaign.objects.get(mirror_of=study.campaign)
        self._answer_study(study.campaign, [(None, house.company()) for _ in range(60)])
        self.study_roster = theirs.code
        self._answer_study(theirs, [(p["person"], self.teams[p["team"]]) for p in self.naive.resp])
        return study

    def _answer_study(self, to: Campaign, people: list[tuple[int | None, Any]]) -> None:
        """Answers to a study; one employee in three writes why."""
        asked = list(Question.objects.filter(questionnaire=to.questionnaire_id, key__in=KEYS))
        said, marks, texts = [], [], []
        for at, (person, unit) in enumerate(people):
            day = to.closes_on or CLOSED
            one = Response(
                id=key("study", to.pk, at), voice=to.voice, source=Response.Source.MIRROR, campaign=to,
                unit=unit, unit_path=unit.path, heard_on=day,
            )  # fmt: skip
            said.append(one)
            told = {each.key: self._pick({"1": 1, "2": 2, "3": 3, "4": 3, "5": 1}) for each in asked}
            marks += [
                Answer(id=key(one.pk, each.key), response=one, question=each, value=float(told[each.key]))
                for each in asked
            ]
            if person is not None:
                added = {ADDED: str(sum(map(int, told.values())))}
                self.rosters[to.code].append(Known(person, unit.path, {}, day, told | added))
            if person is not None and person % 3 == 0:
                facts = copied({name: getattr(one, name) for name in COPIED.values()})
                words = {"text": f"commentaire numero {person} fin", "question_key": f"{KEYS[0]}_why"}
                texts.append(
                    Verbatim(id=key(one.pk, "why"), response=one, read_at=timezone.now(), **words, **facts)
                )
        Response.objects.bulk_create(said)
        Answer.objects.bulk_create(marks)
        Verbatim.objects.bulk_create(texts)
