"""A question to the facts: which ones, over when and where, counted how, cut by what. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from visavis.core.periods import Period
from visavis.lake.datasets import TEXTUAL, Dataset, Dimension

Code = int | str | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        dataset: the facts.
        measures: names of sums of this dataset, at least one.
        dimensions: what to cut by; none: one row of totals.
        period: the days; none: all.
        scope: path of a branch of the organisation ("/vaubrune/roubaix/"); empty: the whole company.
        filters: by dimension, the values kept (``None`` among them keeps facts without value).

    Raises:
        ValueError: if a name is not one of the dataset's, twice there, or a value is of the wrong kind.
    """

    dataset: Dataset
    measures: tuple[str, ...]
    dimensions: tuple[Dimension, ...] = ()
    period: Period | None = None
    scope: str = ""
    filters: Mapping[Dimension, tuple[Code, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be asked, before any engine sees it."""
        known = {one.name for one in self.dataset.measures}
        if not self.measures or not known.issuperset(self.measures):
            raise ValueError(f"{self.dataset.name} can be asked {sorted(known)}, not {self.measures}")
        for names in (self.measures, self.dimensions):
            if len(set(names)) < len(names):
                raise ValueError(f"asked twice: {names}")
        for dimension in (*self.dimensions, *self.filters):
            if dimension not in self.dataset.dimensions:
                raise ValueError(f"{self.dataset.name} is not cut by {dimension}")
        if self.scope and not (self.scope.startswith("/") and self.scope.endswith("/")):
            raise ValueError(f"a scope is a path from slash to slash, not {self.scope!r}")
        for dimension, codes in self.filters.items():
            _check(dimension, codes)

    @property
    def whole_months(self) -> bool:
        """Whether its period begins and ends with a month, so that sums by month can answer."""
        return self.period is None or (self.period.first.day == 1 and self.period.after.day == 1)

    @property
    def fits_cube(self) -> bool:
        """Whether the cube of its dataset can answer it."""
        asked = {*self.dimensions, *self.filters}
        return self.whole_months and not self.scope and asked.issubset(self.dataset.kept)


def _check(dimension: Dimension, codes: tuple[Code, ...]) -> None:
    if not codes:
        raise ValueError(f"a filter on {dimension} keeps at least one value")
    wanted = str if dimension in TEXTUAL else int
    for code in codes:
        if code is not None and (not isinstance(code, wanted) or isinstance(code, bool)):
            raise ValueError(f"{dimension} is {wanted.__name__}, not {code!r}")
