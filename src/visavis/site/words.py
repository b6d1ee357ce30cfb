"""The French of the screens: what each room says, and whether its catalogue says it all.

``python -m visavis.site.words extract [ROOM]`` writes what is new into the catalogues (ROOM as
``act/inbox``), ``check [ROOM]`` names what is missing, ``compile`` makes the files that Django reads. No
gettext program is needed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

from visavis.site.spoken import Message, UnreadableMessage, messages_of

HOUSE = Path(__file__).parents[1]
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
#: A place in a msgid: ``%(name)s``.
PLACE = re.compile(r"%\((\w+)\)[sd]")
ANONYMOUS = re.compile(r"%[sdifr](?!\w)")
#: French puts a space that never breaks before these; a plain one lets the line break there.
LOOSE = re.compile(r" [;:!?»]|« | %(?![(sd])")
#: French screens have one apostrophe, the typographic one; a straight one is a slip of the keyboard.
STRAIGHT, APOSTROPHE = "'", "’"
METADATA = {
    "Project-Id-Version": "visavis",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


@dataclass
class Room:
    """One room's folder, what its screens say and the catalogue it keeps."""

    folder: Path
    said: dict[tuple[str, str], Message] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.folder.relative_to(self.folder.parents[1]))

    @property
    def path(self) -> Path:
        return self.folder / CATALOGUE

    def catalogue(self) -> polib.POFile:
        """The catalogue as written, or an empty one."""
        if self.path.exists():
            return polib.pofile(str(self.path), wrapwidth=100)
        made = polib.POFile(wrapwidth=100)
        made.metadata = dict(METADATA)
        return made


