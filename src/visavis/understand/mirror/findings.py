"""What a study allows to say: the gap of each question and its verdict, how rightly employees guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import fsum, sqrt

from visavis.core.words import Voice
from visavis.listen.releases.estimates import sums
from visavis.listen.releases.queries import Cell, Figure
from visavis.measure import quantiles
from visavis.measure.equivalence import Equivalence, Likeness, equivalences
from visavis.measure.estimates import Difference, Estimate, Scale, marks
from visavis.measure.links import Correlation, correlation_of, pearson
from visavis.measure.means import mean_difference, mean_interval
from visavis.measure.mirrors import CliffsDelta, cliffs_delta_counts
from visavis.measure.perceptions import PerceptionAccuracy, perception_accuracy
from visavis.measure.shrinkage import pooled_variances, random_effects
from visavis.understand.mirror.queries import Asked
from visavis.understand.mirror.services import ENDS

#: Fewest answers of a team, and fewest questions, to say how rightly it guesses.
FEWEST_OF_TEAM = 8
FEWEST_QUESTIONS = 8
#: Gaps come before what cannot be told, and that before likeness.
_ORDER = (Likeness.APART, Likeness.UNDECIDED, Likeness.ALIKE, None)


@dataclass(frozen=True, slots=True)
class Line:
    """One question: what each side answered, and what may be said of the gap (employees minus customers)."""

    asked: Asked
    figures: Mapping[Voice, Figure]
    means: Mapping[Voice, Estimate]
    found: Equivalence
    cliff: CliffsDelta

    @property
    def gap(self) -> Difference:
        """Employees minus customers, at the level of the page."""
        return self.found.gap


@dataclass(frozen=True, slots=True)
class Guess:
    """How far a team's guesses lie above what customers answer, drawn to the mean of all teams."""

    cell: Cell
    n: int
    bias: Difference
    accuracy: PerceptionAccuracy


@dataclass(frozen=True, slots=True)
class Insight:
    """How rightly employees guess over all questions: order, and where the error comes from."""

    accuracy: PerceptionAccuracy
    order: Correlation


def scale_of(asked: Asked) -> Scale:
    """The ends of the scale of a question."""
    return marks(*ENDS[asked.scale])


def lines(
    questions: Sequence[Asked],
    customers: Mapping[str, Figure],
    employees: Mapping[str, Figure | None],
    margin: float,
) -> list[Line]:
    """Compare both sides question by question.

    Args:
        questions: of the study.
        customers: what they answered.
        employees: what was released of what they answered; none where it may not be shown.
        margin: how far apart is still alike, in marks.

    Returns:
        The questions that both sides answered: demonstrated gaps first, then what cannot be told, then
        demonstrated likeness; inside each, the largest gap first.
    """
    both = [(one, _both(one, customers, employees)) for one in questions]
    told = [(one, figures) for one, figures in both if figures]
    family = [
        partial(
            mean_difference,
            sums(figures[Voice.EMPLOYEE]),
            sums(figures[Voice.CUSTOMER]),
            scale_of(one),
        )
        for one, figures in told
    ]
    judged = zip(told, equivalences(family, margin), strict=True)
    found = [_line(one, figures, verdict) for (one, figures), verdict in judged]
    return sorted(found, key=lambda line: (_ORDER.index(line.found.verdict), -abs(line.gap.observed)))


def _both(
    one: Asked, customers: Mapping[str, Figure], employees: Mapping[str, Figure | None]
) -> dict[Voice, Figure]:
    """What each side answered; nothing where one side has fewer than two answers, or may not be shown."""
    figures = {Voice.CUSTOMER: customers.get(one.key), Voice.EMPLOYEE: employees.get(one.key)}
    known = {voice: figure for voice, figure in figures.items() if figure and figure.n > 1}
    return known if len(known) == len(Voice) else {}


def _line(one: Asked, figures: Mapping[Voice, Figure], verdict: Equivalence) -> Line:
    scale = scale_of(one)
    return Line(
        asked=one,
        figures=figures,
        means={voice: mean_interval(sums(figure), scale) for voice, figure in figures.items()},
        found=verdict,
        cliff=cliffs_delta_counts(spread(one, figures[Voice.EMPLOYEE]), spread(one, figures[Voice.CUSTOMER])),
    )


