"""What the engine reads in the texts of the demo, held against what their author meant."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import correlation, fmean, pstdev

import pytest
from pyarrow import parquet

from tests.demo.conftest import Instance
from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.demo.vaubrune.world import FIRST_DAY
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Difference
from visavis.measure.shares import proportion_difference, proportion_interval
from visavis.people.persons.models import Person
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.slow

SERVER = "reach.voice_server"
#: Fewer texts that speak of a theme say nothing of how well it is read.
ENOUGH = 40
#: Texts of each voice without which a team has no share.
OF_A_TEAM = 30
#: Floors of precision and recall, a little under what was measured on these texts, which trained nothing:
#: keywords find what is named, and miss much of what employees say in a few words.
FLOORS = {
    Voice.CUSTOMER: (0.70, 0.72),
    Voice.EMPLOYEE: (0.57, 0.47),
}
BY_THEME = {
    Voice.CUSTOMER: {
        "clarity.explanations": (0.69, 0.74),
        "clarity.letters": (0.41, 0.89),
        "clarity.premium_change": (0.60, 0.92),
        "digital.account": (0.91, 0.61),
        "digital.app": (0.94, 0.91),
        "follow_up.claim": (0.63, 0.69),
        "follow_up.delay": (0.66, 0.85),
        "follow_up.repetition": (0.47, 0.87),
        "follow_up.single_contact": (0.90, 0.75),
        "handling.competence": (0.82, 0.62),
        "handling.kindness": (0.73, 0.60),
        "handling.listening": (0.82, 0.70),
        "handling.taking_charge": (0.90, 0.55),
        "price.premium": (0.65, 0.77),
        "price.refund": (0.77, 0.93),
        "product.cover": (0.30, 0.94),
        "product.joining": (0.69, 0.89),
        "product.leaving": (0.79, 0.65),
        "reach.adviser": (0.37, 0.44),
        "reach.voice_server": (0.91, 0.85),
        "reach.waiting": (0.90, 0.33),
    },
    Voice.EMPLOYEE: {
        "clarity.premium_change": (0.94, 0.47),
        "growth.meaning": (0.94, 0.40),
        "load.emotional": (0.40, 0.19),
        "reach.voice_server": (0.94, 0.86),
        "team.mutual_help": (0.93, 0.28),
        "team.recognition": (0.92, 0.11),
        "tools.claims_tool": (0.94, 0.82),
        "work.leeway": (0.85, 0.08),
    },
}


@dataclass(frozen=True)
class Said:
    """One text: when it was said, what its author meant, what the engine heard."""

    voice: Voice
    unit: str
    week: int
    meant: frozenset[str]
    heard: frozenset[str]


@pytest.fixture
def said(vaubrune: Instance) -> list[Said]:
    """Every return and every ressenti of the company that holds words."""
    meant = dict(_meant(vaubrune.folder / "demo-files"))
    heard: defaultdict[int, set[str]] = defaultdict(set)
    readings = Annotation.objects.current().filter(theme__isnull=False, refused=False)
    assert set(readings.values_list("by", flat=True)) == {Annotation.By.ENGINE}
    for response, theme in readings.values_list("verbatim__response", "theme__code"):
        heard[response].add(theme)
    texts = Verbatim.objects.filter(response__in=meant).values_list(
        "response", "response__voice", "response__unit__code", "response__heard_on"
    )
    found = [
        Said(Voice(voice), unit, (day - FIRST_DAY).days // 7, meant[pk], frozenset(heard[pk]))
        for pk, voice, unit, day in texts
    ]
    assert len(found) == len(meant)
    return found


def _meant(folder: Path) -> Iterator[tuple[int, frozenset[str]]]:
    """The return of each text, and the themes that its author gave it."""
    people = dict(Person.objects.values_list("code", "pk"))
    with (folder / "feelings.csv").open(encoding="utf-8", newline="") as file:
        felt = [
            key("feeling", key("contact", line["contact"]), people[line["person"]])
            for line in csv.DictReader(file, delimiter=";")
        ]
    for line in parquet.read_table(folder / "verite_lignes.parquet").to_pylist():
        if line["file"] == "return":
            yield key("return", f"R{line['row']:06d}"), frozenset(line["themes"])
        elif line["file"] == "feeling":
            yield felt[line["row"] - 1], frozenset(line["themes"])


def _speak(said: list[Said], voice: Voice, weeks: range, by: str = "heard") -> tuple[int, int]:
    """How many texts of these weeks speak of the voice server, of how many."""
    among = [getattr(one, by) for one in said if one.voice == voice and one.week in weeks]
    return sum(SERVER in themes for themes in among), len(among)


def _more(said: list[Said], voice: Voice, late: range, early: range) -> Difference:
    return proportion_difference(*_speak(said, voice, late), *_speak(said, voice, early))


def _weekly(said: list[Said], voice: Voice, weeks: range, by: str) -> list[float]:
    """Share of the texts of each week that speak of the voice server, in points."""
    counted = (_speak(said, voice, range(week, week + 1), by) for week in weeks)
    return [100 * count / max(1, n) for count, n in counted]


def _alarm(said: list[Said], voice: Voice, start: int) -> int:
    """First week after ``start`` far beyond the weeks before it, by the rule of the oracle."""
    quiet = _weekly(said, voice, range(start), "heard")
    limit = fmean(quiet) + max(4.0, 4 * pstdev(quiet))
    late = _weekly(said, voice, range(start, start + 10), "heard")
    return next(week for week, share in enumerate(late) if share > limit)


def test_employees_are_heard_on_the_voice_server_before_customers(
    vaubrune: Instance, said: list[Said]
) -> None:
    start = vaubrune.truth["planted"]["server_from"]
    before, at_once, six = range(start), range(start, start + 2), range(start, start + 6)
    assert _more(said, Voice.EMPLOYEE, at_once, before).low > 0.05
    assert _more(said, Voice.EMPLOYEE, six, before).low > 0.08
    soon = _more(said, Voice.CUSTOMER, at_once, before)
    assert soon.low <= 0 <= soon.high
    assert _more(said, Voice.CUSTOMER, six, before).low > 0
    truth = vaubrune.truth["realised"]["E11"]
    employees, customers = (_alarm(said, voice, start) for voice in (Voice.EMPLOYEE, Voice.CUSTOMER))
    assert employees == truth["employees_alarm_week"]
    assert employees < customers
    assert abs(customers - truth["customers_alarm_week"]) <= 1


def test_the_voice_server_is_heard_as_often_as_it_was_meant(vaubrune: Instance, said: list[Said]) -> None:
    planted = vaubrune.truth["planted"]
    cuts = (0, planted["server_from"], planted["server_from"] + 6, planted["server_until"])
    for voice in Voice:
        for weeks in (range(*two) for two in pairwise(cuts)):
            heard = proportion_interval(*_speak(said, voice, weeks))
            count, n = _speak(said, voice, weeks, "meant")
            assert heard.low <= count / n <= heard.high, (voice, weeks)


def test_the_texts_are_those_of_the_oracle(vaubrune: Instance, said: list[Said]) -> None:
    truth, planted = vaubrune.truth["realised"]["E11"], vaubrune.truth["planted"]
    before, during = range(planted["server_from"]), range(planted["server_from"], planted["server_until"])
    first = range(planted["server_from"], planted["server_from"] + 6)
    told = (
        (Voice.EMPLOYEE, before, truth["employees_before"]),
        (Voice.EMPLOYEE, during, truth["employees_during"]),
        (Voice.CUSTOMER, before, truth["customers_before"]),
    )
    for voice, weeks, share in told:
        assert fmean(_weekly(said, voice, weeks, "meant")) == pytest.approx(share, abs=0.01)
    assert _weekly(said, Voice.CUSTOMER, first, "meant") == pytest.approx(
        truth["customers_from_start"], abs=0.01
    )


def _by_team(said: list[Said], voice: Voice, themes: frozenset[str], by: str) -> dict[str, float]:
    """Share of the texts of each team that speak of one of these themes."""
    among: defaultdict[str, list[bool]] = defaultdict(list)
    for one in said:
        if one.voice == voice:
            among[one.unit].append(not themes.isdisjoint(getattr(one, by)))
    return {unit: fmean(each) for unit, each in among.items() if len(each) >= OF_A_TEAM}


def test_facing_themes_are_heard_in_the_same_teams_as_they_were_meant(said: list[Said]) -> None:
    """The slow claims tool said by employees, delays said by customers."""
    sides = {
        Voice.EMPLOYEE: frozenset({"tools.claims_tool"}),
        Voice.CUSTOMER: frozenset({"follow_up.delay", "follow_up.claim"}),
    }
    shares = {
        (voice, by): _by_team(said, voice, themes, by)
        for voice, themes in sides.items()
        for by in ("heard", "meant")
    }
    teams = sorted(set.intersection(*(set(each) for each in shares.values())))
    assert len(teams) >= 20
    columns = {what: [each[team] for team in teams] for what, each in shares.items()}
    for voice in sides:
        assert correlation(columns[voice, "heard"], columns[voice, "meant"]) > 0.9
    heard, meant = (
        correlation(columns[Voice.EMPLOYEE, by], columns[Voice.CUSTOMER, by]) for by in ("heard", "meant")
    )
    assert heard > 0.25
    assert heard == pytest.approx(meant, abs=0.15)


@pytest.mark.parametrize("voice", Voice)
def test_no_theme_is_read_worse_than_it_was_measured(said: list[Said], voice: Voice) -> None:
    mine = [one for one in said if one.voice == voice]
    counts = _counts(mine)
    assert {code for code, (_right, _heard, meant) in counts.items() if meant >= ENOUGH} == set(
        BY_THEME[voice]
    )
    worse = {
        code: (round(right / max(1, heard), 3), round(right / meant, 3))
        for code, (right, heard, meant) in counts.items()
        if code in BY_THEME[voice]
        and (right < BY_THEME[voice][code][0] * heard or right < BY_THEME[voice][code][1] * meant)
    }
    assert not worse
    right, heard, meant = (sum(column) for column in zip(*counts.values(), strict=True))
    assert right / heard >= FLOORS[voice][0]
    assert right / meant >= FLOORS[voice][1]


def _counts(said: list[Said]) -> dict[str, tuple[int, int, int]]:
    """By theme: texts where it is heard rightly, where it is heard, where it was meant."""
    codes = sorted({code for one in said for code in one.heard | one.meant})
    return {
        code: (
            sum(code in one.heard & one.meant for one in said),
            sum(code in one.heard for one in said),
            sum(code in one.meant for one in said),
        )
        for code in codes
    }
