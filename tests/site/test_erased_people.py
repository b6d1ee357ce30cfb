"""Whoever was erased after a backup is erased again when it is restored; every figure is as it was."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.conftest import ON_POSTGRES
from tests.site.instances import FIGURES, SOURCE, Instance, laid, seeded

pytestmark = pytest.mark.skipif(ON_POSTGRES, reason="these instances choose their own engine")

TESTS = {"PYTHONPATH": f"{SOURCE}:{SOURCE.parent}"}
#: Erasing published the months again, at another minute, which files say: they are asked as of this one.
AS_OF = FIGURES.replace('PUBLISHED = ""', 'PUBLISHED = "2024-07-01 09:12:00+00:00"')
#: A customer and a former employee who bear a marker wherever words may stand; a review that names somebody.
PLANT = """
import datetime as dt
import django; django.setup()
from tests import house
from visavis.core.words import Voice
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import CustomerContact
from visavis.people.units.queries import company
team = house.unit("lys", parent=company())
day = dt.date(2024, 3, 11)
who = house.customer("ZORGLUB-4812")
CustomerContact.objects.create(customer=who, email="zorglub@mail.example", keep_until=house.TODAY)
left = house.person("ZORGLUB-7", name="Zorglub Petit", email="z.zorglub@acme.example")
house.assignment(left, team, ends_on=dt.date(2024, 6, 1))
house.account(left, "petit.zorglub@acme.example")
held = house.interaction(team, left, day, code="ZORGLUB-CALL", customer=who)
said = dict(customer=who, interaction=held, person=left, satisfaction=1, code="ZORGLUB-R")
house.response(team, on=day, text="Zorglub attend son dossier depuis six longues semaines.", **said)
own = house.response(team, Voice.EMPLOYEE, day, "Zorglub appelle chaque matin, on manque de temps.",
                     author=left, interaction=held, source=Response.Source.FEELING)
house.response(team, on=day, text="Je suis Zorglub et je le dis.", code="REVIEW-7", satisfaction=5)
"""
#: They are erased by the services, as an officer does.
ERASE = """
import django; django.setup()
from tests import house
from visavis.core.words import Role
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer
from visavis.people.access.clock import now, today
from visavis.people.persons.models import Person
from visavis.people.units.queries import company
from visavis.share.law.erasing import erase_customer, erase_person
from visavis.share.law.erasing_returns import erase_return
officer = house.viewer(company(), Role.DPO)
erase_customer(by=officer, customer=Customer.objects.get(code="ZORGLUB-4812"), at=now(), words=["zorglub"])
erase_person(by=officer, person=Person.objects.get(code="ZORGLUB-7"), at=now(), today=today())
erase_return(by=officer, response=Response.objects.get(code="REVIEW-7"), at=now())
"""
#: What each kind left behind: rows by name, and whether the marker stands anywhere in a row.
LEFT = """
import json
import django; django.setup()
from django.apps import apps
from visavis.people.erasures.models import Erasure
found = [
    model._meta.label
    for model in apps.get_models()
    for row in model._meta.base_manager.values_list()
    if "zorglub" in repr(row).lower()
]
print(json.dumps({"found": found, "marks": sorted(Erasure.objects.values_list("kind", flat=True))}))
"""
NONE_LEFT = '{"found": [], "marks": ["customer", "person", "return", "return"]}'


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """An instance in which they were erased after a backup: its figures, the folder of that backup."""
    place = tmp_path_factory.mktemp("erased")
    lived_in, kept = seeded(laid(place / "data"), 60), place / "kept"
    before = (PLANT, ["publish", "--all"], ["backup", "--to", kept], ["export", kept / "export.tar.gz"])
    for done in lived_in.session(*before, **TESTS):
        done.well()
    (archive,) = kept.glob("visavis-*")
    with tarfile.open(archive) as opened:  # or what follows would prove nothing
        held = opened.extractfile("visavis.db")
        assert held
        assert held.read().lower().count(b"zorglub") > 8
    gone, published, left, told = lived_in.session(ERASE, ["publish", "--all"], LEFT, AS_OF, **TESTS)
    gone.well()
    published.well()
    assert left.well() == NONE_LEFT
    shutil.copyfile(lived_in.folder / "erasures.jsonl", kept / "erasures.jsonl")
    return json.loads(told.well()), kept


def _bytes_that_name(folder: Path) -> list[str]:
    return [
        path.name for path in folder.rglob("*") if path.is_file() and b"zorglub" in path.read_bytes().lower()
    ]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_whoever_was_erased_since_the_backup_is_nowhere_in_what_is_restored(
    erased: tuple[dict[str, Any], Path], tmp_path: Path, engine: str
) -> None:
    ours, kept = erased
    other = engine == "postgresql"
    there = Instance(tmp_path / "there", postgres.start() if other else "")
    source = kept / "export.tar.gz" if other else next(kept.glob("visavis-*"))
    told, left, after = there.session(["restore", source, "--check"], LEFT, AS_OF)
    assert "Les six invariants sont respectés." in told.well()
    assert left.well() == NONE_LEFT
    assert _bytes_that_name(there.folder) == []
    assert json.loads(after.well()) == ours
