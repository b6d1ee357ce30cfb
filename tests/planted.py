"""Strings of others written into every column that people write, as many as fit in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import models, transaction

from tests import house
from tests.hostile import LIVE, storable
from tests.house import TODAY
from visavis.people.units.fields import PathField
from visavis.people.units.models import Event, Unit
from visavis.understand.verbatims.models import SavedView

#: Columns that hold what somebody wrote.
_WRITTEN = {
    "name", "names", "text", "masked_text", "outcome", "raw", "column", "file_name", "wording", "product",
    "explanation", "form", "label", "comment", "reason", "answer", "sentence", "note", "title", "place",
    "description", "definition", "keywords", "examples", "segment", "reply", "url", "shown_as", "phone",
    "assessment", "notice", "words", "texts", "sheet", "labels", "traits", "subject", "evidence",
}  # fmt: skip
_ROOMS = ("people_", "moments_", "listen_", "understand_", "act_", "share_")
#: Written by a gesture that checks a list or by the product itself, whatever the name of the column says.
_CHOSEN = {
    ("share_law.fact", "name"),
    ("people_access.journalentry", "words"),
    ("listen_releases.releasedcell", "place"),
    ("understand_learning.draw", "words"),
    ("understand_verbatims.placement", "words"),
}
#: Letters that a page shows of one value.
_LONGEST = 1500


def grow(size: int) -> None:
    """Make room for ``size`` strings of each kind in the company of the pages."""
    ours = Unit.objects.get(code="escaut")
    region = Unit.objects.get(code="roubaix")
    for place in range(size):
        team = house.unit(f"h{place}", region)
        who = house.person()
        house.assignment(who, ours)
        house.account(who)
        house.channel(f"hc{place}")
        house.reason(f"hr{place}")
        house.moment(f"hm{place}")
        house.theme(f"ht{place}", house.theme("service"))
        facts = {"unit": team, "unit_path": team.path, "starts_on": TODAY}
        Event.objects.create(
            code=f"he{place}", kind=Event.Kind.INCIDENT, name={"fr": "x", "en": "x"}, **facts
        )
        said = house.response(ours, text="x", person=who, satisfaction=1 + place % 5, product="x")
        house.case(said, who)
    for account in apps.get_model("people_accounts", "Account").objects.order_by("pk")[:12]:
        SavedView.objects.create(account=account, name=f"view {account.pk}")


def plant(batch: Sequence[str]) -> int:
    """Write the strings into every column that people write, each column in turn; how many were written."""
    planted = 0
    with transaction.atomic():
        for model in apps.get_models():
            if model._meta.label_lower.startswith(_ROOMS):
                columns = [column for column in model._meta.concrete_fields if _is_written(model, column)]
                planted += _write(model, columns, batch) if columns else 0
    return planted


def _write(model: type[models.Model], columns: list[Any], batch: Sequence[str]) -> int:
    rows = list(model._default_manager.order_by("pk"))
    for shift, column in enumerate(columns):
        for row, text in zip(rows, cycle(packs([*batch[shift:], *batch[:shift]], _room(column)))):
            setattr(row, column.name, _fitting(column, getattr(row, column.name), text))
    for row in rows:
        values = {column.name: getattr(row, column.name) for column in columns}
        model._default_manager.filter(pk=row.pk).update(**values)
    return len(rows) * len(columns)


def packs(batch: Sequence[str], room: int) -> list[str]:
    """The strings, several in one value where they fit; what a spreadsheet would run always comes first."""
    found: list[str] = []
    for text in map(storable, batch):
        if found and not text.startswith(LIVE) and len(found[-1]) + len(text) < room:
            found[-1] += f" {text}"
        else:
            found.append(text[:room])
    return found


def _room(column: Any) -> int:
    if isinstance(column, models.JSONField):
        return 200
    return min(column.max_length or _LONGEST, _LONGEST)


def _is_written(model: type[models.Model], column: models.Field[Any, Any]) -> bool:
    if column.name not in _WRITTEN or isinstance(column, PathField) or column.choices or column.unique:
        return False
    if (model._meta.label_lower, column.name) in _CHOSEN:
        return False
    return isinstance(column, models.CharField | models.TextField | models.JSONField)


def _fitting(column: models.Field[Any, Any], held: Any, text: str) -> Any:
    if isinstance(column, models.JSONField):
        return _inside(held, iter([text] * 1000), written=False)
    return held if not held and column.name in {"masked_text", "answer", "url"} else text


def _inside(held: Any, texts: Iterator[str], *, written: bool) -> Any:
    """The same tree; what stands under a language is another text."""
    match held:
        case dict():
            return {
                name: _inside(each, texts, written=written or name in {"fr", "en"})
                for name, each in held.items()
            }
        case list():
            return [_inside(each, texts, written=written) for each in held]
        case str():
            return next(texts) if written else held
        case _:
            return held
