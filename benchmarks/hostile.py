"""All that others wrote to break programs, through every screen, e-mail, printed report, export and door.

    python benchmarks/hostile.py ../shared/data/trust [--browser] [--size 400] [--only 2] [--part doors]

Prints a line a surface: answers, strings read there, faults; then every fault; ends with 1 if there is any.
The strings go in batches into every column that people write; roles take turns at each route, batch after
batch. The database is its own, thrown away.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
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


def main() -> int:
    """Sweep."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--browser", action="store_true", help="each page in Chromium too")
    asked.add_argument("--size", type=int, default=400, help="strings of a batch")
    asked.add_argument("--only", type=int, default=0, help="batches; 0: all")
    asked.add_argument("--part", choices=("doors", "screens"), help="files, or what is shown; else both")
    told = asked.parse_args()
    _prepare()
    from tests import hostile

    found = hostile.strings(told.folder)
    batches = [found[place : place + told.size] for place in range(0, len(found), told.size)]
    if told.only:
        batches = batches[:: max(1, len(batches) // told.only)]
    begun, surfaces = time.monotonic(), Surfaces(Surface)
    if told.part != "screens":
        brought(told.folder, found, surfaces)
    if told.part != "doors":
        shown(batches, surfaces, browser=told.browser)
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


def shown(batches: list[list[str]], surfaces: Surfaces, *, browser: bool) -> None:
    """Plant each batch in one company, then look at everything that can be read."""
    from django.core.management import call_command
    from django.db import connection

    from tests import planted
    from tests.pages import hostile_company
    from visavis.people.access import guards

    guards.remove(connection)
    call_command("flush", verbosity=0, interactive=False)
    world = hostile_company.build(60)
    for client in world.clients.values():
        client.raise_request_exception = False
    sent = subscribed(world)
    for number, batch in enumerate(batches):
        planted.plant(batch)
        answered(world, batch, number, surfaces)
        mailed(sent, batch, surfaces)
        typed(world, batch, number, surfaces)
        if browser:
            opened(world, number, surfaces)
        faults = sum(len(one.faults) for one in surfaces.values())
        print(f"batch {number + 1} of {len(batches)}: {faults} faults", file=sys.stderr, flush=True)


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


def subscribed(world: Any) -> list[Any]:
    """Whoever may is sent each kind of letter."""
    from tests.share.letters.postbox import subscription
    from visavis.core.words import Role
    from visavis.share.letters.models import Kind

    casts = world.company.casts
    return [
        subscription(casts[role].ours, casts[role].owner.account, kind)
        for role in (Role.DIRECTION, Role.QUALITY, Role.MANAGER)
        for kind in Kind
    ]


def mailed(sent: list[Any], batch: list[str], surfaces: Surfaces) -> None:
    """Every letter of every kind, as it leaves: subject, both bodies, files."""
    from django.core import mail
    from django.http import HttpResponse
    from django.test import Client

    from tests import hostile
    from tests.share.letters.postbox import AT, TODAY
    from visavis.share.letters import jobs
    from visavis.share.letters.models import Letter, Subscription

    Subscription.objects.exclude(pk__in=[one.pk for one in sent]).delete()
    Letter.objects.all().delete()
    Subscription.objects.update(planned="")
    mail.outbox.clear()
    for days in (2, 1, 0):  # the daily file and the alerts of Monday, then the report of Wednesday
        jobs.sweep(at=AT - dt.timedelta(days=days), today=TODAY - dt.timedelta(days=days))
    kinds = {
        f"<{one.message_id.strip('<>')}>": one.subscription.kind for one in Letter.objects.order_by("pk")
    }
    Client().post("/compte/password/reset/", {"email": sent[0].account.email})
    for one in mail.outbox:
        kind = kinds.get(str(one.extra_headers.get("Message-ID", "")), "account")
        headers = [*one.message().values(), one.subject]
        live = [f"a header {each!r}" for each in headers if "\n" in str(each).replace("\n ", "")]
        _note(surfaces[f"e-mail: {kind} (headers)"], live)
        for content, mimetype in _parts(one):
            answer = HttpResponse(content, content_type=mimetype)
            faults = _caught(hostile.faults_of(answer, styles=True))
            _note(surfaces[f"e-mail: {kind} ({mimetype})"], faults, _read(answer, batch))


def _parts(one: Any) -> Iterator[tuple[Any, str]]:
    """Both bodies of an e-mail and its files, each with its kind."""
    yield one.body, "text/plain"
    yield from ((each.content, each.mimetype) for each in getattr(one, "alternatives", ()))
    yield from ((each.content, each.mimetype) for each in one.attachments)


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
