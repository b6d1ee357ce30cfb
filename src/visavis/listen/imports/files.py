"""Files received: kept under a random name until their import ends, then gone.

A file may hold more than we import (birth dates, names): keeping it would keep that too.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings

from visavis.listen.imports.models import ImportRun

_BLOCK = 1 << 20


class FileGoneError(RuntimeError):
    """The file of an import is no longer kept."""


class TooBigError(ValueError):
    """A file weighs more than may be imported."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


class Kept(NamedTuple):
    """A file in the instance's folder: its random name, its fingerprint, its size in bytes."""

    name: str
    sha256: str
    size: int


def folder() -> Path:
    """Where files wait for their import."""
    place: Path = settings.INSTANCE.folder / "files"
    return place


def keep(source: IO[bytes]) -> Kept:
    """Copy a file into the instance, whatever its size as announced.

    Raises:
        TooBigError: past the limit; nothing is kept.
    """
    name, digest, size = secrets.token_hex(16), hashlib.sha256(), 0
    path = folder() / name
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("xb") as copy:
            path.chmod(0o600)
            while block := source.read(_BLOCK):
                size += len(block)
                _check_size(size)
                digest.update(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(name, digest.hexdigest(), size)


def _check_size(size: int) -> None:
    if size > settings.MAX_IMPORT_BYTES:
        raise TooBigError(size)


def path_of(run: ImportRun) -> Path:
    """Where the file of an import waits.

    Raises:
        FileGoneError: if it does not any more.
    """
    path = folder() / Path(run.stored_as).name
    if not run.stored_as or not path.is_file():
        raise FileGoneError(run.file_name)
    return path


def forget(run: ImportRun) -> None:
    """Delete the file of an import, if it is still there."""
    if run.stored_as:
        (folder() / Path(run.stored_as).name).unlink(missing_ok=True)
