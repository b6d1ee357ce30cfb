"""What somebody reads of employees on pages, in files and on paper: each number, with its rounding."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

import python_calamine

from tests.listen.releases.faced import Faced, Known, Told
from tests.listen.releases.paged import Page
from tests.listen.releases.solving import Claim

Holds = Callable[[Known], bool]
#: Periods that are asked for.
PERIODS = ("tout", "2025-10", "2025-11")
#: What is drawn anew for each page.
_DRAWN = re.compile(r'(name="csrfmiddlewaretoken" value|nonce|data-csrf)="[^"]*"|"X-CSRFToken": "[^"]*"')
_DIRECT = ", hors équipes"
_NUMBER = re.compile(r"[−+-]?\d[\d\s\u202f]*(?:,\d+)?")


def undrawn(page: str) -> str:
    """A page less what is drawn anew each time."""
    return _DRAWN.sub("", page)


def number(text: str) -> float:
    """« −1 234,5 % » as a number."""
    found = _NUMBER.search(text)
    assert found, text
    return float(re.sub(r"\s", "", found.group()).replace("−", "-").replace(",", "."))


def halves(text: str) -> float:
    """Half of the last digit written of a number: how far it may be rounded."""
    found = _NUMBER.search(text)
    assert found, text
    return 0.5 / 10.0 ** len(found.group().partition(",")[2].strip())


class Reader:
    """Somebody who reads everything that a browser gets.

    Args:
        company: the company.
        client: a browser signed in.
        whole: whether it is of somebody who sees the whole company: read every question, also on paper.
    """

    def __init__(self, company: Faced, client: Any, *, whole: bool = True) -> None:
        self.company, self.client, self.whole = company, client, whole
        self.problems: list[str] = []
        self.seen: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._paths = {"Acme": "/acme/"} | {
            unit.name: unit.path for unit in (*company.sites.values(), *company.teams.values())
        }
        self.known = {path.strip("/").split("/")[-1]: path for path in self._paths.values()}

    def get(self, url: str, **query: str) -> Any:
        """What an address answers; empty where it is refused."""
        answer = self.client.get(url, query)
        content = answer.getvalue() if answer.status_code == 200 else b""
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text") or "json" in kind:
            self.seen[url, tuple(query.items())] = undrawn(content.decode())
        return content

    def page(self, url: str, **query: str) -> Page:
        """A page, read."""
        return Page(self.get(url, **query).decode())

    def rows(self, url: str, **query: str) -> list[list[str]]:
        """A CSV file; its values with a comma, as they are read by people."""
        return list(csv.reader(io.StringIO(self.get(url, **query).decode("utf-8-sig")), delimiter=";"))

    def sheet(self, url: str, place: int, **query: str) -> list[list[Any]]:
        """A sheet of a workbook."""
        content = self.get(url, **query)
        if not content:
            return []
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(book.get_sheet_by_index(place).to_python())

    def units(self, label: str) -> Holds:
        """Who belongs to units that show together: « Team3, Team4 et Site0, hors équipes »."""
        tops: list[str] = []
        direct: list[str] = []
        for name in re.split(r", (?!hors)| et ", label):
            (direct if name.endswith(_DIRECT) else tops).append(self._paths[name.removesuffix(_DIRECT)])
        return lambda one: one.path in direct or one.path.startswith(tuple(tops) or ("?",))

    def members(self, cut: str, members: Iterable[str]) -> Holds:
        """Who belongs to members as files write them."""
        if cut == "unit":
            bare = [each for each in members if not each.endswith("=")]
            direct = [each.removesuffix("=") for each in members if each.endswith("=")]
            return lambda one: one.path in direct or one.path.startswith(tuple(bare) or ("?",))
        held = [each.removesuffix(".0") for each in members]
        return lambda one: one.cuts[cut] in held

    def group(
        self, roster: str, question: str, holds: Holds, *, windows: Sequence[Holds] = (), n: int | None = None
    ) -> frozenset[Told] | None:
        """Who answered a question in a group; of several releases, those that make the number shown.

        Args:
            roster: of the release.
            question: asked.
            holds: who belongs.
            windows: the releases of that roster; one by default.
            n: the number shown.
        """
        told = [(at, one) for at, one in self.company.told(roster) if question in one.said and holds(one)]
        every = windows or [lambda _one: True]
        return self._which([frozenset(at for at, one in told if window(one)) for window in every], n)

    def _which(self, parts: Sequence[frozenset[Told]], n: int | None) -> frozenset[Told] | None:
        """The releases summed: the only choice of them that makes the number shown."""
        parts = [part for part in parts if part]
        fits = {
            frozenset().union(*some)
            for size in range(1, len(parts) + 1)
            for some in combinations(parts, size)
            if (n is None or sum(map(len, some)) == n)
            and len(frozenset().union(*some)) == sum(map(len, some))
        }
        if not fits and not any(one & other for one, other in combinations(parts, 2)):
            self.problems.append(f"nobody knows whose these {n} answers are")
        return fits.pop() if len(fits) == 1 else None

    def waves(self, question: str, holds: Holds, n: int) -> frozenset[Told] | None:
        """Who answered in some waves."""
        codes = [each.code for each in self.company.waves]
        told = [
            [at for at, one in self.company.told(code) if question in one.said and holds(one)]
            for code in codes
        ]
        return self._which([frozenset(each) for each in told], n)


def counts(surface: str, question: str, group: frozenset[Told] | None, told: dict[str, int]) -> list[Claim]:
    """How many gave each answer."""
    if not group or not told:
        return []
    return [Claim(surface, question, group, ((answer, 1.0),), n, n) for answer, n in told.items()]


def mean(
    surface: str, question: str, group: frozenset[Told] | None, value: float, half: float
) -> list[Claim]:
    """A mean of marks, or a score of promoters less detractors; as far as it is rounded."""
    if not group:
        return []
    score = question == "recommend_employer"
    weights = (
        {"9": 100.0, "7": 0.0, "4": -100.0} if score else {str(mark): float(mark) for mark in range(1, 6)}
    )
    n, slack = len(group), 1e-6 * len(group)
    return [
        Claim(
            surface,
            question,
            group,
            tuple(weights.items()),
            (value - half) * n - slack,
            (value + half) * n + slack,
        )
    ]


def share(
    surface: str,
    question: str,
    group: frozenset[Told] | None,
    answers: Sequence[str],
    value: float,
    half: float,
) -> list[Claim]:
    """A share of some answers, from 0 to 1."""
    if not group:
        return []
    n = len(group)
    weights = tuple((answer, 1.0) for answer in answers)
    return [Claim(surface, question, group, weights, (value - half) * n - 1e-6, (value + half) * n + 1e-6)]
