"""What attackers get of employees from everything that leaves by HTTP, beside a deliberately naive release.

    python benchmarks/attacks.py [--companies 20] [--first 1] [--naive 2] [--floors 5 10] [--deep 4]

Companies are drawn as ``../shared/tools/attacks.py`` draws them. Each is listened to in every way (two waves,
exchanges, words, a mirror study), released, read by people of several roles on pages, in files and on paper,
then attacked surface by surface, with all of it together, as if no figure had been rounded, and from the
tables that every coefficient is computed from. Of some, headers, weights, parts of files, e-mails and every
filter are read too, before and after answers, and all of it again after people were erased and moved. Prints
what was found, by attack, surface and floor, and how many figures were read there. Ends with 1 if anything
was found in what the gateway releases, nothing in what the naive one does, or if a surface was read nowhere.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["VISAVIS_DATA"] = tempfile.mkdtemp(prefix="visavis-attacks-")
os.environ["DJANGO_SETTINGS_MODULE"] = "visavis.site.settings"

#: How many people companies have, in turn.
PEOPLE = (240, 60, 180, 120)
#: Gateway and floor -> what was found, by surface and attack.
Told = dict[tuple[str, int], Counter[tuple[str, str]]]


def main() -> int:
    """Attack."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--companies", type=int, default=20)
    asked.add_argument("--first", type=int, default=1, help="seed of the first company")
    asked.add_argument("--naive", type=int, default=2, help="companies released naively too")
    asked.add_argument("--floors", type=int, nargs="+", default=[5, 10])
    asked.add_argument("--deep", type=int, default=4, help="companies of which all that leaves is weighed")
    asked.add_argument("--only-naive", action="store_true")
    told = asked.parse_args()
    _prepare()
    found: Told = {}
    for seed in range(told.first, told.first + told.companies):
        for floor in told.floors:
            if not told.only_naive:
                _one(found, seed, floor, naive=False, deep=seed < told.first + told.deep)
            if seed < told.first + told.naive:
                _one(found, seed, floor, naive=True, deep=seed < told.first + told.deep)
    _print(found, told.floors)
    leaked = sum(_leaked(each) for (gateway, _), each in found.items() if gateway == "gateway")
    naive = [_leaked(each) for (gateway, _), each in found.items() if gateway == "naive"]
    return int(bool(leaked) or not all(naive) or _is_blind(found))


def _leaked(found: Counter[tuple[str, str]]) -> int:
    from tests.listen.releases.assault import leaks

    return sum(leaks(dict(found)).values())


def _is_blind(found: Told) -> bool:
    """Whether the attacker read nothing of a surface that tells something of employees."""
    from tests.listen.releases.assault import READ
    from tests.listen.releases.readings import READ_OF

    read = {
        surface for each in found.values() for (surface, attack), n in each.items() if attack == READ and n
    }
    if blind := READ_OF - read:
        print(f"read nothing of: {sorted(blind)}")
    return bool(blind)


def _prepare() -> None:
    """A database of its own, thrown away."""
    import logging

    import django
    from django.conf import settings

    settings.SECOND_STEP_ROLES = frozenset()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    default: dict[str, Any] = settings.DATABASES["default"]
    default.setdefault("TEST", {})["NAME"] = f"{os.environ['VISAVIS_DATA']}/test.db"
    logging.disable(logging.WARNING)
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment

    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)


def _one(found: Told, seed: int, floor: int, *, naive: bool, deep: bool) -> None:
    """Attack one company, and leave nothing of it."""
    from django.db import transaction

    from tests.listen.releases.assault import assault, leaks

    begun = time.process_time()
    with transaction.atomic():
        got = assault(seed, floor, naive=naive, people=PEOPLE[seed % len(PEOPLE)], deep=deep)
        transaction.set_rollback(True)
    gateway = "naive" if naive else "gateway"
    found.setdefault((gateway, floor), Counter()).update(got)
    told = {f"{surface} {attack}": n for (surface, attack), n in leaks(got).items()}
    took = time.process_time() - begun
    print(f"company {seed:2} floor {floor:2} {gateway:8} {took:4.0f} s of processor  {told or 0}", flush=True)


def _print(found: Told, floors: list[int]) -> None:
    """Attack by surface, a column for each floor and gateway."""
    columns = [
        (gateway, floor) for gateway in ("gateway", "naive") for floor in floors if (gateway, floor) in found
    ]
    print(
        f"\n{'surface':20} {'attack':10}" + "".join(f"{gateway:>10} {floor:<3}" for gateway, floor in columns)
    )
    keys = dict.fromkeys(key for column in columns for key in found[column])
    for key in sorted(keys, key=lambda key: key[1] == "read"):
        print(f"{key[0]:20} {key[1]:10}" + "".join(f"{found[column][key]:>10}    " for column in columns))


if __name__ == "__main__":
    sys.exit(main())
