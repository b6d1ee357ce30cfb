"""``visavis demo`` builds what its files say, once, and touches nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max, Min

from tests import house
from tests.demo.conftest import COMMAND, Instance, environment, visavis
from visavis.core.words import Role, Voice
from visavis.demo.cast import CAST
from visavis.demo.instances import holds_anything
from visavis.demo.vaubrune.world import FIRST_DAY, LAST_DAY, TEAMS
from visavis.listen.campaigns.models import Campaign
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.surveys.models import Questionnaire
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.models import Grant
from visavis.people.persons.models import Assignment
from visavis.people.units.models import Event, Unit
from visavis.site.options import Instance as Folder
from visavis.understand.verbatims.models import Annotation

slow = pytest.mark.slow


def _of(source: Response.Source) -> int:
    return Response.objects.filter(source=source).count()


@slow
def test_it_holds_what_the_truth_counts(vaubrune: Instance) -> None:
    counts = vaubrune.truth["counts"]
    assert Interaction.objects.count() == counts["contacts"]
    assert _of(Response.Source.SURVEY) == counts["returns"]
    assert _of(Response.Source.BAROMETER) == counts["barometer"]
    assert _of(Response.Source.FEELING) == counts["feelings"]
    others = Response.objects.exclude(source=Response.Source.MIRROR)
    assert others.count() == counts["returns"] + counts["barometer"] + counts["feelings"]
    texts = {
        name: Verbatim.objects.filter(response__source=source).count()
        for name, source in (("verbatims", "survey"), ("comments", "barometer"), ("words", "feeling"))
    }
    assert texts == {name: counts[name] for name in texts}
    felt = Response.objects.filter(source="feeling").order_by().values("interaction")
    heard = Response.objects.filter(source="survey", interaction__in=felt)
    assert heard.count() == counts["pairs"]


@slow
def test_its_people_work_where_the_file_says(vaubrune: Instance) -> None:
    with (vaubrune.folder / "demo-files" / "organisation.csv").open(encoding="utf-8") as source:
        lines = list(csv.DictReader(source, delimiter=";"))
    told = {(row["person"], row["unit"], row["starts_on"]) for row in lines if row["person"]}
    kept = Assignment.objects.values_list("person__code", "unit__code", "starts_on").order_by("pk")
    assert {(person, unit, f"{day}") for person, unit, day in kept} == told
    assert Unit.objects.count() == 1 + 3 + len(TEAMS)
    last = Assignment.objects.on(LAST_DAY).filter(role=Role.ADVISER)
    everywhere = {line["person"] for line in lines if line["role"] == "adviser" and not line["ends_on"]}
    assert set(last.order_by().values_list("person__code", flat=True)) == everywhere


@slow
def test_its_waves_and_events_are_those_of_the_story(vaubrune: Instance) -> None:
    assert Campaign.objects.filter(questionnaire__kind=Questionnaire.Kind.BAROMETER).count() == 15
    with (vaubrune.folder / "demo-files" / "events.csv").open(encoding="utf-8") as source:
        lines = [
            (row["starts_on"], row["unit"], row["label_fr"]) for row in csv.DictReader(source, delimiter=";")
        ]
    kept = [
        (f"{event.starts_on}", event.unit.code, event.name["fr"]) for event in Event.objects.order_by("pk")
    ]
    assert sorted(kept) == sorted(lines)


@slow
def test_every_row_went_in_and_every_text_was_read(vaubrune: Instance) -> None:
    assert not RejectedRow.objects.exists()
    assert list(ImportRun.objects.order_by().values_list("status", flat=True).distinct()) == ["done"]
    assert not Verbatim.objects.unread().exists()
    assert not Response.objects.filter(triaged=False).exists()
    assert Annotation.objects.filter(verbatim__voice=Voice.EMPLOYEE).exists()


@slow
def test_nothing_happens_after_the_last_of_november(vaubrune: Instance) -> None:
    heard = Response.objects.aggregate(first=Min("heard_on"), last=Max("heard_on"))
    met = Interaction.objects.aggregate(first=Min("day"), last=Max("day"))
    assert min(heard["first"], met["first"]) >= FIRST_DAY
    assert max(heard["last"], met["last"]) <= LAST_DAY == dt.date(2025, 11, 30)


@slow
def test_each_of_the_cast_has_an_account_and_its_rights(vaubrune: Instance) -> None:
    given = Grant.objects.order_by().values_list("account__email", "role", "unit__code")
    wanted = {(member.email, str(role), unit) for member in CAST for role, unit in member.grants}
    assert set(given) == wanted
    nameless = {member.email for member in CAST if not _person_of(member.email)}
    assert nameless == {"cse@vaubrune.example", "paul.renaud@vaubrune.example"}


def _person_of(email: str) -> Any:
    return Grant.objects.filter(account__email=email).values_list("account__person", flat=True).first()


@slow
def test_its_mark_is_for_its_owner_only_and_stops_the_clock(built: Instance) -> None:
    mark = built.folder / "demo.json"
    assert stat.S_IMODE(mark.stat().st_mode) == 0o600
    told = json.loads(mark.read_text("utf-8"))
    assert (told["today"], told["size"], told["seed"]) == ("2025-12-01", "small", 5)
    assert told["cast"]["ines"] == "ines.morel@vaubrune.example"
    assert {one["password"] for one in told["sign_ins"]} == {told["password"]}
    assert Folder(built.folder).today == dt.date(2025, 12, 1)
    inside = [path for path in built.folder.rglob("*") if path.is_file() and path != mark]
    assert not [path for path in inside if told["password"].encode() in path.read_bytes()]


@slow
def test_run_twice_it_says_that_it_is_ready(built: Instance) -> None:
    before = (built.folder / "visavis.db").stat().st_mtime_ns
    assert "visavis run" in visavis(built.folder, "demo").stdout
    other = subprocess.run(
        [*COMMAND, "demo", "--seed", "6"],
        env=environment(built.folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert other.returncode == 1
    assert "--again" in other.stderr
    assert (built.folder / "visavis.db").stat().st_mtime_ns == before


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The tables of the tests, with an empty folder around them."""
    settings.INSTANCE = Folder(tmp_path)
    yield tmp_path
    assert not list(tmp_path.glob("demo*")), "the demo left something in an instance that is not its own"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [house.company, house.person, house.account], ids=["unit", "person", "account"]
)
@pytest.mark.parametrize("again", [False, True])
def test_an_instance_that_holds_anything_is_left_as_it_is(make: Any, again: bool, folder: Path) -> None:
    assert not holds_anything()
    make()
    with pytest.raises(CommandError, match="VISAVIS_DATA"):
        call_command("demo", again=again)