def _sources(folder: Path, others: set[Path]) -> Iterator[Path]:
    """The Python files and templates of a room, those of rooms inside it left out."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        if path.suffix not in {".py", ".html", ".txt", ".svg"} or {"migrations", "locale", "static"} & set(
            inner
        ):
            continue
        if not any(parent in others for parent in path.parents if parent != folder):
            yield path


def rooms(house: Path = HOUSE) -> list[Room]:
    """Every room of ``house`` (a folder with an ``apps.py``) with all that it says."""
    folders = {path.parent for path in house.rglob("apps.py")}
    found = []
    for folder in sorted(folders):
        room = Room(folder)
        for path in _sources(folder, {other for other in folders if folder in other.parents}):
            try:
                heard = messages_of(path)
            except UnreadableMessage as fault:
                room.faults.append(f"{path.relative_to(house)}: {fault}")
                continue
            for message in heard:
                room.said.setdefault(message.key, message)
        found.append(room)
    return found


def _msgid_faults(message: Message) -> Iterator[str]:
    for text in filter(None, (message.text, message.plural)):
        if ANONYMOUS.search(PLACE.sub("", text.replace("%%", ""))):
            yield f"anonymous place in {text!r}: name it, as in %(count)s"


def _wordings(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _entry_faults(entry: polib.POEntry) -> Iterator[str]:
    name = repr(entry.msgid)
    if entry.fuzzy:
        yield f"fuzzy {name}"
    wordings = _wordings(entry)
    if not all(wordings) or (entry.msgid_plural and len(wordings) != 2):
        yield f"empty {name}"
        return
    places = set(PLACE.findall(entry.msgid + (entry.msgid_plural or "")))
    for text in wordings:
        if not set(PLACE.findall(text)) <= places:
            yield f"unknown place in the French of {name}"
        if LOOSE.search(text):
            yield f"plain space before a double sign in the French of {name}"
        if STRAIGHT in text:
            yield f"straight apostrophe in the French of {name}"
    if not entry.msgid_plural and set(PLACE.findall(wordings[0])) != places:
        yield f"lost place in the French of {name}"


def faults_of(room: Room) -> list[str]:
    """All that is wrong with the words of one room, each fault with the words concerned."""
    catalogue = {
        (entry.msgctxt or "", entry.msgid): entry for entry in room.catalogue() if not entry.obsolete
    }
    found = list(room.faults)
    for key, message in room.said.items():
        found += _msgid_faults(message)
        if key not in catalogue:
            found.append(f"missing {message.text!r}")
        elif (catalogue[key].msgid_plural or "") != message.plural:
            found.append(f"other plural for {message.text!r}")
    for key, entry in catalogue.items():
        found += [f"unused {entry.msgid!r}"] if key not in room.said else list(_entry_faults(entry))
    return [f"{room.name}: {fault}" for fault in found]


def _disagreements(house: list[Room]) -> Iterator[str]:
    """Words that two rooms put in different French: Django would show either."""
    first: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for room in house:
        for entry in room.catalogue():
            name, wordings = first.setdefault(
                (entry.msgctxt or "", entry.msgid), (room.name, _wordings(entry))
            )
            if wordings != _wordings(entry):
                yield f"{room.name}: {entry.msgid!r} is said otherwise in {name}"


def check(house: Path = HOUSE) -> list[str]:
    """Everything that keeps the French screens from being whole; empty when they are."""
    all_rooms = rooms(house)
    return [fault for room in all_rooms for fault in faults_of(room)] + list(_disagreements(all_rooms))


def _tight(text: str) -> str:
    """Bind double signs and percents to the word before them, and bend apostrophes, as French does."""
    return LOOSE.sub(lambda found: found[0].replace(" ", "\u00a0"), text).replace(STRAIGHT, APOSTROPHE)


def _entry(message: Message, known: dict[tuple[str, str], polib.POEntry]) -> polib.POEntry:
    kept = known.get(message.key)
    made = polib.POEntry(
        msgid=message.text, msgctxt=message.context or None, occurrences=[(message.where, "")], wrapwidth=100
    )
    if message.plural:
        made.msgid_plural = message.plural
        plurals = kept.msgstr_plural if kept and kept.msgid_plural else {0: "", 1: ""}
        made.msgstr_plural = {number: _tight(text) for number, text in plurals.items()}
    else:
        made.msgstr = _tight(kept.msgstr) if kept else ""
    if kept:
        made.flags, made.tcomment = kept.flags, kept.tcomment
    elif "%(" in message.text:
        made.flags = ["python-format"]
    return made


def extract(house: Path = HOUSE, only: str = "") -> list[str]:
    """Bring catalogues in line with their rooms: new words empty, unused ones gone, French kept.

    Args:
        house: the folder of the product.
        only: name of the one room to work on, as ``act/inbox``; every room if empty.

    Returns:
        One line a room that still has words to translate.
    """
    told = []
    for room in rooms(house):
        if only not in {"", room.name} or not (room.said or room.path.exists()):
            continue
        written = room.catalogue()
        known = {(entry.msgctxt or "", entry.msgid): entry for entry in written}
        fresh = polib.POFile(wrapwidth=100)
        fresh.metadata = written.metadata or dict(METADATA)
        fresh.extend(_entry(message, known) for message in room.said.values())
        room.path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(room.path))
        if left := sum(not all(_wordings(entry)) for entry in fresh):
            told.append(f"{room.name}: {left} to translate")
    return told


def compile_all(catalogues: Iterable[Path]) -> int:
    """Write the file that Django reads beside each catalogue that is newer than it.

    Returns:
        How many were written.
    """
    written = 0
    for path in catalogues:
        made = path.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(made))
            written += 1
    return written


def main(words: list[str]) -> int:
    """Run one of ``extract``, ``check``, ``compile``; 1 if something is left to do by hand."""
    match words:
        case ["extract", *name]:
            told = extract(only="".join(name[:1]))
        case ["check", *name]:
            told = [fault for fault in check() if fault.startswith("".join(name[:1]))]
        case ["compile"]:
            told = []
            compile_all(HOUSE.rglob("locale/*/LC_MESSAGES/django.po"))
        case _:
            told = [__doc__ or ""]
    sys.stdout.writelines(f"{line}\n" for line in told)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
