"""The ``visavis`` command: every gesture of the operator, each a management command of its room."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

#: Gestures on files alone: where there is no instance, they leave none behind.
_ON_FILES: Final = frozenset({"understand", "text"})
#: Exit code of a command that somebody stopped, as the shell knows it.
_INTERRUPTED: Final = 130


def main() -> None:
    """Run ``visavis COMMAND …``; what it writes is readable by its owner only."""
    os.umask(0o077)
    if _ON_FILES.intersection(sys.argv[1:2]) and "VISAVIS_DATA" not in os.environ:
        _do_without_instance()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
    from visavis.site.gestures import Gestures

    utility = Gestures(sys.argv)
    utility.prog_name = "visavis"
    _never_fall_on_a_letter()
    try:
        utility.execute()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception as error:
        from visavis.site.refusals import sentence

        told = "" if "--traceback" in sys.argv else sentence(error)
        if not told:
            raise
        sys.stderr.write(f"{told}\n")
        sys.exit(1)


def _never_fall_on_a_letter() -> None:
    """A terminal that knows only English letters gets the others as codes, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _do_without_instance() -> None:
    if not Path("visavis-data").exists():
        folder = tempfile.mkdtemp(prefix="visavis-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["VISAVIS_DATA"] = folder


if __name__ == "__main__":
    main()
