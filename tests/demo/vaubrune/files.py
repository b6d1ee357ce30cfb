"""Reads the files back as a stranger would: text and dates, nothing of the generator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from visavis.demo.vaubrune import Truth

Columns = dict[str, Any]


@dataclass
class Folder:
    """A built company and its truth."""

    path: Path
    truth: Truth

    def read(self, name: str) -> Columns:
        """One file, column by column."""
        table = csv.read_csv(
            self.path / f"{name}.csv",
            parse_options=csv.ParseOptions(delimiter=";", newlines_in_values=True),
            convert_options=csv.ConvertOptions(strings_can_be_null=True),
        )
        return {column: table[column].to_numpy() for column in table.column_names}

    @cached_property
    def contacts(self) -> Columns:
        return self.read("contacts")

    @cached_property
    def returns(self) -> Columns:
        return self.read("returns")

    @cached_property
    def feelings(self) -> Columns:
        return self.read("feelings")

    @cached_property
    def organisation(self) -> Columns:
        return self.read("organisation")

    @cached_property
    def barometer(self) -> Columns:
        return self.read("barometer")

    @cached_property
    def lines(self) -> pa.Table:
        """The truth text by text."""
        return parquet.read_table(self.path / "verite_lignes.parquet")

    def contact_rows(self, contacts: Any) -> Any:
        """Where each contact stands in the file of contacts; fails if one does not exist."""
        known = self.contacts["contact"]
        order = np.argsort(known)
        place = np.searchsorted(known, contacts, sorter=order)
        rows = order[place]
        assert (known[rows] == contacts).all()
        return rows


def texts(column: Any) -> list[str]:
    """The filled cells of a column."""
    return [value for value in column.tolist() if value]
