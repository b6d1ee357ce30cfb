"""One file out of a folder, and back: a compressed tar, perhaps sealed, there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final, Self

from django.utils.translation import gettext as _

from visavis.site.backups.manifests import NAME, Manifest, ManifestError, fingerprint
from visavis.site.sealing import SealError, seal, unseal

OPEN, SEALED = ".tar.gz", ".tar.gz.age"
#: Longest manifest, in bytes, and longest header of a member: more of either is no archive of ours.
_LONGEST_MANIFEST: Final = 16 << 20
_LONGEST_HEADER: Final = 64 << 10
#: Bytes that stay free on the disk once an archive is open.
_SPARE: Final = 64 << 20
#: What a torn or made-up archive raises while it is read.
_BROKEN: Final = (
    tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError, RecursionError, MemoryError,
)  # fmt: skip
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
        OSError: if there is no such file.
    """
    archive.stat()  # a file that is not there is told as such
    plain = archive
    if archive.name.endswith(".age"):
        plain = folder / ".open"
        if not identity:
            raise SealError(_("this archive is sealed: give its secret key with --identity"))
        unseal(archive, plain, identity)
    try:
        held = _opened(plain, folder)
    except _BROKEN as error:
        if isinstance(error, ManifestError):
            raise
        raise ManifestError(_("not a whole archive of Vis-à-vis (%(why)s)") % {"why": error}) from error
    (folder / ".open").unlink(missing_ok=True)
    manifest = Manifest.read(folder / NAME)
    for name in sorted(held - {NAME, *manifest.files}):
        raise ManifestError(_("%(name)s is not in its manifest") % {"name": name})
    for name in _changed(folder, manifest):
        raise ManifestError(_("%(name)s is not as it was packed") % {"name": name})
    return manifest


class _Header(tarfile.TarInfo):
    """A header that is read before anything else is: one that says much would fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read the block of a header.

        Raises:
            ReadError: if it announces less than nothing, holes, or a name longer than any of ours.
        """
        found = super().frombuf(buf, encoding, errors)
        long = found.size > _LONGEST_HEADER and found.type not in (tarfile.REGTYPE, tarfile.AREGTYPE)
        if found.size < 0 or long or found.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError("a header that no archive of ours has")
        return found


def _opened(plain: Path, folder: Path) -> set[str]:
    """Write the files of an archive, never more than the disk holds; their names.

    Links are refused, wherever they lead: what is packed has none, and libraries that check where links lead
    were fooled before.
    """
    left, names = shutil.disk_usage(folder).free - _SPARE, set[str]()
    with tarfile.open(plain, "r:gz", tarinfo=_Header) as archive:
        for member in archive:
            name = _name_of(member)
            if member.isdir():
                continue
            left -= member.size
            if name in names:
                raise ManifestError(_("it holds %(name)s twice") % {"name": name})
            if left < 0 or (name == NAME and member.size > _LONGEST_MANIFEST):
                told = _("it is larger, once open, than what the disk holds (%(name)s)")
                raise ManifestError(told % {"name": name})
            names.add(name)
            archive.extract(member, folder, filter="data")
    return names


def _name_of(member: tarfile.TarInfo) -> str:
    """The name of a member.

    Raises:
        ManifestError: if it is neither a plain file nor a folder, or leads out of the archive's folder.
    """
    path = PurePosixPath(member.name)
    plain = member.isdir() or (member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse())
    if not plain or member.size < 0 or path.is_absolute() or ".." in path.parts:
        told = _("it holds what no archive of ours has: %(name)s")
        raise ManifestError(told % {"name": repr(member.name[:200])})
    if not member.name.isprintable() or "\\" in member.name:
        told = _("it holds a name that no archive of ours has: %(name)s")
        raise ManifestError(told % {"name": repr(member.name[:200])})
    return str(path)


def _changed(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, told in manifest.files.items():
        path = folder / name
        if not path.is_file() or fingerprint(path) != told:
            yield name
