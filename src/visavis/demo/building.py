"""Builds Vaubrune in an instance, stage after stage; each may be run again from where it was left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from visavis.demo import vaubrune
from visavis.demo.accounts import open_cast
from visavis.demo.cast import CAST
from visavis.demo.events import load_events
from visavis.demo.feelings import load_feelings
from visavis.demo.instances import FILES
from visavis.demo.letters import prepare_letters
from visavis.demo.loading import fingerprint, install_references, load
from visavis.demo.marks import BUILDING, READY, Mark
from visavis.demo.mirrors import make_study
from visavis.demo.releases import release_all
from visavis.demo.stages import Stages
from visavis.demo.vaubrune.world import TODAY
from visavis.listen.imports.followers import followers
from visavis.listen.imports.models import Kind
from visavis.listen.returns.models import Response, Verbatim
from visavis.moments.exchanges.models import Interaction
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit

#: The files that a company would export, in the order in which they must come in.
IMPORTED = (Kind.ORGANISATION, Kind.CONTACTS, Kind.RETURNS, Kind.BAROMETER, Kind.MIRROR)
COUNTED: Mapping[str, type[Model]] = {
    "units": Unit,
    "people": Person,
    "exchanges": Interaction,
    "returns": Response,
    "texts": Verbatim,
}


def stage_count() -> int:
    """How many stages a building has."""
    return len(IMPORTED) + len(followers()) + 6


def build(folder: Path, mark: Mark, stages: Stages) -> None:
    """Build the Vaubrune of ``mark``, then say that it stands.

    Args:
        folder: of the instance, claimed by ``mark``; its tables are there.
        mark: what is being built.
        stages: told how it goes.

    Raises:
        UnfitFileError: if a file of the demo is refused by the imports.
    """
    with standing_still(TODAY):
        _write_files(folder, mark, stages)
        _bring_in(folder / FILES, stages)
        for follower in followers():
            with stages.stage(str(follower.label)) as show:
                waiting, done = follower.pending(), 0
                while step := follower.step():
                    done += step
                    show(done, max(done, waiting))
        with stages.stage(_("Accounts")):
            open_cast(mark.password)
            prepare_letters()
        with stages.stage(_("Publications of employees’ answers")):
            release_all()
    _raise_the_curtain(folder, mark)


@contextmanager
def standing_still(day: dt.date) -> Iterator[None]:
    """Make ``day`` the company's day, as it is for every process that starts once the demo stands."""
    before, settings.TODAY = settings.TODAY, day
    try:
        yield
    finally:
        settings.TODAY = before


def _write_files(folder: Path, mark: Mark, stages: Stages) -> None:
    wish = mark.wish
    with stages.stage(_("Files")) as show:
        if not mark.files:
            vaubrune.build(
                folder / FILES,
                size=wish.size,
                seed=wish.seed,
                null=wish.null,
                progress=lambda _step, share: show(round(100 * share), 100),
            )
            mark.files = {path.name: fingerprint(path) for path in sorted((folder / FILES).iterdir())}
            mark.write_building(folder)


def _bring_in(files: Path, stages: Stages) -> None:
    with stages.stage(_("References")):
        install_references()
        make_study()
    for kind in IMPORTED:
        with stages.stage(str(kind.label)) as show:
            load(kind, files / f"{kind}.csv", show)
    with stages.stage(_("How exchanges felt to advisers")) as show:
        load_feelings(files / "feelings.csv", show)
    with stages.stage(_("Events")):
        load_events(files / "events.csv")


def _raise_the_curtain(folder: Path, mark: Mark) -> None:
    mark.write(
        folder / READY,
        cast={member.key: member.email for member in CAST},
        sign_ins=[
            {"email": member.email, "password": mark.password, "who": str(member.who)} for member in CAST
        ],
    )
    (folder / BUILDING).unlink(missing_ok=True)


def counts() -> dict[str, int]:
    """How many units, people, exchanges, returns and texts there are."""
    return {name: QuerySet(model).count() for name, model in COUNTED.items()}
