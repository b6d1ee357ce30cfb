"""The table of the verification standard: every requirement answered, every test that it names exists."""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

from tests.shared import shared_path

ROOT = Path(__file__).parents[2]
#: Of level 3, and kept all the same.
BEYOND = {"1.2.10", "1.3.12", "3.4.7", "3.4.8"}


@cache
def table() -> list[dict[str, str]]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def faults(row: dict[str, str]) -> list[str]:
    """What is wrong with an answer."""
    found = []
    if row["answer"] not in {"pass", "n.a.", "gap"}:
        found.append(f"{row['id']}: no answer")
    if row["answer"] == "pass" and not row["tests"]:
        found.append(f"{row['id']}: passes without a test")
    if row["answer"] != "pass" and len(row["words"]) < 8:
        found.append(f"{row['id']}: says not why")
    for named in row["tests"].split():
        path, _, name = named.partition("::")
        if not (ROOT / path).is_file() or name not in named_in(path):
            found.append(f"{row['id']}: {named} does not exist")
    return found


def test_every_answer_stands_on_a_test_or_a_reason() -> None:
    assert [fault for row in table() for fault in faults(row)] == []


def test_every_requirement_of_the_first_two_levels_is_answered_once() -> None:
    path = shared_path("data", "trust", "reference", "asvs-5.0.0-en.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        wanted = [row["req_id"].removeprefix("V") for row in csv.DictReader(file) if row["L"] in {"1", "2"}]
    answered = [row["id"] for row in table()]
    assert len(wanted) == 253
    assert sorted(answered) == sorted([*wanted, *BEYOND])


@pytest.mark.parametrize(
    "row",
    [
        {"id": "1", "answer": "pass", "tests": "", "words": ""},
        {"id": "1", "answer": "gap", "tests": "", "words": ""},
        {"id": "1", "answer": "pass", "tests": "tests/house.py::test_none", "words": ""},
        {"id": "1", "answer": "perhaps", "tests": "", "words": "no reason at all"},
    ],
)
def test_a_bad_answer_is_found(row: dict[str, str]) -> None:
    assert faults(row)
