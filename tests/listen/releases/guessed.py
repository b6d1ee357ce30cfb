"""How rightly teams guess, read through HTTP: biases drawn to their mean, drawn back to sums of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.listen.releases.bounds import ends_of
from tests.listen.releases.faced import ADDED, KEYS, Known
from tests.listen.releases.inverting import Drawn, Printed
from tests.listen.releases.paged import Table
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import Holds, Reader, halves, number
from visavis.listen.returns.models import Answer
from visavis.measure.estimates import marks
from visavis.measure.means import Sums, mean_interval
from visavis.measure.quantiles import z
from visavis.measure.shrinkage import pooled_variances

_MARKS = tuple((str(total), float(total)) for total in range(len(KEYS), 5 * len(KEYS) + 1))


def guesses(reader: Reader, table: Table) -> Iterator[Claim]:
    """Each team: the sums of its marks over all questions that give what is written of it."""
    rows = [row for row in table.rows() if re.search(r"\d", row[1])]
    teams = [_answered(reader, reader.units(row[0])) for row in rows]
    if len(teams) < 2:
        return
    drawn = _drawn(reader, teams)
    for at, row in enumerate(rows):
        ends = ends_of(row[2])
        assert ends, row
        assert int(number(row[3])) == len(teams[at]), row
        printed = Printed(number(row[1]), ends[0], ends[1], halves(row[1]), ends[2])
        sums = drawn.sums(at, printed)
        assert sums, row
        group = reader.group(reader.company.study_roster, ADDED, reader.units(row[0]))
        if group:
            yield Claim("mirror teams", ADDED, group, _MARKS, min(sums) - 1e-6, max(sums) + 1e-6)


def _answered(reader: Reader, holds: Holds) -> list[Known]:
    return [one for one in reader.company.rosters[reader.company.study_roster] if holds(one)]


def _drawn(reader: Reader, teams: Sequence[Sequence[Known]]) -> Drawn:
    """What the attacker knows at worst: every team but one, and all that customers answered."""
    customers = [_of_customers(reader.company.study.campaign_id, key) for key in KEYS]
    means = [told.total / told.n for told in customers]
    by_question = []
    for key, told in zip(KEYS, customers, strict=True):
        found = mean_interval(told, marks(1, 5))
        own = (found.high - found.low) / 2 / z(found.level)
        pooled = pooled_variances([_sums(team, key) for team in teams])
        by_question.append([each + own**2 for each in pooled])
    return Drawn(
        biases=tuple(
            sum(_sums(team, key).total / len(team) for key in KEYS) / len(KEYS) - sum(means) / len(KEYS)
            for team in teams
        ),
        variances=tuple(
            (sum(line[at] ** 0.5 for line in by_question) / len(KEYS)) ** 2 for at in range(len(teams))
        ),
        customers=sum(means) / len(KEYS),
        answers=tuple(len(team) * len(KEYS) for team in teams),
    )


def _of_customers(campaign: int, key: str) -> Sums:
    told = Answer.objects.filter(response__campaign=campaign, question__key=key, value__isnull=False)
    return _summed([value or 0.0 for value in told.order_by("pk").values_list("value", flat=True)])


def _sums(team: Sequence[Known], key: str) -> Sums:
    return _summed([float(one.said[key]) for one in team])


def _summed(told: Sequence[float]) -> Sums:
    return Sums(len(told), sum(told), sum(mark * mark for mark in told))


def added(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The marks of all questions together, where the mean of each was read of the same people."""
    means = {
        claim.question: claim
        for claim in claims
        if claim.surface == "mirror CSV" and claim.weights[4][1] == 5
    }
    if len(means) == len(KEYS) and len({claim.group for claim in means.values()}) == 1:
        low, high = (sum(getattr(claim, end) for claim in means.values()) for end in ("low", "high"))
        yield Claim("mirror teams", ADDED, means[KEYS[0]].group, _MARKS, low, high)
