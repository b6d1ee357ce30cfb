"""Archives that somebody made to harm whoever opens them; each is refused, and nothing is left of it."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Write = Callable[[tarfile.TarFile], None]
#: Never a member of ours: out of the folder, hidden in it, or no file.
NAMES = (
    "../outside",
    "/outside",
    "a/../../outside",
    "rows/../../outside",
    "a\x1b[31mb",
    "a\nb",
    "..\\outside",
)


def told(held: Mapping[str, bytes], /, **other: Any) -> bytes:
    """The manifest of some files; ``other`` is said instead."""
    manifest: dict[str, Any] = {
        "kind": "database",
        "taken_at": "2026-01-01T00:00:00+00:00",
        "visavis": "1",
        "engine": "SQLite 3.53.4",
        "migrations": [],
        "counts": {},
        "files": {name: sha256(content).hexdigest() for name, content in held.items()},
        "options": {},
        "format": 1,
    }
    return json.dumps(manifest | other).encode()


def database(*statements: str) -> bytes:
    """A database of SQLite."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        with closing(sqlite3.connect(path)) as made:
            for statement in ("PRAGMA user_version = 1", *statements):
                made.execute(statement)
            made.commit()
        return path.read_bytes()


def packed(target: Path, held: Mapping[str, bytes], /, *more: Write, **other: Any) -> Path:
    """An archive of some files and their manifest, then whatever else is written into it."""
    with tarfile.open(target, "w:gz") as made:
        for name, content in {"manifest.json": told(held, **other), **held}.items():
            add(made, name, content)
        for write in more:
            write(made)
    return target


def add(
    made: tarfile.TarFile, name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, to: str = ""
) -> None:
    """A member of any kind."""
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = len(content), kind, to
    made.addfile(member, io.BytesIO(content))


def _writing(name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE, to: str = "") -> Write:
    return lambda made: add(made, name, content if kind == tarfile.REGTYPE else b"", kind, to)


def archives(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each of them: what is wrong with it, and where it lies."""
    good = {"visavis.db": database("CREATE TABLE t (a)"), "lasting-key": b"key"}
    for place, name in enumerate(NAMES):
        yield f"member {name!r}", packed(folder / f"name{place}.tar.gz", good, _writing(name))
    for kind, word in ((tarfile.SYMTYPE, "symlink"), (tarfile.LNKTYPE, "hard link")):
        for place, to in enumerate(("/etc/passwd", "../outside", "visavis.db")):
            path = folder / f"link{place}{kind!r}.tar.gz"
            yield f"{word} to {to}", packed(path, good, _writing("sealing-key", kind=kind, to=to))
    for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.GNUTYPE_SPARSE, b"Z"):
        yield (
            f"member of kind {kind!r}",
            packed(folder / f"kind{kind!r}.tar.gz", good, _writing("files/a", kind=kind)),
        )
    yield "a chain of links", packed(folder / "chain.tar.gz", good, *_chain())
    yield "twice the same", packed(folder / "twice.tar.gz", good, _writing("lasting-key", b"other"))
    yield "not in the manifest", packed(folder / "more.tar.gz", good, _writing("visavis.db-journal"))
    yield "wrong hash", packed(folder / "hash.tar.gz", good, files=dict.fromkeys(good, "0" * 64))
    yield (
        "missing file",
        packed(folder / "missing.tar.gz", good, files=dict.fromkeys((*good, "rows/a.jsonl"), "0")),
    )
    yield from _manifests(folder, good)
    yield from _bytes(folder, good)


def _chain() -> Iterator[Write]:
    """Names so long that where a link leads is not seen by who checks it (CVE-2025-4517)."""
    for depth in range(16):
        place = "/".join(["d" * 200] * (depth + 1))
        yield _writing(place, kind=tarfile.DIRTYPE)
        yield _writing(f"l{depth}", kind=tarfile.SYMTYPE, to=place)
    yield _writing("way/out", kind=tarfile.SYMTYPE, to="../" * 16)
    yield _writing("way/out/outside")


def _manifests(folder: Path, good: Mapping[str, bytes]) -> Iterator[tuple[str, Path]]:
    said: dict[str, Any] = {
        "kind": "else",
        "taken_at": "\x1b[2J",
        "engine": "\x1b]0;x\x07",
        "counts": {"t": "many"},
        "migrations": ["\x1b[2J"],
        "format": [],
        "files": [],
        "visavis": 1,
    }
    for name, value in said.items():
        yield f"manifest says {name} {value!r}", packed(folder / f"said-{name}.tar.gz", good, **{name: value})
    for name, content in (("deep", b"[" * 200_000), ("none", b""), ("bytes", b"\xff\xfe"), ("list", b"[]")):
        path = folder / f"manifest-{name}.tar.gz"
        with tarfile.open(path, "w:gz") as made:
            add(made, "manifest.json", content)
        yield f"manifest: {name}", path
    outside = dict.fromkeys((*good, "/etc/passwd", "../../outside", "/dev/zero"), "0" * 64)
    yield "manifest of files elsewhere", packed(folder / "elsewhere.tar.gz", good, files=outside)


def _bytes(folder: Path, good: dict[str, bytes]) -> Iterator[tuple[str, Path]]:
    """Torn, flipped, bombs."""
    whole = packed(folder / "whole.tar.gz", good | {"files/a": bytes(range(256)) * 400}).read_bytes()
    for part in range(1, 8):
        path = folder / f"cut{part}.tar.gz"
        path.write_bytes(whole[: len(whole) * part // 8])
        yield f"cut at {part}/8", path
    for part in range(1, 8):
        path, at = folder / f"flipped{part}.tar.gz", len(whole) * part // 8
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        yield f"flipped at {part}/8", path
    for name, size in (("disk", 1 << 60), ("header", 8 << 30), ("negative", -1536)):
        path = folder / f"bomb-{name}.tar.gz"
        path.write_bytes(gzip.compress(_header(name, size) + bytes(10240)))
        yield f"announces {size} bytes ({name})", path
    many = folder / "long.tar.gz"
    names = b"".join(_header("header", 512) + b"a" * 511 + b"\0" for _ in range(4000))
    many.write_bytes(gzip.compress(names + bytes(10240)))
    yield "a chain of long names", many
    large = folder / "large-manifest.tar.gz"
    with tarfile.open(large, "w:gz") as made:
        add(made, "manifest.json", b" " * (17 << 20))
    yield "a manifest of 17 MB", large


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo("visavis.db")
    member.size, member.type = size, tarfile.GNUTYPE_LONGNAME if name == "header" else tarfile.REGTYPE
    return member.tobuf(tarfile.GNU_FORMAT)
