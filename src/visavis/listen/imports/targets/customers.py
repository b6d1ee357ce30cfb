"""Customers met in a lot of rows: added once, their segment kept up to date."""

from __future__ import annotations

from collections.abc import Mapping

from visavis.listen.imports.staging import blank, known, upsert
from visavis.moments.exchanges.models import Customer


def keep_customers(met: Mapping[int, tuple[str, str]]) -> None:
    """Add the customers that are new, write the segments that changed.

    Args:
        met: identity -> code and segment (empty: not said).
    """
    there = known(Customer, "segment", met)
    rows = [
        blank(Customer) | {"id": pk, "code": code, "segment": segment}
        for pk, (code, segment) in met.items()
        if pk not in there or (segment and there[pk] != segment)
    ]
    upsert(Customer, rows, only=["segment"])
