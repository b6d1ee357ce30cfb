"""One file out of a folder, and back: a compressed tar, perhaps sealed, there whole or not at all."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from visavis.site.backups.manifests import NAME, Manifest, ManifestError, fingerprint
from visavis.site.sealing import SealError, seal, unseal

OPEN, SEALED = ".tar.gz", ".tar.gz.age"
#: How hard to compress: a database shrinks about as much as at 9, four times as fast.
_LEVEL = 4


def pack(folder: Path, manifest: Manifest, target: Path, *, keys: str = "") -> Manifest:
    """Make the archive of a folder.

    Args:
        folder: what goes in, all of it; its manifest is added.
        manifest: what is said of it; fingerprints are completed here.
        target: the archive. It appears whole, under its name, once it is on the disk.
        keys: public keys to which it is sealed; empty for none.

    Returns:
        The manifest as packed.
    """
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    whole = replace(manifest, files={name: fingerprint(folder / name) for name in names if name != NAME})
    whole.write(folder / NAME)
    partial = target.with_name(f".{target.name}.partial")
    try:
        _tar(folder, [NAME, *whole.files], partial)
        if keys:
            partial = _sealed(partial, keys)
        _settle(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return whole


def _tar(folder: Path, names: list[str], partial: Path) -> None:
    partial.touch(mode=0o600)
    with tarfile.open(partial, "w:gz", compresslevel=_LEVEL) as archive:
        for name in names:
            archive.add(folder / name, arcname=name, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file without the names of this machine's users."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _sealed(plain: Path, keys: str) -> Path:
    sealed = plain.with_name(f"{plain.name}.age")
    sealed.touch(mode=0o600)
    try:
        seal(plain, sealed, keys)
    finally:
        plain.unlink()
    return sealed


def _settle(partial: Path, target: Path) -> None:
    """Put a finished file under its name: on the disk before anybody is told that it is there."""
    _sync(partial)
    partial.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unpack(archive: Path, folder: Path, *, identity: str = "") -> Manifest:
    """Open an archive into an empty folder and check every file against its fingerprint.

    Args:
        archive: the file.
        folder: where its content goes.
        identity: the text of the secret key, for a sealed one.

    Returns:
        Its manifest.

    Raises:
        ManifestError: if it is torn, changed, or no archive of ours.
        SealError: if it is sealed and the key is missing or another.
    """
    plain = archive
    if archive.name.endswith(".age"):
        plain = folder / ".open"
        if not identity:
            raise SealError("this archive is sealed: give its secret key with --identity")
        unseal(archive, plain, identity)
    try:
        with tarfile.open(plain, "r:gz") as opened:
            opened.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ManifestError(f"not a whole archive of Vis-à-vis ({error})") from error
    (folder / ".open").unlink(missing_ok=True)
    manifest = Manifest.read(folder / NAME)
    for name in _changed(folder, manifest):
        raise ManifestError(f"{name} is not as it was packed")
    return manifest


def _changed(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, told in manifest.files.items():
        path = folder / name
        if not path.is_file() or fingerprint(path) != told:
            yield name
