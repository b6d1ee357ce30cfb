"""The auditor: what it accepts, the reference attacks cannot open; what it refuses, they would."""

from __future__ import annotations

import importlib.util
from collections import Counter
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import shared_path
from visavis.measure.audits import Cell, audit, merge_small, plan

TRAITS = ("shift", "contract", "seniority", "gender")


def attacks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("attacks", shared_path("tools", "attacks.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def company(seed: int, people: int = 240) -> tuple[list[dict[str, int]], list[str]]:
    """Those who answered, with their attributes, and what each answered."""
    chance = np.random.default_rng(seed)
    teams = np.sort(chance.integers(0, 24, people))
    found = [
        {
            "team": int(team),
            "site": int(team // 8),
            "shift": int(chance.random() < 0.12),
            "contract": int(chance.random() < 0.15),
            "seniority": int(chance.choice(4, p=[0.2, 0.35, 0.3, 0.15])),
            "gender": int(chance.integers(0, 2)),
        }
        for team in teams
        if chance.random() < 0.7
    ]
    return found, [str(chance.choice(["promoter", "passive", "detractor"], p=[0.3, 0.4, 0.3])) for _ in found]


def candidates(found: list[dict[str, int]], said: list[str], floor: int) -> list[Cell]:
    """All, teams merged where small, sites, then one-way cuts."""

    def cell(key: object, rows: list[int]) -> Cell:
        return Cell(key=str(key), rows=frozenset(rows), counts={"nps": Counter(said[row] for row in rows)})

    rows = range(len(found))
    cells = [cell("all", list(rows))]
    for site in range(3):
        sizes = {str(team): 0 for team in range(8 * site, 8 * site + 8)}
        for person in found:
            if person["site"] == site:
                sizes[str(person["team"])] += 1
        cells += [
            cell(("team", group), [row for row in rows if str(found[row]["team"]) in group])
            for group in merge_small(sizes, floor=floor)
        ]
    cells += [cell(("site", site), [row for row in rows if found[row]["site"] == site]) for site in range(3)]
    for trait in TRAITS:
        for value in sorted({person[trait] for person in found}):
            cells.append(cell((trait, value), [row for row in rows if found[row][trait] == value]))
    return cells


def published(cells: list[Cell]) -> list[tuple[str, dict[str, object], frozenset[int], dict[str, int]]]:
    """The cells as the reference attacks collect them."""
    none = dict.fromkeys(("promoters", "passives", "detractors"), 0)
    return [
        ("w", {"cell": cell.key}, cell.rows,
         none | {"n": len(cell.rows)} | {f"{name}s": count for name, count in cell.counts["nps"].items()})
        for cell in cells
        if "nps" in cell.counts
    ]  # fmt: skip


@pytest.mark.parametrize("floor", [5, 10])
@pytest.mark.parametrize("seed", range(3))
def test_no_attack_opens_what_the_auditor_accepts(seed: int, floor: int) -> None:
    found, said = company(seed)
    people = list(range(len(found)))
    accepted, _refused = plan(candidates(found, said, floor), people, floor=floor)
    assert audit(accepted, people, floor=floor).accepted
    assert len(accepted) > 6
    tool, rows = attacks(), published(accepted)
    assert tool.a1_direct(rows, floor) == []
    assert tool.a2_nested(rows, floor) == set()
    assert tool.a3_linear(rows) == set()


def test_the_linear_program_of_the_attackers_forces_nobody() -> None:
    found, said = company(4, people=75)
    accepted, _refused = plan(candidates(found, said, 5), list(range(len(found))), floor=5)
    assert attacks().a4_lp(published(accepted)) == {}


def test_a_naive_release_is_refused_and_the_attacks_open_it() -> None:
    found, said = company(1)
    cells = [
        Cell(key=(team,), rows=frozenset(rows), counts={"nps": Counter(said[row] for row in rows)})
        for team in range(24)
        if (rows := [at for at, person in enumerate(found) if person["team"] == team])
    ]
    everybody = Cell(key="all", rows=frozenset(range(len(found))))
    verdict = audit([everybody, *cells], list(range(len(found))), floor=5)
    assert verdict.small
    assert not verdict.accepted


def test_an_overlap_that_no_pair_shows_is_derived() -> None:
    cells = [Cell(key=name, rows=frozenset(rows)) for name, rows in
             (("a", range(5)), ("b", range(3, 8)), ("ab", range(8)))]  # fmt: skip
    verdict = audit(cells, list(range(8)), floor=3)
    assert verdict.derivable == 2
    assert not verdict.remainders


def test_a_unanimous_group_is_hidden_with_the_one_that_would_give_it_back() -> None:
    counts = [{"q": {"4": 6}}, {"q": {"3": 3, "4": 3}}, {"q": {"2": 4, "5": 2}}]
    teams = [
        Cell(key=at, rows=frozenset(range(6 * at, 6 * at + 6)), counts=told) for at, told in enumerate(counts)
    ]
    total = Cell(key="all", rows=frozenset(range(18)), counts={"q": {"4": 9, "3": 3, "2": 4, "5": 2}})
    accepted, refused = plan([total, *teams], list(range(18)), floor=5)
    assert not refused
    shown = [cell.key for cell in accepted if "q" in cell.counts]
    assert 0 not in shown
    assert shown != ["all", 1, 2]
    assert audit(accepted, list(range(18)), floor=5).accepted


def test_people_are_counted_once_however_many_exchanges_they_give() -> None:
    cell = Cell(key="reason", rows=frozenset(range(40)))
    assert audit([cell], ["inès"] * 36 + ["amadou"] * 4, floor=5).small == ("reason",)
    assert audit([cell], [str(row % 5) for row in range(40)], floor=5).accepted


def test_a_small_unit_joins_its_neighbour_at_every_wave() -> None:
    first = merge_small({"tours": 6, "caen": 7, "saint-malo": 3}, floor=5)
    assert first == [("tours",), ("caen", "saint-malo")]
    later = merge_small({"tours": 6, "caen": 7, "saint-malo": 5}, floor=5, together=first)
    assert later == first


SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1)


@given(SIZES, st.integers(2, 11))
def test_groups_hold_the_floor_unless_all_together_do_not(sizes: dict[str, int], floor: int) -> None:
    groups = merge_small(sizes, floor=floor)
    assert sorted(name for group in groups for name in group) == sorted(sizes)
    if len(groups) > 1:
        assert all(sum(sizes[name] for name in group) >= floor for group in groups)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_what_the_plan_keeps_is_what_the_auditor_accepts(seed: int) -> None:
    found, said = company(seed, people=60)
    people = list(range(len(found)))
    accepted, refused = plan(candidates(found, said, 5), people, floor=5)
    assert audit(accepted, people, floor=5).accepted
    assert len(accepted) + len(refused) == len(candidates(found, said, 5))


def test_impossible_audits_are_refused() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        audit([], [], floor=1)
    with pytest.raises(ValueError, match="nobody gave"):
        audit([Cell(key="a", rows=frozenset({3}))], ["x"], floor=5)
    with pytest.raises(ValueError, match="more answers"):
        audit([Cell(key="a", rows=frozenset(range(5)), counts={"q": {"1": 9}})], list(range(5)), floor=5)
