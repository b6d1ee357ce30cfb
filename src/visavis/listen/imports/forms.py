"""What a person fills in to import a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.listen.imports import labels
from visavis.listen.imports.columns import constants_of, field_choices, rearranged
from visavis.listen.imports.models import Kind
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.reading.fields import KINDS, QUESTION, TRAIT
from visavis.listen.imports.reading.hints import DateOrder, Hints
from visavis.listen.imports.reading.mapping import Mapping
from visavis.moments.exchanges.services import slug
from visavis.web.forms import FileDrop, Options

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xlsb,.xls,.ods,.parquet,.json"


class FileForm(forms.Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(label=gettext_lazy("What its rows are"), choices=Kind.choices, widget=Options)
    file = forms.FileField(
        label=gettext_lazy("File"), widget=FileDrop(accept=ACCEPTED), max_length=255, allow_empty_file=True
    )

    def __init__(self, *args: Any, too_big: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_big = too_big
        limit = settings.MAX_IMPORT_BYTES >> 20
        self.fields["file"].help_text = _("CSV, XLSX or Parquet, %(limit)s MB at most.") % {"limit": limit}
        choices = [(kind.value, f"{kind.label} – {labels.ROWS[kind]}") for kind in Kind]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if too_big:
            words = {"megabytes": -(-too_big >> 20), "limit": limit}
            told = _("The file weighs %(megabytes)s MB; the limit is %(limit)s MB.") % words
            self.fields["file"].error_messages["required"] = told


class ReadingForm(forms.Form):
    """How to read the file, where the detection is wrong."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), choices=labels.ENCODINGS, required=False)
    separator = forms.ChoiceField(label=gettext_lazy("Separator"), choices=labels.SEPARATORS, required=False)
    decimal = forms.ChoiceField(label=gettext_lazy("Decimals"), choices=labels.DECIMALS, required=False)
    date_order = forms.ChoiceField(label=gettext_lazy("Dates"), choices=labels.ORDERS, required=False)
    header_line = forms.IntegerField(
        label=gettext_lazy("Line of the column names"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("0 if the file has none; empty: as detected."),
    )
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)

    def __init__(self, *args: Any, sheets: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            self.fields["sheet"].choices = [("", _("as detected")), *((name, name) for name in sheets)]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]

    def hints(self) -> Hints:
        """What was settled."""
        told = self.cleaned_data
        order = told["date_order"]
        return Hints(
            encoding=told["encoding"] or None,
            separator=told["separator"] or None,
            decimal=told["decimal"] or None,
            date_order=DateOrder(order) if order else None,
            header_line=told["header_line"],
            sheet=told.get("sheet") or None,
        )


class ColumnsForm(forms.Form):
    """Where each column goes, and what is the same for all rows."""

    company = forms.CharField(
        label=gettext_lazy("Name of your company"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("The organisation has no root yet: it will bear this name."),
    )

    def __init__(self, *args: Any, plan: Plan, ask_company: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        mapping = plan.mapping
        taken = [each.field for each in mapping.columns if each.field]
        choices = field_choices(mapping.kind, taken)
        for at, each in enumerate(mapping.columns):
            label = _("Our field for “%(column)s”") % {"column": each.name}
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=label, choices=choices, initial=each.field or "", required=False
            )
        for name, label in constants_of(mapping):
            start = mapping.constants.get(name, "")
            self.fields[f"k-{name}"] = forms.CharField(
                label=label, initial=start, required=False, max_length=200
            )
        self.initial.setdefault("company", plan.company)
        if not ask_company:
            del self.fields["company"]

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns, in the order of the file."""
        return [self[f"c{at}"] for at in range(len(self.plan.mapping.columns))]

    @property
    def constants(self) -> list[forms.BoundField]:
        """The fields that may be the same for all rows."""
        return [self[name] for name in self.fields if name.startswith("k-")]

    def clean(self) -> dict[str, Any]:
        """A field of ours is filled by one column only."""
        told = super().clean() or {}
        first: dict[str, str] = {}
        for at, each in enumerate(self.plan.mapping.columns):
            place = self._place(at, each.name, told)
            if place in first:
                words = {"field": labels.field_label(place), "column": first[place]}
                self.add_error(
                    f"c{at}", _("“%(field)s” is already filled by the column “%(column)s”.") % words
                )
            elif place:
                first[place] = each.name
        for name in [name.removeprefix("k-") for name in self.fields if name.startswith("k-")]:
            if name in first:
                told[f"k-{name}"] = ""
        return told

    def _place(self, at: int, column: str, told: dict[str, Any]) -> str:
        place: str = told.get(f"c{at}", "")
        return f"{place}{slug(column)[:40]}" if place in (QUESTION, TRAIT) else place

    def planned(self) -> Plan:
        """The plan as it was settled."""
        told = self.cleaned_data
        mapping: Mapping = self.plan.mapping
        places = [self._place(at, each.name, told) for at, each in enumerate(mapping.columns)]
        own = {each.name for each in KINDS[mapping.kind].fields}
        constants = {name: told.get(f"k-{name}", "").strip() for name in own if told.get(f"k-{name}")}
        settled = replace(self.plan, company=told.get("company", self.plan.company) or "")
        return settled.with_mapping(rearranged(mapping, places, constants))
