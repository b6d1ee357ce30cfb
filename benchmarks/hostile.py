"""All the hostile strings of others through every page, export, e-mail, printed report, form, and a browser.

    python benchmarks/hostile.py ../shared/data/trust [--browser] [--size 150] [--only 3]

Prints what was shown and every fault; ends with 1 if there is any. Its database is its own, thrown away.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["VISAVIS_DATA"] = tempfile.mkdtemp(prefix="visavis-hostile-")
os.environ["DJANGO_SETTINGS_MODULE"] = "visavis.site.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

#: Told by the page itself when something that a string asked for ran.
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval']) {
  window[name] = (...told) => { window.ran.push(name + ' ' + told); };
}
document.addEventListener('securitypolicyviolation', (told) => {
  window.ran.push('policy ' + told.effectiveDirective + ' ' + told.blockedURI);
});
"""


def main() -> int:
    """Sweep."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--browser", action="store_true")
    asked.add_argument("--size", type=int, default=150)
    asked.add_argument("--only", type=int, default=0, help="batches; 0: all")
    told = asked.parse_args()

    import django
    from django.conf import settings

    settings.SECOND_STEP_ROLES = frozenset()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{os.environ['VISAVIS_DATA']}/test.db"
    settings.ROOT_URLCONF = "tests.demo_urls"
    logging.disable(logging.WARNING)
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment

    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    from tests import hostile

    found = hostile.strings(told.folder)
    batches = [found[place : place + told.size] for place in range(0, len(found), told.size)]
    if told.only:
        batches = batches[:: max(1, len(batches) // told.only)]
    begun, counts, faults = time.monotonic(), Counter[str](), list[str]()
    for number, batch in enumerate(batches, 1):
        fresh = [each for each in _sweep(batch, counts, browser=told.browser) if each not in faults]
        faults += fresh
        for fault in fresh:
            print(fault)
        print(f"batch {number} of {len(batches)}: {dict(counts)}, {len(faults)} faults", flush=True)
    print(f"{len(found)} strings, {dict(counts)}, {len(faults)} faults in {time.monotonic() - begun:.0f} s")
    return bool(faults)


def _sweep(batch: list[str], counts: Counter[str], *, browser: bool) -> list[str]:
    """Plant a batch in a company, look at everything, undo it."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.db import connection
    from django.test.testcases import LiveServerThread

    from tests import hostile
    from tests.pages import company
    from visavis.people.access import guards

    guards.remove(connection)
    call_command("flush", verbosity=0, interactive=False)
    filled = company.fill()
    hostile.grow(len(batch))
    counts["planted"] += hostile.plant(batch)
    faults = _read(filled, counts)
    faults += _written(filled, batch, counts)
    if browser:
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        faults += _shown(filled, f"http://127.0.0.1:{server.port}", counts)
        server.terminate()
        server.join()
    return faults


def _read(filled: Any, counts: Counter[str]) -> list[str]:
    from django.db import transaction

    from tests import hostile
    from tests.pages.test_hostile import EMAILS, READ, answers

    faults = []
    for row in READ:
        with transaction.atomic():
            for where, answer in answers(filled, row, strict=False):
                counts[str(answer.headers.get("Content-Type", "none")).split(";")[0]] += 1
                faults += [
                    f"{where}: {fault}" for fault in hostile.faults_of(answer, styles=row.name in EMAILS)
                ]
            transaction.set_rollback(True)  # the browser makes its own objects
    return faults


def _written(filled: Any, batch: list[str], counts: Counter[str]) -> list[str]:
    """Each string in an address, and in the fields of a form that changes something."""
    from django.urls import reverse

    from tests import hostile
    from tests.matrix import EVERY_ROLE, rows
    from tests.pages import sweep

    faults, clients = [], {}
    every = [
        row for row in rows() if not row.of and not row.demo and not row.name.startswith(("account_", "mfa_"))
    ]
    keys = (
        *(
            "perimetre",
            "periode",
            "canal",
            "motif",
            "voix",
            "q",
            "page",
            "theme",
            "jour",
            "geste",
            "qui",
            "next",
        ),
        *("name", "text", "email", "code", "unit", "role", "comment", "reason", "label", "title"),
    )
    for place, text in enumerate(batch):
        for row in (every[place % len(every)], every[(7 * place + 3) % len(every)]):
            role = sorted(EVERY_ROLE if row.may is None else row.may)[0]
            client = clients.setdefault(role, sweep.client_of(filled, role))
            client.raise_request_exception = False
            path = reverse(row.name, kwargs=row.words)
            answer = getattr(client, row.method)(path, dict.fromkeys(keys, text))
            counts[f"asked by {row.method}"] += 1
            faults += [f"{row.method} {path} {text!r}: {fault}" for fault in hostile.faults_of(answer)]
    return faults


def _shown(filled: Any, address: str, counts: Counter[str]) -> list[str]:
    """Each page in a browser: what ran, what its policy refused."""
    from django.urls import reverse

    from tests.browser import launched
    from tests.matrix import EVERY_ROLE
    from tests.pages import sweep
    from tests.pages.test_hostile import READ

    faults = []
    with launched(sys.exit) as browser:
        opened = sweep.opened(browser, address)
        opened.page.add_init_script(WATCH)
        opened.page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        for row in READ:
            role = sorted(EVERY_ROLE if row.may is None else row.may)[-1]
            cast = filled.casts[role]
            path, page = reverse(row.name, kwargs={**row.words, **(row.of(cast) if row.of else {})}), None
            with suppress(Exception):  # told by ``_read``
                page = sweep.visit(filled, path, role)
            if not page:
                continue
            opened.sign_in(sweep.client_of(filled, role))
            opened.complaints.clear()
            opened.page.goto(address + page.path)
            opened.page.evaluate(
                "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
            )
            counts["shown in Chromium"] += 1
            faults += [f"{page}: ran {each}" for each in opened.page.evaluate("window.ran || []") or []]
            faults += [f"{page}: {each}" for each in opened.complaints if "Failed to load" not in each]
        opened.page.context.close()
    return faults


if __name__ == "__main__":
    sys.exit(main())
