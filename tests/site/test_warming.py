"""What a web process loads by itself, and how days come out of the database."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Iterator

import pysqlite3
import pytest
from django.template import Template, engines
from django.template.backends.django import DjangoTemplates
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
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    [partials] = engine.engine.template_loaders
    [kept] = partials.loaders  # type: ignore[attr-defined]
    found = (
        one for one in kept.get_template_cache.values() if isinstance(one, Template)
    )  # misses are kept too
    return {str(template.origin.template_name) for template in found}


@pytest.mark.usefixtures("warmed")
def test_a_warmed_process_waits_for_no_view_library_or_template() -> None:
    assert {"visavis.understand.symmetry.views", "scipy.special"} <= set(sys.modules)
    assert reverse("symmetry:symmetry")
    assert {"base.html", "symmetry/symmetry.html", "cotton/card.html"} <= _kept()


@pytest.mark.usefixtures("warmed")
def test_what_is_there_to_stay_is_collected_no_more() -> None:
    left = len(gc.get_objects())
    assert gc.get_freeze_count() > left


@pytest.mark.parametrize(("stored", "day"), [(b"2025-11-30", dt.date(2025, 11, 30)), (b"", None)])
def test_a_day_of_the_database_is_turned_into_ours_once(stored: bytes, day: dt.date | None) -> None:
    turned = pysqlite3.dbapi2.converters["DATE"]
    assert turned(stored) == day
    assert turned(stored) is turned(bytes(bytearray(stored)))
