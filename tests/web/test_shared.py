"""A form on what several people may change."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from visavis.core.stamps import MeanwhileError, merged, stamps_of
from visavis.web.forms import DateInput
from visavis.web.shared import SharedForm

SHOWN = {"name": "Lille", "kind": "site", "tags": ["north"], "since": dt.date(2025, 1, 2), "open": True}
THEIRS = SHOWN | {"name": "Lille centre", "kind": "team"}


class UnitForm(SharedForm):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(label="Kind", choices=[("site", "Site"), ("team", "Team")])
    tags = forms.MultipleChoiceField(choices=[("north", "North"), ("south", "South")], required=False)
    since = forms.DateField(widget=DateInput)
    open = forms.BooleanField(required=False)


def _sent(now: dict[str, object], **changed: str) -> UnitForm:
    sent = {"name": "Lille", "kind": "site", "tags": "north", "since": "2025-01-02", "open": "on"} | changed
    data = QueryDict(mutable=True)
    data.update(sent | {"seen": stamps_of(SHOWN)})
    form = UnitForm(data, there=now)
    assert form.is_valid(), form.errors
    return form


def test_what_another_changed_stays_beside_what_is_changed_here() -> None:
    form = _sent(THEIRS, since="2025-03-04")
    written = merged(form.typed, now=THEIRS, seen=form.cleaned_data["seen"])
    assert written == THEIRS | {"since": dt.date(2025, 3, 4)}


def test_both_versions_are_shown_and_what_was_typed_is_kept() -> None:
    form = _sent(THEIRS, name="Lille gare")
    with pytest.raises(MeanwhileError) as found:
        merged(form.typed, now=THEIRS, seen=form.cleaned_data["seen"])
    form.show_both(found.value)
    assert [(one.label, one.theirs, one.typed) for one in form.both] == [
        ("Name", "Lille centre", "Lille gare")
    ]
    page = BeautifulSoup(str(form), "html.parser")
    row = page.select_one("tbody tr")
    assert row
    assert [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] == [
        "Name",
        "Lille centre",
        "Lille gare",
    ]
    name = page.select_one("[name=name]")
    assert name
    assert name["value"] == "Lille gare"
    kind = page.select_one("[name=kind] option[selected]")
    assert kind
    assert kind["value"] == "team"  # what the other alone changed


def test_sent_again_it_takes_the_place_of_the_other_knowingly() -> None:
    form = _sent(THEIRS, name="Lille gare")
    with pytest.raises(MeanwhileError) as found:
        merged(form.typed, now=THEIRS, seen=form.cleaned_data["seen"])
    form.show_both(found.value)
    again = UnitForm(form.data, there=THEIRS)
    assert again.is_valid(), again.errors
    written = merged(again.typed, now=THEIRS, seen=again.cleaned_data["seen"])
    assert written == THEIRS | {"name": "Lille gare"}


def test_choices_boxes_and_days_are_said_in_words() -> None:
    form = _sent(THEIRS)
    now = THEIRS | {"tags": ["south", "north"], "open": False, "since": None}
    with override("en"):
        form.show_both(MeanwhileError(now, ("kind", "tags", "open", "since")))
    assert [one.theirs for one in form.both] == ["Team", "South, North", "not ticked", "–"]
