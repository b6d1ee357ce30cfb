"""All that others wrote to break programs, through every screen, e-mail, printed report, export and door.

    python benchmarks/hostile.py ../shared/data/trust [--browser] [--every-role] [--size 400] [--only 2]
        [--part doors|files|surprises|screens]

Prints a line a surface: answers, strings read there, faults; then every fault; ends with 1 if there is any.
The strings go in batches into every column that people write; roles take turns at each route, batch after
batch. The database is its own, thrown away.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["VISAVIS_DATA"] = tempfile.mkdtemp(prefix="visavis-hostile-")
os.environ["DJANGO_SETTINGS_MODULE"] = "visavis.site.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass
class Surface:
    """What became of one route, e-mail or door."""

    answers: int = 0
    read: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


Surfaces = defaultdict[str, Surface]
PARTS = ("doors", "files", "surprises", "screens")


def main() -> int:
    """Sweep."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--browser", action="store_true", help="each page in Chromium too")
    asked.add_argument("--size", type=int, default=400, help="strings of a batch")
    asked.add_argument("--only", type=int, default=0, help="batches; 0: all")
    asked.add_argument("--every-role", action="store_true", help="all who may, at each batch; else in turn")
    asked.add_argument("--part", choices=PARTS, help="one of them; else all")
    told = asked.parse_args()
    _prepare()
    from tests import hostile

    found = hostile.strings(told.folder)
    batches = [found[place : place + told.size] for place in range(0, len(found), told.size)]
    if told.only:
        batches = batches[:: max(1, len(batches) // told.only)]
    begun, surfaces = time.monotonic(), Surfaces(Surface)
    parts = {
        "doors": lambda: brought(told.folder, found, surfaces),
        "files": lambda: written(batches, surfaces),
        "surprises": lambda: surprised(surfaces),
        "screens": lambda: shown(batches, surfaces, browser=told.browser, every=told.every_role),
    }
    for part in [told.part] if told.part else PARTS:
        parts[part]()
    faults = tell(surfaces)
    print(
        f"{len(found)} strings, {len(batches)} batches, {faults} faults in {time.monotonic() - begun:.0f} s"
    )
    return bool(faults)


def tell(surfaces: Surfaces) -> int:
    """Print a line a surface, then the faults, each kind once; how many there are."""
    print(f"{'surface':<52}{'answers':>8}{'strings':>9}{'faults':>8}")
    for name, one in sorted(surfaces.items()):
        print(f"{name:<52}{one.answers:>8}{len(one.read):>9}{len(one.faults):>8}")
    for name, one in sorted(surfaces.items()):
        for fault in list(dict.fromkeys(one.faults))[:20]:
            print(f"{name}: {fault[:300]}")
    return sum(len(one.faults) for one in surfaces.values())


def _prepare() -> None:
    """A database of its own, as the tests have theirs."""
    import django
    from django.conf import settings

    settings.SECOND_STEP_ROLES = frozenset()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    default: dict[str, Any] = settings.DATABASES["default"]
    default.setdefault("TEST", {})["NAME"] = f"{os.environ['VISAVIS_DATA']}/test.db"
    default["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"  # thrown away: nothing to lose
    settings.ROOT_URLCONF = "tests.demo_urls"
    settings.SENDS_LETTERS, settings.ADDRESS = True, "https://localhost"
    logging.disable(logging.WARNING)
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment

    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)


def brought(folder: Path, found: list[str], surfaces: Surfaces) -> None:
    """Every file at every door under a name of the lists, then every string as a return of a file."""
    from django.db import transaction

    from tests import doors, hostile, house
    from tests.listen.imports.test_wizard import importer
    from visavis.core.words import Role

    client = importer().client
    client.raise_request_exception = False
    editor = house.member(house.company(), Role.QUALITY).client
    editor.raise_request_exception = False
    house.unit("lys")
    for place, path in enumerate(doors.files(folder)):
        name = doors.named(path, found[(31 * place) % len(found)])
        kinds = doors.KINDS if path.parts[-3] == "csv" else [doors.KINDS[place % len(doors.KINDS)]]
        tries = {f"file: import of {kind}": doors.imported(client, path, kind, name) for kind in kinds}
        tries["file: themes"] = doors.brought_as_themes(editor, path, name)
        tries["file: visavis understand"] = doors.understood(path)
        tries["file: a backup"] = doors.restored(path)
        for surface, faults in tries.items():
            with transaction.atomic():
                _note(surfaces[surface], (f"{path.name}: {fault}" for fault in _caught(faults)))
                transaction.set_rollback(True)
    texts = [text for text in found if hostile.storable(text) == text]
    _note(surfaces["strings as returns of a file"], _caught(doors.spoken(client, texts)), texts)


def _caught(faults: Iterable[str]) -> Iterator[str]:
    """The faults, and what was raised on the way as one more."""
    try:
        yield from faults
    except Exception as error:  # noqa: BLE001  whatever it is, it is told
        yield f"raised {error!r}"


def _note(surface: Surface, faults: Iterable[str], read: Iterable[str] = ()) -> None:
    surface.answers += 1
    surface.faults += faults
    surface.read.update(read)


def written(batches: list[list[str]], surfaces: Surfaces) -> None:
    """Archives made to harm; Parquet in and out, whole and torn; an organisation moved with its strings."""
    from tests import hostile_parquet
    from tests.site import hostile_archives, hostile_moves
    from visavis.site.backups.archives import unpack
    from visavis.site.backups.manifests import ManifestError

    def opened_up(path: Path, work: Path) -> Iterator[str]:
        with suppress(ManifestError):
            unpack(path, work)
            yield "opened"
        if list(work.parent.rglob("outside*")):
            yield "written outside of its folder"

    with tempfile.TemporaryDirectory() as name:
        made, work = Path(name) / "made", Path(name) / "work" / "deep"
        made.mkdir()
        work.mkdir(parents=True)
        for word, path in hostile_archives.archives(made):
            told = [f"{word}: {fault}" for fault in _caught(opened_up(path, work))]
            _note(surfaces["file: a hostile archive"], told)
        for number, batch in enumerate(batches):
            for ending in (".parquet", ".csv", ".xlsx"):
                faults = _caught(hostile_parquet.understood(Path(name), batch, ending))
                _note(surfaces[f"file: Parquet understood as {ending}"], faults, batch)
            torn = _caught(hostile_parquet.torn(Path(name), batch[:20], 60, number))
            _note(surfaces["file: torn Parquet"], torn)
            there = Path(name) / f"moved{number}"
            there.mkdir()
            moved = _caught(hostile_moves.moved(there, batch))
            _note(surfaces["an organisation saved, exported, restored"], moved, batch)
        _note(surfaces["file: Parquet that cannot be said"], _caught(hostile_parquet.refused(Path(name))))


def surprised(surfaces: Surfaces) -> None:
    """What no page of ours sends, in every name that a route reads, in its address, as its body."""
    from django.db import transaction
    from django.urls import reverse

    from tests import scope, surprises
    from tests.test_surprises import ROWS, asked

    with transaction.atomic(), scope.quickly():
        world = scope.build()
        for row in ROWS:
            with transaction.atomic():
                client, words, data = asked(row, world)
                _note(surfaces["surprises: names"], surprises.tried(client, row, words, data, rounds=5))
                for path in surprises.paths(row, words) if words else ():
                    answer = surprises.sent(client, row.method, path)
                    _note(surfaces["surprises: addresses"], surprises.faults(answer, path[:200]))
                if row.method == "post":
                    body = surprises.bodies(client, reverse(row.name, kwargs=words))
                    _note(surfaces["surprises: bodies"], body)
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def shown(batches: list[list[str]], surfaces: Surfaces, *, browser: bool, every: bool) -> None:
    """Plant each batch in one company, then look at everything that can be read."""
    from django.core.management import call_command
    from django.db import connection

    from tests import planted
    from tests.pages import hostile_company, hostile_mail
    from visavis.people.access import guards

    guards.remove(connection)
    call_command("flush", verbosity=0, interactive=False)
    world = hostile_company.build(60)
    for client in world.clients.values():
        client.raise_request_exception = False
    sent = hostile_mail.subscribed(world)
    for number, batch in enumerate(batches):
        planted.plant(batch)
        answered(world, batch, 0 if every else number, surfaces)
        copied(surfaces)
        mailed(sent, batch, surfaces)
        typed(world, batch, number, surfaces)
        if browser:
            opened(world, number, surfaces)
        faults = sum(len(one.faults) for one in surfaces.values())
        print(f"batch {number + 1} of {len(batches)}: {faults} faults", file=sys.stderr, flush=True)


def copied(surfaces: Surfaces) -> None:
    """The open copy of what is there, read by another program than ours."""
    from django.db import transaction

    from tests import hostile_parquet
    from visavis.core.words import Voice
    from visavis.listen.returns.models import Response
    from visavis.listen.returns.queries import STUDY
    from visavis.people.access.viewer import system
    from visavis.share.analytics import jobs
    from visavis.share.analytics.services import rebuild

    with transaction.atomic():
        rebuild(by=system())
        while jobs.step():
            continue
        told = Response.objects.filter(voice=Voice.CUSTOMER).exclude(source=STUDY).order_by()
        products = set(told.values_list("product", flat=True))
        _note(surfaces["open copy (Parquet)"], _caught(hostile_parquet.copied(products)), products)
        transaction.set_rollback(True)


def answered(world: Any, batch: list[str], number: int, surfaces: Surfaces) -> None:
    """Each route, in each of its forms, by one of the roles that may open it."""
    from tests.pages.hostile_company import READ, faults, roles

    for row in READ:
        for role in _in_turn(roles(row), number):
            for path, answer in world.answers(row, role):
                kind = str(answer.get("Content-Type", "none")).split(";")[0].rpartition("/")[2][-12:]
                found = (f"{path} as {role}: {fault}" for fault in faults(answer, row, batch))
                read = _read(answer, batch) if answer.status_code == 200 else ()
                _note(surfaces[f"{row.name} ({kind})"], _caught(found), read)


def _in_turn(roles: list[Any], number: int) -> list[Any]:
    """Every role at the first batch, then one after the other."""
    return roles if number == 0 else [roles[number % len(roles)]]


def _read(answer: Any, batch: list[str]) -> list[str]:
    from tests import hostile

    said = hostile.words_of(answer)
    return [text for text in batch if " ".join(hostile.storable(text).split()) in said]


def mailed(sent: list[Any], batch: list[str], surfaces: Surfaces) -> None:
    """Every e-mail of every kind, as it leaves: headers, both bodies, files."""
    from django.db import transaction

    from tests import hostile
    from tests.pages import hostile_mail

    asked = [text for place, text in enumerate(batch) if "@" in text or place % 20 == 0]
    with transaction.atomic():
        for kind, one in (*hostile_mail.letters(sent), *hostile_mail.of_accounts(asked)):
            _note(
                surfaces[f"e-mail: {kind} (headers)"], _caught(hostile_mail.faults(one)), [str(one.subject)]
            )
            for part in hostile_mail.parts(one):
                faults = _caught(hostile.faults_of(part, styles=True))
                _note(surfaces[f"e-mail: {kind} ({part['Content-Type']})"], faults, _read(part, batch))
        transaction.set_rollback(True)


_KEYS = (
    *("perimetre", "periode", "canal", "motif", "voix", "q", "page", "theme", "jour", "geste", "qui", "next"),
    *("name", "text", "email", "code", "unit", "role", "comment", "reason", "label", "title"),
)


def typed(world: Any, batch: list[str], number: int, surfaces: Surfaces) -> None:
    """Each string in an address, and in the fields of a form that changes something."""
    from django.db import transaction
    from django.urls import reverse

    from tests import hostile
    from tests.matrix import rows
    from tests.pages.hostile_company import roles

    doors = ("account_", "mfa_", "settings:end_session")
    every = [row for row in rows() if not row.of and not row.demo and not row.name.startswith(doors)]
    for place, text in enumerate(batch, number):
        for row in (every[place % len(every)], every[(7 * place + 3) % len(every)]):
            role, path = roles(row)[0], reverse(row.name, kwargs=row.words)
            with transaction.atomic():
                answer = getattr(world.clients[role], row.method)(path, dict.fromkeys(_KEYS, text))
                found = (f"{path} {text!r}: {fault}" for fault in hostile.faults_of(answer))
                _note(surfaces[f"typed: {row.method}"], _caught(found), [text])
                transaction.set_rollback(True)


def opened(world: Any, number: int, surfaces: Surfaces) -> None:
    """Each page in Chromium: what ran, what it asked of elsewhere, what its policy refused."""
    from tests.browser import launched
    from tests.pages.hostile_browser import serving, walk
    from tests.pages.hostile_company import READ, roles

    with serving() as address, launched(sys.exit) as browser:
        asked = [(row, _in_turn(roles(row), number)[-1]) for row in READ]
        for row, faults in walk(browser, address, world, asked):
            _note(surfaces[f"{row.name} (Chromium)"], faults)


if __name__ == "__main__":
    sys.exit(main())
