"""The ``visavis`` command: every gesture of the operator, each a management command of its room."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

#: Gestures on files alone: where there is no instance, they leave none behind.
_ON_FILES: Final = frozenset({"understand", "text"})


def main() -> None:
    """Run ``visavis COMMAND …``; what it writes is readable by its owner only."""
    os.umask(0o077)
    if _ON_FILES.intersection(sys.argv[1:2]) and "VISAVIS_DATA" not in os.environ:
        _do_without_instance()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
    from django.core.management import ManagementUtility

    utility = ManagementUtility(sys.argv)
    utility.prog_name = "visavis"
    utility.execute()


def _do_without_instance() -> None:
    if not Path("visavis-data").exists():
        folder = tempfile.mkdtemp(prefix="visavis-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["VISAVIS_DATA"] = folder


if __name__ == "__main__":
    main()
