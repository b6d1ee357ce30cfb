"""What the data may say of two themes: nothing where nothing is planted, otherwise what is."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from visavis.core.periods import between
from visavis.core.words import Voice
from visavis.measure.sentences import Verdict, verdict
from visavis.understand.correspondences.evidence import across, firsts, refutes, supports
from visavis.understand.correspondences.gaps import gaps
from visavis.understand.correspondences.heard import Heard
from visavis.understand.correspondences.queries import Both, Team

PERIOD = between(dt.date(2024, 9, 2), dt.date(2025, 11, 30))
CODES = ("a", "b", "c", "d", "e")
PAIRS = [(one, other) for one in CODES for other in CODES]
KINDS: tuple[tuple[str, ...], ...] = (("1", "1"), ("1", "2"), ("2", "1"))


def heard(source: random.Random, texts: int, shares: dict[str, float]) -> Heard:
    """Texts that speak of each theme with a given chance."""
    return Heard(texts, {code: sum(source.random() < p for _ in range(texts)) for code, p in shares.items()})


def company(source: random.Random, *, link: float = 0.0, texts: int = 150) -> Both:
    """Twenty-four teams on three sites; ``link`` of what moves « a » on one side moves it on the other."""
    teams = []
    for number in range(24):
        moved = source.gauss(0, 1)
        ours = dict.fromkeys(CODES, 0.15) | {"a": min(0.9, max(0.02, 0.25 + 0.12 * moved))}
        felt = link * moved + (1 - link**2) ** 0.5 * source.gauss(0, 1)
        theirs = dict.fromkeys(CODES, 0.15) | {"a": min(0.9, max(0.02, 0.25 + 0.12 * felt))}
        site = f"/acme/site{number % 3}/"
        customers = {kind: heard(source, texts // 3, theirs) for kind in KINDS}
        teams.append(Team(f"{site}t{number}/", f"t{number}", site, heard(source, texts, ours), customers))
    return Both(PERIOD, 15, "Acme", Heard(), Heard(), teams=teams)


def test_unlinked_companies_confirm_a_link_at_most_one_time_in_twenty() -> None:
    source = random.Random(3)
    pages = 0
    for _ in range(60):
        found = across(company(source, texts=60), PAIRS)
        pages += any(supports(link) for link in found.values())
    assert pages <= 6


def test_a_strong_link_is_found_alone_among_all_the_pairs() -> None:
    found = across(company(random.Random(4), link=0.95), PAIRS)
    assert [pair for pair, link in found.items() if supports(link)] == [("a", "a")]
    assert found["a", "a"].teams == 22
    assert across(company(random.Random(4), link=0.95), PAIRS, clear_only=True).keys() == {("a", "a")}


def test_opposite_teams_refute_the_link() -> None:
    found = across(company(random.Random(6), link=-0.95), [("a", "a")])
    assert refutes(found["a", "a"])
    assert not supports(found["a", "a"])


def test_the_mix_of_requests_alone_links_nothing() -> None:
    """Teams that handle claims hear both themes: customers are held against what claims lead to expect."""
    source = random.Random(8)
    teams = []
    for number in range(24):
        claims = number % 4 == 0
        ours = heard(source, 150, {"tool": 0.2})
        theirs: dict[tuple[str, str], float] = {("claim", "1"): 0.5, ("simple", "1"): 0.05}
        sizes = {("claim", "1"): 120 if claims else 15, ("simple", "1"): 15 if claims else 120}
        customers: dict[tuple[str, ...], Heard] = {
            kind: heard(source, sizes[kind], {"delay": share}) for kind, share in theirs.items()
        }
        if claims:
            ours = heard(source, 150, {"tool": 0.6})
        teams.append(Team(f"/acme/{number}/", str(number), "/acme/", ours, customers))
    found = across(Both(PERIOD, 15, "Acme", Heard(), Heard(), teams=teams), [("delay", "tool")])
    assert not any(supports(link) for link in found.values())


def test_rare_themes_and_few_teams_are_not_compared() -> None:
    rare = company(random.Random(2), texts=9)
    assert across(rare, [("b", "c"), ("absent", "a")]) == {}
    assert across(Both(PERIOD, 1, "Acme", Heard(), Heard()), PAIRS) == {}


def weekly(lead: int, high: float) -> Both:
    """Sixty weeks in which employees rise at the twentieth, customers ``lead`` weeks later."""
    source = random.Random(9)
    told: dict[Voice, list[Heard]] = {voice: [] for voice in Voice}
    for week in range(60):
        for voice, size, start in ((Voice.EMPLOYEE, 120, 20), (Voice.CUSTOMER, 300, 20 + lead)):
            share = high if start <= week < 32 else 0.02
            told[voice].append(heard(source, size, {"a": share, "b": 0.05}))
    weeks = [dt.date(2024, 9, 2) + dt.timedelta(weeks=week) for week in range(60)]
    return Both(PERIOD, 15, "Acme", Heard(), Heard(), weeks, told)


def test_employees_who_speak_three_weeks_before_precede() -> None:
    found = firsts(weekly(3, 0.18), [("a", "a"), ("b", "b")])
    assert list(found) == [("a", "a")]
    one = found["a", "a"]
    assert one.clear
    assert one.order.lead == pytest.approx(3, abs=1)
    assert one.employees_on == dt.date(2025, 1, 20)


def test_a_week_that_is_passed_over_still_went_by() -> None:
    told = weekly(3, 0.18)
    kept = [week for week in range(60) if week != 21]
    weeks = [told.weeks[week] for week in kept]
    heard_then = {voice: [said[week] for week in kept] for voice, said in told.weekly.items()}
    one = firsts(replace(told, weeks=weeks, weekly=heard_then), [("a", "a")])["a", "a"]
    assert one.employees_on is not None
    assert one.customers_on is not None
    assert one.order.lead == (one.customers_on - one.employees_on).days // 7 == 3
    assert (one.order.low or 0) <= 3 <= (one.order.high or 0)


@pytest.mark.parametrize("high", [0.02, 0.18])
def test_voices_that_move_together_or_not_at_all_do_not_precede(high: float) -> None:
    found = firsts(weekly(0, high), [("a", "a"), ("b", "b")])
    assert not any(one.clear for one in found.values())


def test_weeks_that_are_too_few_tell_nothing() -> None:
    assert firsts(Both(PERIOD, 1, "Acme", Heard(), Heard()), [("a", "a")]) == {}


def test_gaps_are_told_at_one_level_and_only_with_texts_on_both_sides() -> None:
    ours, theirs = Heard(400, {"a": 120, "b": 40}), Heard(900, {"a": 60, "b": 92})
    found = gaps(Both(PERIOD, 3, "Acme", ours, theirs), ["a", "b", "absent"])
    assert [gap.code for gap in found] == ["a", "b"]
    assert [verdict(gap.difference, 0.05) for gap in found] == [Verdict.CLEAR, Verdict.SAME]
    assert len({gap.difference.level for gap in found}) == 1
    assert gaps(Both(PERIOD, 3, "Acme", None, theirs), ["a"]) == []


def test_a_theme_that_is_kept_back_somewhere_is_unknown_there_and_never_0() -> None:
    """Shares, links and weeks rest on what is known: a masked figure neither lowers nor raises them."""
    shown, kept_back = Heard(20, {"a": 10}, {"a": 20, "b": 20}), Heard(30, {}, {"b": 30})
    both = shown + kept_back
    assert (both.texts, both.told("a"), both.told("b"), both.told("c")) == (50, (10, 20), (0, 50), (0, 0))
    found = gaps(Both(PERIOD, 2, "Acme", both, Heard(900, {"a": 450, "c": 90})), ["a", "c"])
    assert [(gap.code, gap.employees.estimate, gap.employees.n) for gap in found] == [("a", 0.5, 20)]


def test_teams_that_keep_a_theme_back_stand_behind_no_link_of_it() -> None:
    whole = company(random.Random(4), link=0.95)
    masked = [
        replace(team, employees=Heard(150, {"b": team.employees.times["b"]}, {"b": 150}))
        for team in whole.teams[:6]
    ]
    part = replace(whole, teams=[*masked, *whole.teams[6:]])
    found = across(part, [("a", "a"), ("b", "b")])
    assert (found["a", "a"].teams, found["b", "b"].teams) == (16, 22)
    alone = across(replace(whole, teams=whole.teams[6:]), [("a", "a")])
    assert found["a", "a"].observed == alone["a", "a"].observed


def test_weeks_that_keep_a_theme_back_are_passed_over() -> None:
    told = weekly(3, 0.18)
    silent = {21, 40}
    ours = [
        Heard(week.texts, {"b": week.times["b"]}, {"b": week.texts}) if at in silent else week
        for at, week in enumerate(told.weekly[Voice.EMPLOYEE])
    ]
    one = firsts(replace(told, weekly={**told.weekly, Voice.EMPLOYEE: ours}), [("a", "a")])["a", "a"]
    kept = [at for at in range(60) if at not in silent]
    without = replace(
        told,
        weeks=[told.weeks[at] for at in kept],
        weekly={voice: [weeks[at] for at in kept] for voice, weeks in told.weekly.items()},
    )
    assert one == firsts(without, [("a", "a")])["a", "a"]
