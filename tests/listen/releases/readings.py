"""Each surface read through HTTP: barometer, boards, symmetry, double attention, mirror, correspondences."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from django.urls import reverse

from tests.listen.releases.attacked import CUTS
from tests.listen.releases.bounds import counted, ends_of, spread
from tests.listen.releases.faced import KEYS, Known
from tests.listen.releases.guessed import added, guesses
from tests.listen.releases.others import CALLED, moments, report
from tests.listen.releases.paged import Page, Table
from tests.listen.releases.solving import Claim
from tests.listen.releases.spoken import correspondences
from tests.listen.releases.surfaces import PERIODS, Holds, Reader, counts, halves, mean, number, share
from tests.listen.releases.views import pairs
from tests.printed import words_of

QUESTIONS = ("climate", "recommend_employer")
#: A share or a mean in a file keeps this much.
_FILE = 1e-7


def barometer(reader: Reader) -> Iterator[Claim]:
    """A wave: its page, its three files; its paper apart."""
    for wave in reader.company.waves:
        for form in ("json", "csv", "xlsx") if reader.whole else ("json",):
            yield from _file(reader, wave.code, form)
        page = reader.page(reverse("barometer:wave", args=[wave.code]))
        yield from _page(reader, wave.code, page)


def _file(reader: Reader, code: str, form: str) -> Iterator[Claim]:
    for cut, members, question, told in _lines(reader, code, form):
        if question in QUESTIONS and told:
            group = reader.group(code, question, reader.members(cut, members))
            yield from counts(f"barometer {form}", question, group, told)


def _lines(reader: Reader, code: str, form: str) -> Iterator[tuple[str, list[str], str, dict[str, int]]]:
    url = reverse("barometer:export", kwargs={"code": code, "form": form})
    if form == "json":
        for cell in json.loads(reader.get(url) or b'{"cells": []}')["cells"]:
            for question, figure in cell["figures"].items():
                yield cell["cut"], cell["members"], question, figure["counts"] if figure else {}
        return
    rows = reader.rows(url) if form == "csv" else reader.sheet(url, 0)
    for row in rows[1:]:
        pairs = (pair.split(": ") for pair in str(row[12]).split(", ")) if row[12] else ()
        yield CUTS[row[0]], str(row[2]).split(" + "), row[6], {mark: int(n) for mark, n in pairs}


def _page(reader: Reader, code: str, page: Page) -> Iterator[Claim]:
    for table in page.tables:
        cut = CUTS.get(table.caption, "unit")
        for place, line in zip(table.places, table.lines, strict=True):
            members = [reader.known.get(each, each) for each in place.split("+")]
            for told, _text in line if place else ():
                if told.get("data-n"):
                    group = reader.group(
                        code, told["data-key"], reader.members(cut, members), n=int(told["data-n"])
                    )
                    key = told["data-key"]
                    yield from mean("barometer page", key, group, float(told["data-score"]), _FILE)
                    ends = float(told["data-low"]), float(told["data-high"])
                    yield from spread("barometer page", key, group, *ends, _FILE)


def paper(reader: Reader) -> Iterator[Claim]:
    """A wave on paper: under each question, each group with its number and its value."""
    for wave in reader.company.waves if reader.whole else ():
        url = reverse("barometer:export", kwargs={"code": wave.code, "form": "pdf"})
        labels = _labels(reader, wave.code)
        lines = [line for line in words_of(reader.get(url)).splitlines() if line]
        question, left = "", iter(list[str]())
        for at, line in enumerate(lines):
            if line in QUESTIONS:
                question, left = line, iter(labels.get(line, ()))
            found = re.fullmatch(r"(\d+) réponses(?: ([−+]?[\d,]+))?", line)
            # A long name is cut short; groups come in the order of the page.
            label = (
                next((each for each in left if each.startswith(lines[at - 1].rstrip("…"))), "")
                if found
                else ""
            )
            if found and label:
                value = found[2] or lines[at + 1]
                group = reader.group(wave.code, question, reader.units(label), n=int(found[1]))
                if re.fullmatch(r"[−+]?[\d,]+", value):
                    yield from mean("barometer PDF", question, group, number(value), halves(value))


def _labels(reader: Reader, code: str) -> dict[str, list[str]]:
    """The groups of the tree that show each question, in their order."""
    url = reverse("barometer:export", kwargs={"code": code, "form": "json"})
    found: dict[str, list[str]] = {}
    for cell in json.loads(reader.get(url) or b'{"cells": []}')["cells"]:
        for question, figure in cell["figures"].items():
            if figure and cell["cut"] == "unit":
                found.setdefault(question, []).append(cell["label"])
    return found


def boards(reader: Reader) -> Iterator[Claim]:
    """The climate beside other figures: home, team, report of the month."""
    company = reader.company
    teams = list(company.teams.values())
    urls = [
        reverse("boards:home"),
        *(reverse("boards:team", args=[unit.code]) for unit in (*teams[:3], teams[-1])),
    ]
    scopes = ["", *(unit.code for unit in company.sites.values())] if reader.whole else [""]
    pages = [(url, "") for url in urls] + [(reverse("restitution:report"), scope) for scope in scopes]
    for url, scope in pages:
        html = reader.get(url, **({"perimetre": scope} if scope else {})).decode()
        found = re.search(
            rf"/barometre/({'|'.join(each.code for each in company.waves)})/\">[^<]*</a> · ([^<]+)<", html
        )
        for told, label in Page(html).markers if found else ():
            if found and label in CALLED and told["data-score"]:
                asked, holds = CALLED[label], reader.units(found[2].strip())
                group = reader.group(found[1], asked, holds, n=int(told["data-n"]))
                yield from mean("boards", asked, group, float(told["data-score"]), _FILE)
                ends = float(told["data-low"]), float(told["data-high"])
                yield from spread("boards", asked, group, *ends, _FILE)


def symmetry(reader: Reader) -> Iterator[Claim]:
    """Teams on both sides, branches over time, by period; the same as files."""
    for period in PERIODS:
        for table in reader.page(reverse("symmetry:symmetry"), periode=period).tables:
            if table.head[:1] == ["Équipe"]:
                for row in table.rows():
                    yield from _climate(reader, "symmetry page", row[0], row[6], row[4], ends_of(row[5]))
            elif table.head[:1] == ["Période"]:
                yield from _over_time(reader, table)
        yield from _symmetry_files(reader, period)


def _symmetry_files(reader: Reader, period: str) -> Iterator[Claim]:
    for row in reader.rows(reverse("symmetry:export", args=["csv"]), periode=period)[1:]:
        ends = _read(row[6], row[7]) if row[6] else None
        yield from _climate(reader, "symmetry CSV", row[0], row[8], row[5], ends)
    for cells in reader.sheet(reverse("symmetry:export", args=["xlsx"]), 0, periode=period)[1:]:
        if cells[5] not in {"", None}:
            told = reader.waves("climate", reader.units(cells[0]), int(cells[8]))
            yield from mean("symmetry XLSX", "climate", told, float(cells[5]), _FILE)
            yield from spread("symmetry XLSX", "climate", told, float(cells[6]), float(cells[7]), _FILE)


def _read(low: str, high: str) -> tuple[float, float, float]:
    """Both ends as a file writes them."""
    return number(low), number(high), max(halves(low), halves(high))


def _climate(
    reader: Reader, surface: str, label: str, n: str, value: str, ends: tuple[float, float, float] | None
) -> Iterator[Claim]:
    if not re.match(r"\d", value):
        return
    group = reader.waves("climate", reader.units(label), int(number(n)))
    yield from mean(surface, "climate", group, number(value), halves(value))
    if ends:
        yield from spread(surface, "climate", group, *ends)


def _over_time(reader: Reader, table: Table) -> Iterator[Claim]:
    """One branch and the others: « 3,6 sur 5, de 3,3 à 3,9 (53 réponses) », « indicatif : de… »."""
    names = [name.rpartition(": ")[2] for name in table.head]
    site = names[1]
    inside = reader.units(site)
    for row in table.rows():
        for place, text in enumerate(row[1:3], 1):
            found = re.search(r"([\d,]+) sur 5.*\((\d+) réponses\)", text)
            if found:
                others = names[place] == "Autres"
                group = reader.waves("climate", _not(inside) if others else inside, int(found[2]))
                yield from mean("symmetry over time", "climate", group, number(found[1]), halves(found[1]))
                if ends := ends_of(text):
                    yield from spread("symmetry over time", "climate", group, *ends)


def _not(holds: Holds) -> Holds:
    return lambda one: not holds(one)


def mirror(reader: Reader) -> Iterator[Claim]:
    """A study: all questions, the spread of each, the same as files and on paper."""
    code = reader.company.study.campaign.code
    roster = reader.company.study_roster
    for key in KEYS if reader.whole else KEYS[:1]:
        for table in reader.page(reverse("mirror:study", args=[code]), question=key).tables:
            yield from _mirror_table(reader, roster, key, table)
            if table.head[:1] == ["Équipe"] and key == KEYS[0]:
                yield from guesses(reader, table)
    customers, read = {}, list[Claim]()
    for row in reader.rows(reverse("mirror:export", args=[code, "csv"]))[1:]:
        customers[row[2]] = number(row[5])
        if re.match(r"\d", row[10]):
            group = reader.group(roster, row[2], _all, n=int(number(row[9])))
            read += mean("mirror CSV", row[2], group, number(row[10]), halves(row[10]))
            yield from spread("mirror CSV", row[2], group, *_read(row[11], row[12]))
    yield from (*read, *added(read))
    if customers and reader.whole:
        yield from _mirror_paper(reader, roster, customers)


def _mirror_table(reader: Reader, roster: str, key: str, table: Table) -> Iterator[Claim]:
    """Means of all questions, or the spread of the one looked at."""
    for row in table.rows() if table.head[0] in {"Question", "Note"} else ():
        if not re.match(r"\d", row[4]):
            continue
        asked = row[0].removeprefix("Sur ") if table.head[0] == "Question" else key
        group = reader.group(roster, asked, _all, n=int(number(row[6])))
        ends = ends_of(row[5])
        if table.head[0] == "Question":
            yield from mean("mirror page", asked, group, number(row[4]), halves(row[4]))
            yield from spread("mirror page", asked, group, *ends) if ends else ()
        else:
            hundredths = tuple(each / 100 for each in ends) if ends else ()
            yield from counted("mirror page", asked, group, [row[0]], *hundredths) if ends else ()
            yield from share(
                "mirror page", asked, group, [row[0]], number(row[4]) / 100, halves(row[4]) / 100
            )


def _mirror_paper(reader: Reader, roster: str, customers: dict[str, float]) -> Iterator[Claim]:
    """On paper a gap shows: with what customers answered, it gives what employees did."""
    url = reverse("mirror:export", args=[reader.company.study.campaign.code, "pdf"])
    for line in words_of(reader.get(url)).splitlines():
        found = re.match(r"Sur (\w+) .*? : ([−+]?[\d,]+) \(", line)
        if found and found[1] in customers:
            group = reader.group(roster, found[1], _all)
            value = customers[found[1]] + number(found[2])
            yield from mean("mirror PDF", found[1], group, value, halves(found[2]) + 0.0005)


def _all(_one: Known) -> bool:
    return True


SURFACES: dict[str, Callable[[Reader], Iterator[Claim]]] = {
    "barometer": barometer,
    "paper": paper,
    "boards": boards,
    "symmetry": symmetry,
    "pairs": pairs,
    "mirror": mirror,
    "correspondences": correspondences,
    "moments": moments,
    "report": report,
}
#: Where figures of employees stand: an attacker who reads nothing there is blind. The report has none.
READ_OF = frozenset(
    {
        "barometer page", "barometer json", "barometer csv", "barometer xlsx", "barometer PDF", "boards",
        "symmetry page", "symmetry CSV", "symmetry XLSX", "symmetry over time", "pairs page", "pairs CSV",
        "pairs XLSX", "pairs agreement", "mirror page", "mirror CSV", "mirror PDF", "mirror teams",
        "correspondences page", "correspondences XLSX", "correspondences weeks", "moments",
    }
)  # fmt: skip