def spread(one: Asked, figure: Figure) -> list[int]:
    """How many answers each mark has, from the lowest."""
    low, high = ENDS[one.scale]
    return [figure.counts.get(str(mark), 0) for mark in range(low, high + 1)]


def insight(found: Sequence[Line]) -> Insight | None:
    """How rightly employees guess over all questions; none under 8 of them, or where a side never varies."""
    if len(found) < FEWEST_QUESTIONS:
        return None
    guessed, actual = (
        [_mean(line.figures[voice]) for line in found] for voice in (Voice.EMPLOYEE, Voice.CUSTOMER)
    )
    if correlation_of(guessed, actual) is None:
        return None
    return Insight(perception_accuracy(guessed, actual), pearson(guessed, actual))


def _mean(figure: Figure) -> float:
    held = sums(figure)
    return held.total / held.n


def guesses(cells: Sequence[Cell], found: Sequence[Line], level: float = 0.95) -> list[Guess]:
    """Say of each team how far above the customers it guesses, over the questions that every one may show.

    The bias of a team is the mean of its gaps; answers of one person go together by an amount that counts by
    question do not tell, so its standard error is the largest that it can be: the mean of those of its gaps.

    Args:
        cells: released groups that are cut no further.
        found: the questions, from ``lines``.
        level: coverage wanted.

    Returns:
        One guess a team of at least 8 answers to each of at least 8 questions, in the order given; nothing
        under 2 teams.
    """
    kept = [line for line in found if all(_shows(cell, line) for cell in cells if _is_enough(cell, found))]
    shown = [cell for cell in cells if _is_enough(cell, found)]
    if len(shown) < 2 or len(kept) < FEWEST_QUESTIONS:
        return []
    errors = _errors(shown, kept)
    told = [perception_accuracy(*_sides(cell, kept)) for cell in shown]
    drawn = random_effects([one.bias for one in told], [error**2 for error in errors], level=level)
    reach = quantiles.z(level)
    customers = min(line.figures[Voice.CUSTOMER].n for line in kept)
    return [
        Guess(
            cell,
            _fewest(cell, kept),
            Difference(
                difference=value,
                observed=value,
                low=value - reach * se,
                high=value + reach * se,
                level=level,
                counts=(_fewest(cell, kept), customers),
                method="random_effects",
                scale=scale_of(kept[0].asked),
                se=se,
            ),
            one,
        )
        for cell, one, value, se in zip(shown, told, drawn.shrunken, drawn.shrunken_se, strict=True)
    ]


def _shows(cell: Cell, line: Line) -> bool:
    figure = cell.figures.get(line.asked.key)
    return figure is not None and figure.n >= FEWEST_OF_TEAM


def _is_enough(cell: Cell, found: Sequence[Line]) -> bool:
    return sum(_shows(cell, line) for line in found) >= FEWEST_QUESTIONS


def _figure(cell: Cell, line: Line) -> Figure:
    figure = cell.figures[line.asked.key]
    if figure is None:
        raise ValueError("a question that may not be shown was asked for")
    return figure


def _fewest(cell: Cell, kept: Sequence[Line]) -> int:
    return min(_figure(cell, line).n for line in kept)


def _sides(cell: Cell, kept: Sequence[Line]) -> tuple[list[float], list[float]]:
    return [_mean(_figure(cell, line)) for line in kept], [
        _mean(line.figures[Voice.CUSTOMER]) for line in kept
    ]


def _errors(cells: Sequence[Cell], kept: Sequence[Line]) -> list[float]:
    """The largest standard error that the bias of each team can have."""
    by_line = [_variances(cells, line) for line in kept]
    return [fsum(sqrt(row[place]) for row in by_line) / len(kept) for place in range(len(cells))]


def _variances(cells: Sequence[Cell], line: Line) -> list[float]:
    customers = line.means[Voice.CUSTOMER]
    own = ((customers.high - customers.low) / 2 / quantiles.z(customers.level)) ** 2
    return [each + own for each in pooled_variances([sums(_figure(cell, line)) for cell in cells])]
