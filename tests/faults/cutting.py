"""Every message of a request to PostgreSQL lost in turn, in every way: 503 or the page, nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.faults.cable import WAYS
from tests.faults.harness import ROOT, Server
from tests.faults.serving import PEOPLE
from tests.site.instances import SOURCE, Instance

_CHILD = "import sys; from tests.faults.sweeping import in_process; in_process(*sys.argv[1:])"


def sweep(
    server: Server, instance: Instance, place: Path, *ways: str, requests: str = "", stale: bool = True
) -> dict[str, Any]:
    """Lose every message of some requests, one a try.

    Args:
        server: the database, alive.
        instance: on it, with its tables.
        place: a new folder for the cable's socket.
        ways: of ``WAYS``; all by default.
        requests: names of requests, with spaces between; all by default.
        stale: whether to try with a connection that is gone already, too.

    Returns:
        ``cuts``; ``statuses``; what must be empty: ``rude`` (neither the page nor a polite 503), ``lost`` and
        ``double`` (notes).
    """
    place.mkdir()
    paths = {"PYTHONPATH": f"{SOURCE}{os.pathsep}{ROOT}"}
    people = instance.python(PEOPLE, **paths)
    through = Instance(instance.folder, f"postgresql://visavis@{quote(str(place), safe='')}/postgres")
    words = (str(server.folder), str(place), people, " ".join(ways or WAYS), requests, "stale" * stale)
    told: dict[str, Any] = json.loads(through.python(_CHILD, *words, **paths).splitlines()[-1])
    return told
