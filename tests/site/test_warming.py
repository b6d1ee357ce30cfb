"""What a web process loads by itself, and how days come out of the database."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Iterator

import pytest
from django.db.backends.sqlite3 import base
from django.template import engines
from django.urls import reverse

from visavis.site.warming import warm


@pytest.fixture(scope="module")
def warmed() -> Iterator[None]:
    before = gc.get_freeze_count()
    warm()
    yield
    if not before:
        gc.unfreeze()


def _kept() -> set[str]:
    """Names of the templates that this process keeps."""
    [loader] = engines["django"].engine.template_loaders
    [cached] = loader.loaders
    return {template.origin.template_name for template in cached.get_template_cache.values()}


@pytest.mark.usefixtures("warmed")
def test_a_warmed_process_waits_for_no_view_library_or_template() -> None:
    assert {"visavis.understand.symmetry.views", "scipy.special"} <= set(sys.modules)
    assert reverse("symmetry:symmetry")
    assert {"base.html", "symmetry/symmetry.html", "cotton/card.html"} <= _kept()


@pytest.mark.usefixtures("warmed")
def test_what_is_there_to_stay_is_collected_no_more() -> None:
    assert gc.get_freeze_count() > len(gc.get_objects())


@pytest.mark.parametrize(("stored", "day"), [(b"2025-11-30", dt.date(2025, 11, 30)), (b"", None)])
def test_a_day_of_the_database_is_turned_into_ours_once(stored: bytes, day: dt.date | None) -> None:
    turned = base.Database.converters["DATE"]
    assert turned(stored) == day
    assert turned(stored) is turned(bytes(bytearray(stored)))
