"""The files that go in: complete, coherent with each other, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.demo.vaubrune.files import Folder, texts
from visavis.demo.vaubrune import Size, build

EXPECTED = {
    "organisation.csv", "contacts.csv", "returns.csv", "barometer.csv", "feelings.csv", "events.csv",
    "training.csv", "profiles.csv", "mirror.csv", "planning.csv", "routines.csv", "help.csv",
    "verite.json", "verite_lignes.parquet",
}  # fmt: skip
LAST = np.datetime64("2025-12-01")
REFERENCE = Path("src/visavis/moments/references/starters/insurer.json")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(small: Folder, tmp_path: Path) -> None:
    build(tmp_path, size=Size.SMALL, seed=5)
    assert _digests(tmp_path) == _digests(small.path)


def test_another_seed_gives_another_company(small: Folder, tmp_path: Path) -> None:
    build(tmp_path, size=Size.SMALL, seed=6)
    mine, other = _digests(small.path), _digests(tmp_path)
    assert all(mine[name] != other[name] for name in ("contacts.csv", "returns.csv", "barometer.csv"))


def test_every_file_is_there(small: Folder) -> None:
    assert {path.name for path in small.path.iterdir()} == EXPECTED


def test_progress_goes_from_nothing_to_everything(tmp_path: Path) -> None:
    steps: list[float] = []
    build(tmp_path, size=Size.SMALL, seed=1, progress=lambda _step, share: steps.append(share))
    assert steps[0] == 0.0
    assert steps[-1] == 1.0
    assert steps == sorted(steps)


def test_the_small_company_has_its_size(small: Folder) -> None:
    counts = small.truth.counts
    assert counts["contacts"] == pytest.approx(103_000, rel=0.02) == len(small.contacts["contact"])
    assert counts["returns"] == pytest.approx(6_100, rel=0.06)
    assert counts["verbatims"] == pytest.approx(2_700, rel=0.08)
    assert counts["barometer"] == pytest.approx(2_220, rel=0.03)
    assert counts["pairs"] == pytest.approx(1_230, rel=0.10)


@pytest.mark.slow
def test_the_demo_company_has_its_size(big: Folder) -> None:
    counts = big.truth.counts
    assert counts["contacts"] == pytest.approx(823_000, rel=0.01)
    assert counts["returns"] == pytest.approx(49_000, rel=0.03)
    assert counts["verbatims"] == pytest.approx(22_000, rel=0.03)
    assert counts["barometer"] == pytest.approx(2_240, rel=0.03)
    assert counts["pairs"] == pytest.approx(9_800, rel=0.04)


def test_nothing_happens_after_today(small: Folder) -> None:
    for name, columns in (
        ("contacts", ("started_at",)),
        ("returns", ("answered_at", "invited_at")),
        ("feelings", ("felt_at",)),
        ("barometer", ("closed_on",)),
        ("organisation", ("starts_on", "ends_on", "hired_on")),
        ("events", ("starts_on", "ends_on")),
        ("help", ("answered_at",)),
        ("training", ("trained_on",)),
    ):
        rows = small.read(name)
        for column in columns:
            days = rows[column].astype("datetime64[s]")
            assert (days[~np.isnat(days)] < LAST).all(), (name, column)


def test_an_answer_follows_its_invitation_which_follows_the_contact(small: Folder) -> None:
    told = small.returns
    started = small.contacts["started_at"][small.contact_rows(told["contact"])]
    assert (told["invited_at"] > started).all()
    assert (told["answered_at"] > told["invited_at"]).all()


def test_every_contact_of_a_return_or_a_feeling_exists_once(small: Folder) -> None:
    assert len(np.unique(small.contacts["contact"])) == len(small.contacts["contact"])
    for rows in (small.returns, small.feelings):
        small.contact_rows(rows["contact"])
        assert len(np.unique(rows["contact"])) == len(rows["contact"])


def test_a_feeling_is_felt_by_the_person_of_the_contact(small: Folder) -> None:
    rows = small.contact_rows(small.feelings["contact"])
    assert (small.contacts["person"][rows] == small.feelings["person"]).all()


def test_the_unit_of_a_contact_is_the_unit_of_the_person_that_day(small: Folder) -> None:
    spells: dict[str, list[tuple[np.datetime64, np.datetime64, str]]] = {}
    org = small.organisation
    for person, unit, start, end in zip(
        org["person"], org["unit"], org["starts_on"], org["ends_on"], strict=True
    ):
        if person:
            last = LAST if np.isnat(np.datetime64(end)) else np.datetime64(end, "D")
            spells.setdefault(person, []).append((np.datetime64(start, "D"), last, unit))
    days = small.contacts["started_at"].astype("datetime64[D]")
    for person, unit, day in zip(small.contacts["person"], small.contacts["unit"], days, strict=True):
        if person:
            assert any(start <= day <= end and unit == where for start, end, where in spells[person])


def test_nobody_sits_in_two_units_on_one_day(small: Folder) -> None:
    org = small.organisation
    spells: dict[str, list[tuple[str, str]]] = {}
    for person, start, end in zip(
        org["person"], org["starts_on"].astype(str), org["ends_on"].astype(str), strict=True
    ):
        if person:
            spells.setdefault(person, []).append((start, "9999" if end == "NaT" else end))
    for ordered in (sorted(each) for each in spells.values()):
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


def test_two_hundred_and_eleven_advisers_work_today(small: Folder) -> None:
    org = small.organisation
    today = np.isnat(org["ends_on"].astype("datetime64[D]"))
    roles = org["role"][today & np.array([person is not None for person in org["person"]])].tolist()
    assert roles.count("adviser") == 211
    assert roles.count("manager") == 24
    assert {"hr", "quality", "admin", "direction"} <= set(roles)


def test_people_join_leave_and_move(small: Folder) -> None:
    org = small.organisation
    advisers = org["role"] == "adviser"
    left = set(org["person"][advisers & ~np.isnat(org["ends_on"].astype("datetime64[D]"))])
    joined = set(
        org["person"][advisers & (org["starts_on"].astype("datetime64[D]") > np.datetime64("2024-09-02"))]
    )
    assert len(left - joined) >= 25
    assert len(joined - left) >= 25
    assert len(left & joined) >= 15  # who moved closed one assignment and opened another


def test_the_cast_is_in_its_place(small: Folder) -> None:
    org = small.organisation
    cast = dict(zip(org["person_name"], org["unit"], strict=True))
    assert cast["Inès Morel"] == cast["Sophie Lambert"] == cast["Camille Fournier"] == "escaut"
    assert (
        cast["Claire Vasseur"]
        == cast["Nadia Benali"]
        == cast["Thomas Guérin"]
        == cast["Yann Le Goff"]
        == "vaubrune"
    )
    assert cast["Karim Haddad"] == "roubaix"


def test_ines_has_returns_waiting_this_morning(small: Folder) -> None:
    org = small.organisation
    code = next(
        person for person, name in zip(org["person"], org["person_name"], strict=True) if name == "Inès Morel"
    )
    person = small.contacts["person"][small.contact_rows(small.returns["contact"])]
    recent = (person == code) & (small.returns["answered_at"] > np.datetime64("2025-11-17"))
    assert recent.sum() >= 5
    assert (small.returns["satisfaction"][recent] == 1).any()
    assert (small.returns["satisfaction"][recent] == 5).any()


@pytest.mark.parametrize(
    ("channel", "opens", "closes"),
    [("phone", 8, 19), ("chat", 8, 20), ("agency", 9, 18), ("mail", 8, 18.5), ("letter", 8, 17)],
)
def test_each_channel_keeps_its_hours(small: Folder, channel: str, opens: float, closes: float) -> None:
    when = small.contacts["started_at"][small.contacts["channel"] == channel]
    hour = (when - when.astype("datetime64[D]")).astype("timedelta64[s]").astype(int) / 3600
    assert hour.min() >= opens
    assert hour.max() < closes
    assert {day.astype(object).weekday() for day in np.unique(when.astype("datetime64[D]"))} <= set(range(6))


def test_nobody_works_on_a_holiday(small: Folder) -> None:
    people = small.contacts["mode"] == "human"
    days = set(np.unique(small.contacts["started_at"][people].astype("datetime64[D]")).astype(str))
    assert days.isdisjoint(
        {"2024-11-01", "2024-12-25", "2025-01-01", "2025-04-21", "2025-05-01", "2025-07-14"}
    )


def test_the_hour_that_does_not_exist_holds_no_contact(small: Folder) -> None:
    when = small.contacts["started_at"]
    missing = (when >= np.datetime64("2025-03-30T02:00:00")) & (when < np.datetime64("2025-03-30T03:00:00"))
    assert not missing.any()
    assert (when.astype("datetime64[D]") == np.datetime64("2025-03-30")).any()


def test_marginals_are_those_of_the_company(small: Folder) -> None:
    def share(column: str, value: str) -> float:
        return float((small.contacts[column] == value).mean())

    assert share("reason", "simple_request") == pytest.approx(0.52, abs=0.02)
    assert share("reason", "claim") == pytest.approx(0.26, abs=0.02)
    assert share("reason", "premium_change") == pytest.approx(0.12, abs=0.015)
    assert share("reason", "complaint") == pytest.approx(0.06, abs=0.01)
    assert share("reason", "bereavement") == pytest.approx(0.04, abs=0.008)
    chat = small.contacts["channel"] == "chat"
    week = (small.contacts["started_at"] - np.datetime64("2024-09-02")).astype("timedelta64[W]").astype(int)
    assert chat[week < 4].mean() == pytest.approx(0.08, abs=0.015)
    assert chat[(week > 55) & (week < 61)].mean() == pytest.approx(0.16, abs=0.02)
    assert (small.contacts["reason"] == "premium_change")[week >= 61].mean() == pytest.approx(0.23, abs=0.03)


def test_codes_are_those_of_the_starter_reference(small: Folder) -> None:
    reference = json.loads(REFERENCE.read_text("utf-8"))
    for column, key in (("channel", "channels"), ("reason", "reasons"), ("level", "levels")):
        assert set(texts(small.contacts[column])) <= {item["code"] for item in reference[key]}
    assert set(texts(small.returns["moment"])) <= {item["code"] for item in reference["moments"]}
    themes = {child["code"] for theme in reference["themes"] for child in theme["children"]}
    said = {code for codes in small.lines["themes"].to_pylist() for code in codes}
    assert said <= themes
    assert len(said) > 35
    questions = reference["questions"]
    assert {item["key"] for item in questions["customer"]} <= set(small.returns)
    assert {item["key"] for item in questions["employee"]} - {"comment"} <= set(small.barometer)


def test_each_voice_is_given_only_themes_of_its_own(small: Folder) -> None:
    reference = json.loads(REFERENCE.read_text("utf-8"))
    voices = {child["code"]: child["voices"] for theme in reference["themes"] for child in theme["children"]}
    lines = small.lines.to_pylist()
    for line in lines:
        voice = "customer" if line["file"] == "return" else "employee"
        assert all(voice in voices[code] for code in line["themes"]), line["themes"]


def test_the_barometer_holds_nobody_and_is_shuffled(small: Folder) -> None:
    assert "person" not in small.barometer
    assert len(np.unique(small.barometer["wave"])) == 15
    wave = small.barometer["unit"][small.barometer["wave"] == "2025-11"].tolist()
    assert wave != sorted(wave)
    assert sum(one == two for one, two in pairwise(wave)) < len(wave) / 4


def test_events_are_dated_in_both_languages(small: Folder) -> None:
    events = small.read("events")
    assert all(texts(events["label_fr"])[row] for row in range(len(events["unit"])))
    assert len(texts(events["label_en"])) == len(events["unit"])
    assert np.datetime64(dt.date(2025, 1, 13)) in events["starts_on"].astype("datetime64[D]")
