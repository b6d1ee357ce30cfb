"""The dated facts of the 65 weeks, put on the branches that they concern."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from visavis.people.units.models import Event, Unit
from visavis.text.folding import fold

#: What the file calls a kind that has another name in the product.
_KINDS = {"staffing": Event.Kind.ACTION, "campaign": Event.Kind.SEASON}


@transaction.atomic
def load_events(path: Path) -> int:
    """Keep the events of a file; run again, it changes nothing.

    Args:
        path: ``events.csv``: starts_on, ends_on, unit, kind, label_fr, label_en.

    Returns:
        How many there are.
    """
    units = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    with path.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source, delimiter=";"))
    for line in lines:
        unit = units[line["unit"]]
        words = "".join(letter if letter.isalnum() else " " for letter in fold(line["label_en"]))
        facts = {
            "kind": Event.Kind(_KINDS.get(line["kind"], line["kind"])),
            "name": {"fr": line["label_fr"], "en": line["label_en"]},
            "unit": unit,
            "unit_path": unit.path,
            "starts_on": line["starts_on"],
            "ends_on": line["ends_on"] or None,
        }
        Event.objects.update_or_create(code=f"{'-'.join(words.split())}-{unit.code}"[:64], defaults=facts)
    return len(lines)
