"""Pages beside those of employees' figures: moments, moments face to face, the report on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import reverse

from tests.listen.releases.bounds import ends_of, spread
from tests.listen.releases.faced import Known
from tests.listen.releases.solving import Claim
from tests.listen.releases.surfaces import PERIODS, Reader, halves, mean, number
from tests.printed import words_of

#: Employees' side of two moments face to face: mean, interval, number of answers.
_FACE = re.compile(
    r'data-voice="employee">(?:(?!</div>).)*?([\d,]+) sur 5</span>'
    r'<small class="muted">([^<]*?), (\d+) réponses',
    re.DOTALL,
)
#: What boards and reports call a question of employees.
CALLED = {"Climat": "climate", "Recommandation comme employeur": "recommend_employer"}


def moments(reader: Reader) -> Iterator[Claim]:
    """The moments, each of them, and how both sides of a pair stand, by period."""
    pages = [reverse("journeys:moments"), reverse("symmetry:symmetry")]
    pages += [reverse("journeys:moment", args=[code]) for code in ("daily", "first-claim", "renewal")]
    for url in pages:
        for period in PERIODS:
            page = " ".join(reader.get(url, periode=period).decode().split())
            for value, interval, n in _FACE.findall(page):
                group = reader.waves("climate", _all, int(n))
                yield from mean("moments", "climate", group, number(value), halves(value))
                if ends := ends_of(interval):
                    yield from spread("moments", "climate", group, *ends)


def report(reader: Reader) -> Iterator[Claim]:
    """The report of the month on paper: whatever it says under the name of a question of employees."""
    for period in PERIODS[1:] if reader.whole else ():
        url = reverse("restitution:report_export", args=["pdf"])
        content = reader.get(url, periode=period)
        lines = [line for line in words_of(content).splitlines() if line] if content else []
        for at, line in enumerate(lines):
            found = re.match(r"([−+]?[\d,]+).*?(\d+) réponses", " ".join(lines[at + 1 : at + 3]))
            if line in CALLED and found:
                group = reader.waves(CALLED[line], _all, int(found[2]))
                yield from mean("report PDF", CALLED[line], group, number(found[1]), halves(found[1]))


def _all(_one: Known) -> bool:
    return True
