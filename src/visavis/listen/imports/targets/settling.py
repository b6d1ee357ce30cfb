"""Which rows are new, changed, as they were, or at odds with an earlier line of the same file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from visavis.listen.imports.models import Seen
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.staging import known, upsert
from visavis.listen.imports.targets.base import Numbered, Tally, Target
from visavis.listen.imports.targets.erased import erased_returns
from visavis.listen.returns.models import Response

Pair = tuple[Numbered, dict[str, Any]]


@dataclass(slots=True)
class Settled:
    """What is to be written.

    Attributes:
        rows: rows that are new or changed, each identity once.
        updated: identities of those that existed.
        mine: identities that the lot may speak for: all but those at odds with an earlier line.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    updated: set[int] = field(default_factory=set)
    mine: set[int] = field(default_factory=set)


def settle(
    target: Target, model: type[models.Model], pairs: Sequence[Pair], tally: Tally, *, secret: bool = False
) -> Settled:
    """Sort rows by what is known of them; a code that a file gives twice keeps what its first line says.

    Args:
        target: whose lot.
        model: where they go.
        pairs: each row of the file with the row to write (``id``, ``code`` and ``fingerprint`` set).
        tally: counts, completed here.
        secret: whether a row that is there already counts as a new one: whoever guesses what somebody said
            without a name learns nothing from a file.

    Returns:
        What is to be written.
    """
    pairs = _not_erased(target, model, pairs, tally)
    prints = known(model, "fingerprint", [row["id"] for _, row in pairs])
    before, met, settled = set(prints), dict[int, int](), Settled()
    for numbered, row in pairs:
        pk = row["id"]
        same = prints.get(pk) == row["fingerprint"]
        if not same and row["code"] and pk in prints:
            first = met.get(pk) or target.first_line(numbered)
            if first not in (None, numbered.row.line):
                unfit = Unfit(Reason.CODE_REPEATED, target.named_by[-1], first=first)
                tally.refused.append(target.refusal(numbered, unfit))
                continue
        met.setdefault(pk, numbered.row.line)
        settled.mine.add(pk)
        _sort(settled, row, same=same, existed=pk in before)
        _count(tally, same=same and not secret, existed=pk in before and not secret)
        prints[pk] = row["fingerprint"]
    return settled


def _not_erased(
    target: Target, model: type[models.Model], pairs: Sequence[Pair], tally: Tally
) -> Sequence[Pair]:
    """All but the returns that were erased, which no file brings back."""
    gone = erased_returns(row["id"] for _, row in pairs) if model is Response else frozenset()
    if not gone:
        return pairs
    name = target.named_by[-1] if target.named_by else ""
    tally.refused += [
        target.erased(each.number, each.row.line, name if row["code"] else "")
        for each, row in pairs
        if row["id"] in gone
    ]
    return [(numbered, row) for numbered, row in pairs if row["id"] not in gone]


def _sort(settled: Settled, row: dict[str, Any], *, same: bool, existed: bool) -> None:
    if same:
        return
    settled.rows.append(row)
    if existed:
        settled.updated.add(row["id"])


def _count(tally: Tally, *, same: bool, existed: bool) -> None:
    if same:
        tally.unchanged += 1
    elif existed:
        tally.updated += 1
    else:
        tally.imported += 1


def occurrences(target: Target, contents: Sequence[int]) -> list[int]:
    """Which occurrence of its content in the file each row is, from 1: what tells equal rows apart.

    Args:
        target: whose lot.
        contents: the identity of each row's content, in the order of the file.
    """
    salt = target.job.salt
    times = {pk ^ salt: n for pk, n in known(Seen, "times", {each ^ salt for each in contents}).items()}
    found = []
    for content in contents:
        times[content] = times.get(content, 0) + 1
        found.append(times[content])
    _remember(target, {content: times[content] for content in set(contents)})
    return found


def _remember(target: Target, met: dict[int, int]) -> None:
    rows = [
        {"id": content ^ target.job.salt, "run_id": target.job.run, "times": times}
        for content, times in met.items()
    ]
    upsert(Seen, rows, only=["times"])
