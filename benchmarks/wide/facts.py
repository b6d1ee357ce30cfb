"""Facts of an invented company of any size over 26 months: the same for the same size and seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from visavis.lake.datasets import MENTIONS, RETURNS, Dataset
from visavis.lake.files import schema
from visavis.lake.statements import day_of

MONTHS = [202310 + n if n < 3 else (2024 + (n - 3) // 12) * 100 + (n - 3) % 12 + 1 for n in range(26)]
CHANNELS, REASONS, LEVELS, MOMENTS, THEMES = 8, 20, 3, 20, 40
#: Themes heard per return.
HEARD = 0.63


@dataclass(frozen=True)
class Company:
    """Teams of ten advisers, agencies of five teams, regions of ten agencies."""

    rows: int
    seed: int = 5

    @property
    def advisers(self) -> int:
        """One for a thousand returns, at least a hundred."""
        return max(100, min(20_000, self.rows // 1_000))

    def units(self) -> list[str]:
        """The path of each team."""
        teams = self.advisers // 10
        return [f"/benchmark/r{n // 50:02d}/a{n // 5:04d}/t{n:04d}/" for n in range(teams)]

    def months(self) -> Iterator[tuple[int, pa.Table, pa.Table]]:
        """Each month: its returns, its mentions."""
        units = pa.array(self.units())
        for place, month in enumerate(MONTHS):
            size = self.rows // len(MONTHS) + (place < self.rows % len(MONTHS))
            rng = np.random.default_rng([self.seed, month])
            returns = _returns(rng, month, size, self.advisers)
            table = _table(RETURNS, returns, units)
            heard = np.sort(rng.choice(size, int(size * HEARD), replace=True))
            yield month, table, _table(MENTIONS, _mentions(rng, returns, heard), units)


Columns = dict[str, np.ndarray]


def _returns(rng: np.random.Generator, month: int, size: int, advisers: int) -> Columns:
    days = _days(month)
    day = rng.integers(0, len(days), size)
    adviser = rng.integers(0, advisers, size)
    reason = rng.choice(REASONS, size, p=_skewed(REASONS))
    mood = rng.normal(0.9 - 0.03 * reason + 0.2 * np.sin(adviser // 10), 1, size)
    satisfaction = np.clip(np.floor(3.2 + mood), 1, 5)
    recommendation = np.clip(np.floor(6.5 + 2.2 * mood), 0, 10)
    return {
        "month": np.full(size, month),
        "week": np.array([day_of(one - timedelta(one.weekday())) for one in days])[day],
        "day": np.array([day_of(one) for one in days])[day],
        "unit": adviser // 10,
        "adviser": adviser + 1,
        "channel": rng.choice(CHANNELS, size, p=_skewed(CHANNELS)) + 1,
        "reason": reason + 1,
        "level": rng.choice(LEVELS, size, p=[0.7, 0.22, 0.08]) + 1,
        "moment": rng.integers(0, MOMENTS, size) + 1,
        "product": np.zeros(size, np.int64),
        "satisfaction": np.where(rng.random(size) < 0.1, -1, satisfaction).astype(np.int64),
        "recommendation": np.where(rng.random(size) < 0.4, -1, recommendation).astype(np.int64),
    }


def _mentions(rng: np.random.Generator, returns: Columns, heard: np.ndarray) -> Columns:
    kept = {name: values[heard] for name, values in returns.items()}
    theme = rng.choice(THEMES, len(heard), p=_skewed(THEMES))
    leaning = kept["satisfaction"] - 3 + rng.normal(0, 1, len(heard))
    return {**kept, "theme": theme + 1, "tone": np.sign(np.round(leaning / 1.5)).astype(np.int64)}


def _table(dataset: Dataset, columns: Columns, units: pa.Array) -> pa.Table:
    arrays = []
    for field in schema(dataset):
        values = columns[field.name]
        if field.name == "unit":
            arrays.append(units.take(pa.array(values)))
        elif field.name == "product":
            arrays.append(pa.array([""] * len(values)))
        else:
            absent = values == -1 if field.name in {"satisfaction", "recommendation"} else None
            arrays.append(pa.array(values, field.type, mask=absent))
    return pa.table(arrays, schema=schema(dataset))


def _days(month: int) -> list[date]:
    first = date(month // 100, month % 100, 1)
    return [day for n in range(31) if (day := first + timedelta(n)).month == first.month]


def _skewed(size: int) -> np.ndarray:
    weights: np.ndarray = 1 / (np.arange(size) + 2.0)
    return np.asarray(weights / weights.sum())
