"""An instance whose tables are laid, made once a session: laying them takes longer than most tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The folder that all processes of the session share; the first of them removes it at its end.
SESSION = "SESSION_OF_TESTS"
_MIGRATE = "from visavis.site.command import main; import sys; sys.argv[1:] = ['migrate', '-v0']; main()"
_KEYS = ("secret-key", "lasting-key")


def laid(folder: Path) -> Path:
    """Make a folder an instance with empty tables, on SQLite; its keys are drawn when it starts.

    Args:
        folder: where; must not exist.

    Returns:
        The folder.
    """
    shared = Path(os.environ[SESSION])
    first, ready = shared / "empty", shared / "empty.ready"
    with (shared / "empty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            _lay(first)
            ready.touch()
    shutil.copytree(first, folder)
    return folder


def _lay(folder: Path) -> None:
    ours = ("VISAVIS_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=kept | {"VISAVIS_DATA": str(folder)}, check=True)
    for name in _KEYS:
        (folder / name).unlink(missing_ok=True)
