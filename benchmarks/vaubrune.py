"""What the pages of both voices find of the story of Vaubrune, beside what its generator knows of itself.

    python benchmarks/vaubrune.py FOLDER …                      instances that ``visavis demo`` built
    python benchmarks/vaubrune.py --size demo --seeds 5         built first, then thrown away
    python benchmarks/vaubrune.py --null --seeds 1-20           nothing planted: how often is it told?

Each line tells an effect, what is true (``verite.json``), what is found with its interval, and whether it is
within the tolerance of the story (``tests/demo`` hold the same ones at the small size). Ends with 1 if a
tolerance is not kept, or if a page says a link in more than one company without links in twenty.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[1]
#: Weeks after which customers follow the schedules, in the plan of the story.
PLANTED_LAG = 5
#: At most one company without links in twenty may be told one, page by page.
WRONG = 0.05


@dataclass(frozen=True)
class Line:
    """An effect of the story and what is read of it."""

    name: str
    truth: str
    found: str
    kept: bool


class Bounded(Protocol):
    """An observed value and its interval."""

    @property
    def observed(self) -> float: ...

    @property
    def low(self) -> float: ...

    @property
    def high(self) -> float: ...


def _within(name: str, truth: float, found: Bounded | None, *, scale: float = 1.0, by: float) -> Line:
    """Kept when the observed value is near what the generator counted; an interval stands beside it."""
    if found is None:
        return Line(name, f"{truth:+.2f}", "nothing told", kept=False)
    said = f"{scale * found.observed:+.2f} [{scale * found.low:+.2f} ; {scale * found.high:+.2f}]"
    return Line(name, f"{truth:+.2f}", said, abs(scale * found.observed - truth) <= by)


def _reader() -> Any:
    from visavis.demo.cast import BY_KEY
    from visavis.demo.vaubrune.world import TODAY
    from visavis.people.access.viewer import viewer_of
    from visavis.people.accounts.models import Account

    return viewer_of(Account.objects.get(email=BY_KEY["claire"].email), today=TODAY)


# The planted effects


def symmetry(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """E1, E3, E4, E5: teams linked, the schedules felt by employees, then by customers."""
    from visavis.core.periods import everything
    from visavis.demo.vaubrune.world import TODAY
    from visavis.understand.symmetry import happenings, linking, teams
    from visavis.web.filters import Filters

    found = linking.links(teams.sides(viewer, Filters(everything(TODAY))).teams)
    yield _within("E1 teams, raw", truth["E1"]["raw_r"], found.raw, by=0.06)
    yield _within("E1 teams, at equal requests inside sites", truth["E1"]["adjusted_r"], found.fair, by=0.12)
    known = happenings.climates(viewer)
    days = happenings.Days(viewer, known)
    (event,) = happenings.followed(days, known, path="/vaubrune/roubaix/", today=TODAY)
    yield _within("E3 schedules, employees", truth["E3"], event.employees, by=0.1)
    points, told = truth["E4"]["points"], event.customers
    line = _within("E4 schedules, customers, in points", points, told, scale=100, by=4)
    clear = "net" if told is not None and told.excludes_zero else "not conclusive yet"
    held = told is not None and 100 * told.low <= points <= 100 * told.high
    yield Line(line.name, line.truth, f"{line.found}, {clear}", held)
    counted, step = truth["E5"]["lag_weeks"], event.step
    said = f"{step.lag} weeks ({step.low} to {step.high})" if step else "not told"
    right = step.low <= PLANTED_LAG <= step.high if step else clear != "net"
    yield Line("E5 customers follow", f"planted {PLANTED_LAG}, counted {counted} weeks", said, right)


def pairs(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """E8, E9, E10: where both views of one exchange part."""
    from visavis.core.periods import from_text
    from visavis.demo.vaubrune.world import TODAY
    from visavis.measure.two_views import spearman_of
    from visavis.understand.pairs import findings, queries
    from visavis.understand.pairs.findings import Corner, Place

    known, shown = truth["E8_E9_E10"], queries.months(viewer, from_text("tout", TODAY))
    spread = queries.spread(shown)
    if spread is None:
        yield Line("E8 E9 E10", "", "nothing told", kept=False)
        return
    ranked = findings.standings(queries.lines(viewer, shown, "reason"), spread)
    for name, corner, code, key in (
        ("E8 blind spot", Corner.BLIND, "premium_change", "blind_spot"),
        ("E9 taken upon oneself", Corner.BORNE, "bereavement", "takes_upon"),
    ):
        above = [one.line.place for one in ranked[corner] if one.place is Place.ABOVE]
        said = f"net, above the others: {', '.join(above) or 'none'}"
        yield Line(name, f"{known['by_reason'][code][key]} % for {code}", said, above[:1] == [code])
    company = queries.lines(viewer, shown, "unit")[0]
    together = findings.agreement(company.table, spread) if company.table is not None else None
    rank = together.rank if together else None
    observed = spearman_of(company.table) if company.table is not None else None
    said = f"{observed:.3f} [{rank.low:.2f} ; {rank.high:.2f}]" if rank and observed else "nothing told"
    kept = observed is not None and abs(observed - known["spearman"]) <= 0.005
    yield Line("E10 views of one exchange", str(known["spearman"]), said, kept)


def correspondences(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """E11: employees say the voice server before customers do."""
    import datetime as dt

    from visavis.understand.correspondences.evidence import firsts
    from visavis.understand.correspondences.proposing import known_pairs

    wanted = _asked(viewer)
    pair = ("reach.voice_server", "reach.voice_server")
    first = firsts(wanted.both, known_pairs(wanted.themes)).get(pair) if wanted.both else None
    starts, late = dt.date(2025, 1, 13), truth["E11"]["customers_alarm_week"]
    said = f"{first.employees_on} then {first.customers_on}, {first.order.lead} weeks" if first else "nothing"
    kept = bool(
        first
        and first.clear
        and first.employees_on
        and abs((first.employees_on - starts).days) <= 7
        and (first.order.lead or 0) >= 1
    )
    yield Line("E11 who says the voice server first", f"{starts}, customers {late} weeks later", said, kept)


def mirror(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """The planted gaps of the mirror study."""
    for line in _mirrored(viewer):
        told = truth["other_files"]["mirror_gaps"][line.asked.key]
        found = _within(f"mirror, {line.asked.key}", told, line.gap, by=0.011)
        yield Line(found.name, found.truth, f"{found.found}, {line.found.verdict}", found.kept)


def emotion(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """The strongest joys after exchanges with people, against the share of these exchanges."""
    found, told = _placed(viewer), truth["intensity"]
    true = f"{told['human_share']} % of {told['n']}, for {told['human_exposure']} % of the texts"
    lift = found.lift
    if lift is None or lift.share_of_enchantment is None:
        yield Line("strong joys with people", true, "nothing told", kept=False)
        return
    clear = "net" if lift.excludes_one else "not conclusive yet"
    said = f"{100 * lift.share_of_enchantment:.1f} % of {lift.strong}, {lift.lift:.2f} times as often"
    held = lift.low > 1 or not lift.excludes_one
    yield Line("strong joys with people", true, f"{said} [{lift.low:.2f} ; {lift.high:.2f}], {clear}", held)


def dated(viewer: Any, truth: dict[str, Any]) -> Iterator[Line]:
    """E2: the fall of the telephone, its week and its repair."""
    import datetime as dt

    from visavis.share.alerts.queries import alerts

    week_zero = dt.date(2024, 9, 2)

    def monday(name: str) -> dt.date:
        return week_zero + dt.timedelta(weeks=int(name.removeprefix("W")))

    broken, repaired = monday(truth["E2"]["broken_on"]), monday(truth["E2"]["repaired_on"])
    key = "satisfaction|/vaubrune/||phone|"
    alert = alerts(viewer).filter(watch__key=key, since__lt=repaired).order_by("week").first()
    if alert is None:
        yield Line("E2 voice server, telephone", str(broken), "nothing told", kept=False)
        return
    said = f"{alert.since} ({alert.since_first} to {alert.since_last}), back {alert.found.get('back')}"
    near = abs(alert.since - broken) <= dt.timedelta(weeks=1)
    yield Line("E2 voice server, telephone", f"{broken}, repaired {repaired}", said, near)


EFFECTS = (symmetry, dated, pairs, correspondences, mirror, emotion)


def _asked(viewer: Any) -> Any:
    from django.http import QueryDict

    from visavis.demo.vaubrune.world import TODAY
    from visavis.understand.correspondences import page

    return page.asked(viewer, QueryDict(), TODAY)


def _mirrored(viewer: Any) -> list[Any]:
    from visavis.demo.vaubrune.world import TODAY
    from visavis.understand.mirror import page, queries

    held = queries.study(viewer, "etude-miroir-de-printemps", today=TODAY)
    found = page.findings_of(viewer, held) if held is not None else None
    return list(found.lines) if found is not None else []


def _placed(viewer: Any) -> Any:
    from visavis.core.periods import everything
    from visavis.demo.vaubrune.world import TODAY
    from visavis.understand.journeys.counting import placed
    from visavis.understand.journeys.queries import sheets_in_force
    from visavis.web.filters import Filters

    return placed(viewer, Filters(everything(TODAY)), sheets_in_force(viewer))


# Nothing planted: what each page says nevertheless


def claims(viewer: Any) -> Iterator[str]:
    """The links that the pages of a company tell as certain."""
    from visavis.core.periods import everything, from_text
    from visavis.demo.vaubrune.world import TODAY
    from visavis.measure.equivalence import Likeness
    from visavis.understand.correspondences.proposing import State, proposals
    from visavis.understand.pairs import findings, queries
    from visavis.understand.pairs.findings import Place
    from visavis.understand.symmetry import happenings, linking, teams
    from visavis.web.filters import Filters

    found = linking.links(teams.sides(viewer, Filters(everything(TODAY))).teams)
    if found.fair is not None and (found.fair.low > 0 or found.fair.high < 0):
        yield "symmetry: teams are linked"
    known = happenings.climates(viewer)
    days = happenings.Days(viewer, known)
    for event in happenings.followed(days, known, path="/vaubrune/roubaix/", today=TODAY):
        if event.step is not None:
            yield "symmetry: customers follow an event"
    shown = queries.months(viewer, from_text("tout", TODAY))
    spread = queries.spread(shown)
    if spread is not None:
        ranked = findings.standings(queries.lines(viewer, shown, "reason"), spread)
        if any(one.place is Place.ABOVE for each in ranked.values() for one in each):
            yield "double attention: a reason stands out"
    wanted = _asked(viewer)
    made = proposals(viewer, wanted.themes, wanted.both, "fr") if wanted.both else []
    if any(one.state is State.CONFIRMED or (one.first and one.first.clear) for one in made):
        yield "correspondences: a link is confirmed"
    if any(line.found.verdict is Likeness.APART for line in _mirrored(viewer)):
        yield "mirror: a gap is demonstrated"


# Instances


def judge(folder: Path) -> None:
    """Print, as JSON, what the pages of one instance say; to run in a process of its own."""
    os.environ |= {"VISAVIS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "visavis.site.settings"}
    import django

    django.setup()
    told = json.loads((folder / "demo-files" / "verite.json").read_text("utf-8"))
    viewer = _reader()
    if told["null"]:
        print(json.dumps({"null": sorted(set(claims(viewer)))}))
        return
    lines = [vars(line) for effect in EFFECTS for line in effect(viewer, told["realised"])]
    print(json.dumps({"lines": lines}))


def judged(folder: Path) -> dict[str, Any]:
    """What ``judge`` prints, asked of another process."""
    done = subprocess.run(
        [sys.executable, __file__, "--judge", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def building(seed: int, size: str, *, null: bool) -> dict[str, Any]:
    """Build an instance by ``visavis demo``, judge it, throw it away."""
    with tempfile.TemporaryDirectory(prefix="visavis-vaubrune-") as place:
        words = ["demo", "--size", size, "--seed", str(seed), *(["--null"] if null else [])]
        command = [sys.executable, "-m", "visavis.site.command", *words]
        done = subprocess.run(
            command, env=os.environ | {"VISAVIS_DATA": place}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        return judged(Path(place))


def _seeds(text: str) -> list[int]:
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def show(name: str, found: dict[str, Any], said: Counter[str]) -> bool:
    """Print one instance; whether every tolerance is kept."""
    if "null" in found:
        said.update(found["null"])
        print(f"{name}: {', '.join(found['null']) or 'no link is told'}", flush=True)
        return True
    print(f"== {name}", flush=True)
    for line in found["lines"]:
        kept = "kept " if line["kept"] else "SHORT"
        print(f"  {kept} {line['name']:44} true {line['truth']:34} found {line['found']}", flush=True)
    return all(line["kept"] for line in found["lines"])


def main() -> int:
    """Read the command line, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--null", action="store_true", help="build companies where nothing is planted")
    parser.add_argument("--size", default="small", choices=("small", "demo"))
    parser.add_argument("--seeds", type=_seeds, default=[], help="one, or the first and the last: 1-20")
    wish = parser.parse_args()
    if wish.judge:
        judge(wish.judge)
        return 0
    said: Counter[str] = Counter()
    kept = [show(str(folder), judged(folder), said) for folder in wish.folders]
    kept += [
        show(f"seed {seed}, {wish.size}", building(seed, wish.size, null=wish.null), said)
        for seed in wish.seeds
    ]
    for name, count in said.most_common():
        print(f"{count} of {len(kept)}: {name}")
    return int(not all(kept) or any(count > WRONG * len(kept) for count in said.values()))


if __name__ == "__main__":
    sys.exit(main())
