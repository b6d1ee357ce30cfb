"""T1, T6 and T7 against the pages of face to face: nothing false is said, nobody few or alone is shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from bs4 import BeautifulSoup

from tests.demo.conftest import Instance, browser_of, viewer_named
from tests.printed import words_of
from visavis.demo.vaubrune.world import TODAY
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Event, Unit
from visavis.understand.symmetry import page
from visavis.understand.symmetry.happenings import Days, climates, followed

pytestmark = pytest.mark.slow

STUDY = "/comprendre/miroir/etude-miroir-de-printemps/"
PAGES = (
    "/comprendre/symetrie/?periode=tout",
    "/comprendre/double-attention/?periode=tout&par=entite",
    "/comprendre/double-attention/?periode=tout&par=motif",
    STUDY,
    "/comprendre/correspondances/",
)
FILES = (
    "/comprendre/symetrie/equipes.csv?periode=tout",
    "/comprendre/double-attention/export.csv?periode=tout",
    f"{STUDY}export.csv",
    "/comprendre/correspondances/export.csv",
)
#: Who reads both sides: the direction, a director of centre, human resources.
READERS = ("claire", "karim", "nadia")


def shown_lines(who: str) -> Iterator[str]:
    """Each line of each table and chart, each sentence of the pages, then each line of the files."""
    client = browser_of(who)
    for address in PAGES:
        answer = client.get(address)
        if answer.status_code == 200:
            main = BeautifulSoup(answer.content, "html.parser")
            for line in main.select("main tr, main li, main p, main text, main figcaption"):
                yield line.get_text(" ", strip=True)
    for address in FILES:
        answer = client.get(address)
        if answer.status_code == 200:
            told = io.StringIO(answer.getvalue().decode("utf-8-sig"))
            yield from (" ".join(row) for row in csv.reader(told, delimiter=";"))


@pytest.mark.usefixtures("vaubrune")
@pytest.mark.parametrize("who", READERS)
def test_saint_malo_stands_alone_nowhere_face_to_face(who: str) -> None:
    found = list(shown_lines(who))
    assert len(found) > 30
    told = [line for line in found if "Saint-Malo" in line and re.search(r"\d", line)]
    assert not [line for line in told if "Caen" not in line]


@pytest.mark.usefixtures("vaubrune")
def test_no_combination_of_what_symmetry_shows_gives_the_four_of_saint_malo() -> None:
    """All the groups with a climate, of every wave's period and of all of them, read by three people."""
    units = list(Unit.objects.order_by("pk"))
    above = {unit.parent_id for unit in units}
    teams = [unit for unit in units if unit.pk not in above]
    names = {unit.name: unit.path for unit in units}
    groups = {"/vaubrune/"}
    for who in READERS:
        client = browser_of(who)
        for period in ("tout", "12m", "3m", "2025-11", "2025-10", "2025-06"):
            told = client.get(f"/comprendre/symetrie/equipes.csv?periode={period}")
            if told.status_code == 200:
                rows = list(csv.reader(io.StringIO(told.getvalue().decode("utf-8-sig")), delimiter=";"))[1:]
                groups |= {row[0] for row in rows if row[5]}
    tops = [tuple(_tops(group, names)) for group in sorted(groups)]
    held = np.array([[unit.path.startswith(top) for unit in teams] for top in tops], dtype=float)
    wanted = np.array([unit.path.endswith("/saint-malo/") for unit in teams], dtype=float)
    assert wanted.sum() == 1
    assert len(groups) > 20
    solved, *_ = np.linalg.lstsq(held.T, wanted, rcond=None)
    assert np.abs(held.T @ solved - wanted).max() > 0.1


def _tops(group: str, names: dict[str, str]) -> list[str]:
    return [names.get(name, name) for name in re.split(r", | et ", group)]


@pytest.mark.usefixtures("vaubrune")
@pytest.mark.parametrize("who", ["claire", "karim", "sophie"])
def test_no_adviser_is_best_or_worst_on_any_of_these_pages(who: str) -> None:
    """Camille answers complaints mostly, Yanis has six satisfied of six: neither is named, nor anybody."""
    advisers = Assignment.objects.filter(role="adviser").values("person")
    names = set(Person.objects.filter(pk__in=advisers).values_list("name", flat=True))
    assert {"Camille Fournier", "Yanis Belkacem"} <= names
    text = "\n".join(shown_lines(who))
    study = browser_of(who).get(f"{STUDY}export.pdf")
    if study.status_code == 200:
        text += words_of(study.getvalue())
    assert len(text) > 500
    assert not [name for name in names if name in text]


@pytest.mark.usefixtures("vaubrune")
def test_the_end_of_a_storm_is_no_effect_of_the_temporary_staff() -> None:
    """Satisfaction rises by itself once the storm is over: nothing compares before and after it."""
    [staff] = Event.objects.filter(name__fr__startswith="Renfort")
    viewer = viewer_named("claire")
    found = followed(Days(viewer, climates(viewer)), climates(viewer), path="", today=TODAY)
    assert found
    assert staff.pk not in {one.event.pk for one in found}
    assert not [one for one in page.told(found, "fr") if "Renfort" in one.label]


def test_no_page_says_that_the_temporary_staff_changed_anything(vaubrune: Instance) -> None:
    assert vaubrune.truth["realised"]["T1"] > 5
    client = browser_of("claire")
    branches = [unit.code for unit in Unit.objects.filter(parent__parent__isnull=True, parent__isnull=False)]
    asked = [*PAGES, *(f"/comprendre/symetrie/?periode=tout&perimetre={code}" for code in branches)]
    for address in asked:
        main = BeautifulSoup(client.get(address).content, "html.parser").select_one("main")
        assert main is not None
        for line in main.select("h2, h3, p, li"):
            assert "Renfort" not in line.get_text(" ", strip=True)