@slow
def test_a_demo_where_somebody_works_is_not_taken_away(built: Instance, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", built.folder, copy], check=True)
    visavis(copy, "account", "moi@entreprise.example", "--role", "quality")
    again = [*COMMAND, "demo", "--again"]
    refused = subprocess.run(again, env=environment(copy), capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "moi@entreprise.example" in refused.stderr
    assert (copy / "demo.json").exists()


#: What must be the same whatever happened on the way.
_SAME = {
    "exchanges": "SELECT id, day, channel_id, unit_path, previous_id FROM moments_exchanges_interaction",
    "returns": "SELECT code, heard_on, unit_path, satisfaction, author_id FROM listen_returns_response",
    "answers": "SELECT count(*), sum(value) FROM listen_returns_answer",
    "texts": "SELECT text, polarity, certainty, churn, read_by FROM listen_returns_verbatim",
    "readings": "SELECT polarity, certainty, theme_id, current FROM understand_verbatims_annotation",
    "cases": "SELECT response_id, why, rank, person_id FROM act_inbox_case",
    "accounts": "SELECT email FROM people_accounts_account",
    "grants": "SELECT role, unit_id FROM people_access_grant",
    "events": "SELECT code, kind, starts_on FROM people_units_event",
}


def _content(folder: Path) -> dict[str, list[Any]]:
    with sqlite3.connect(folder / "visavis.db") as database:
        return {name: sorted(map(repr, database.execute(sql))) for name, sql in _SAME.items()}


@slow
def test_killed_on_the_way_it_is_finished_by_the_next_one(built: Instance, tmp_path: Path) -> None:
    for stage in (b"4/", b"7/", b"9/"):
        _kill_at(tmp_path, stage)
        assert not (tmp_path / "demo.json").exists()
    visavis(tmp_path, "demo")
    assert not (tmp_path / "demo-building.json").exists()
    assert _content(tmp_path) == _content(built.folder)


def _kill_at(folder: Path, stage: bytes) -> None:
    """Start a building and kill it a moment after a stage began."""
    log = folder / "stderr"
    with log.open("wb") as errors:
        building = subprocess.Popen(
            [*COMMAND, "demo"], env=environment(folder), stdout=subprocess.DEVNULL, stderr=errors
        )
    began = monotonic()
    while stage not in log.read_bytes():
        assert building.poll() is None, log.read_text("utf-8")[-2000:]
        assert monotonic() - began < 300
        sleep(0.05)
    sleep(random.Random(stage).uniform(0, 1))
    os.kill(building.pid, signal.SIGKILL)
    building.wait()
