"""What was planted is really in the files, within what chance allows; and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tests.demo.vaubrune.files import Folder

PARTS = {f"E{n}" for n in (1, 2, 3, 4, 5, 6, 7, 11, 12, 13)} | {f"T{n}" for n in range(1, 8)} | {"E8_E9_E10"}


def _of(folder: Folder, *path: str) -> Any:
    value: Any = folder.truth.realised
    for key in path:
        value = value[key]
    return value


def test_the_oracle_is_whole_and_written(small: Folder) -> None:
    written = json.loads((small.path / "verite.json").read_text("utf-8"))
    assert set(written["realised"]) >= PARTS
    assert {"team_link", "server_phone", "lag_weeks", "training_low", "mirror_gaps"} <= set(
        written["planted"]
    )
    assert written["seed"] == 5
    assert written["today"] == "2025-12-01"


def test_every_text_has_its_truth(small: Folder) -> None:
    truth = small.lines.to_pydict()
    for name, rows, column in (
        ("return", small.returns, "verbatim"),
        ("feeling", small.feelings, "word"),
        ("barometer", small.barometer, "comment"),
    ):
        written = {place + 1 for place, text in enumerate(rows[column].tolist()) if text}
        known = {row for row, file in zip(truth["row"], truth["file"], strict=True) if file == name}
        assert written == known


def test_employees_texts_carry_no_polarity(small: Folder) -> None:
    for line in small.lines.to_pylist():
        if line["file"] != "return":
            assert line["polarity"] == ""
            assert line["intensity"] == -1
            assert not any(line["polarities"])


def test_two_views_of_one_exchange(small: Folder) -> None:
    reasons = _of(small, "E8_E9_E10", "by_reason")
    assert reasons["premium_change"]["blind_spot"] > reasons["simple_request"]["blind_spot"] + 7
    assert reasons["bereavement"]["takes_upon"] > reasons["simple_request"]["takes_upon"] + 12
    assert 0.30 <= _of(small, "E8_E9_E10", "spearman") <= 0.40


def test_a_statement_of_repetition_belongs_to_a_repeated_contact(small: Folder) -> None:
    rows = small.contact_rows(small.returns["contact"])
    contacts = small.contacts
    order = np.lexsort((contacts["started_at"], contacts["reason"], contacts["customer"]))
    same = (contacts["customer"][order][1:] == contacts["customer"][order][:-1]) & (
        contacts["reason"][order][1:] == contacts["reason"][order][:-1]
    )
    close = np.diff(contacts["started_at"][order]) <= np.timedelta64(7 * 86_400, "s")
    again = np.zeros(len(order), dtype=bool)
    again[order[1:]] = same & close
    for line in small.lines.to_pylist():
        if line["file"] == "return" and "repeat" in line["flags"]:
            assert again[rows[line["row"] - 1]]


@pytest.mark.slow
def test_the_planted_effects_are_found_at_the_demo_size(big: Folder) -> None:
    """Ranges of the note, 5 to 95 % of seeds."""
    assert 0.52 <= _of(big, "E1", "raw_r") <= 0.80
    assert 0.40 <= _of(big, "E1", "adjusted_r") <= 0.77
    assert -13.7 <= _of(big, "E2", "drop_points") <= -7.0
    assert 7.2 <= _of(big, "E2", "repair_points") <= 16.0
    assert -1.03 <= _of(big, "E3") <= -0.74
    assert -13.5 <= _of(big, "E4", "points") <= -6.6
    assert 4 <= _of(big, "E5", "lag_weeks") <= 6
    assert 0.71 <= _of(big, "E6") <= 1.07
    assert 6.0 <= _of(big, "E7", "E7_points") <= 12.6
    assert _of(big, "E7", "extension_climate") > 0.4
    assert abs(_of(big, "E7", "extension_points")) < 5
    assert 0.33 <= _of(big, "E8_E9_E10", "spearman") <= 0.38


@pytest.mark.slow
def test_employees_speak_of_the_voice_server_two_weeks_before_customers(big: Folder) -> None:
    said = _of(big, "E11")
    assert said["employees_alarm_week"] == 0
    assert said["customers_alarm_week"] >= 1
    assert 13 <= said["employees_during"] <= 19
    assert said["employees_before"] < 2


@pytest.mark.slow
def test_the_traps_are_set(big: Folder) -> None:
    assert 6 <= _of(big, "T1") <= 10
    month = _of(big, "T2")
    assert month["mix"] < -1
    assert abs(month["own"]) < 1.2
    chat = _of(big, "T3", "from_w30")
    assert chat["raw_points"] > 0 > chat["adjusted_points"]
    assert _of(big, "T7", "T7_camille")["raw_points"] < -5
    assert _of(big, "T7", "T7_yanis") == {"n": 6, "satisfied": 6}
    assert max(_of(big, "T6", "saint_malo_invited")) == 4


@pytest.mark.slow
def test_facing_themes_and_strong_joys(big: Folder) -> None:
    assert 0.45 <= _of(big, "facing_themes", "claims_only_r") <= 0.9
    joys = _of(big, "intensity")
    assert 92 <= joys["human_share"] <= 98
    assert joys["human_share"] > joys["human_exposure"]
    assert joys["digital_0_or_1"] > 80


@pytest.mark.slow
def test_training_logics_mirror_help_and_planning(big: Folder) -> None:
    assert 0.2 <= _of(big, "E12", "low_effect") <= 0.45
    assert abs(_of(big, "E12", "strong_effect")) < 0.13
    assert 28 <= _of(big, "E13", "script_useful_points") <= 44
    gaps = _of(big, "other_files", "mirror_gaps")
    assert gaps["clarity"] == pytest.approx(1.2, abs=0.35)
    assert gaps["listening"] == pytest.approx(-0.9, abs=0.35)
    minutes = _of(big, "other_files", "help_median_minutes")
    assert minutes["angers"] == pytest.approx(12, abs=5)
    assert minutes["roubaix"] == pytest.approx(55, abs=12)
    late = _of(big, "other_files", "late_changes_after_w36")
    assert late["roubaix"] - late["angers"] == pytest.approx(0.9, abs=0.2)


def test_nothing_is_planted_in_the_null_company(nothing: Folder) -> None:
    assert _of(nothing, "E1", "exceptions") == []
    assert abs(_of(nothing, "E2", "drop_points")) < 7
    assert abs(_of(nothing, "E3")) < 0.3
    assert abs(_of(nothing, "E8_E9_E10", "spearman")) < 0.1
    assert _of(nothing, "E11", "employees_during") < 4
    assert abs(_of(nothing, "E12", "low_effect")) < 0.15
    assert max(abs(gap) for gap in _of(nothing, "other_files", "mirror_gaps").values()) < 0.6
