"""Words that lead to somebody, wherever the instance holds them: every column of every table, every file."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from visavis.listen.imports import files
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.listen.returns.written import written
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import SHOWN_VOICES
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.erasures.models import Erasure
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit
from visavis.share.law.purging_files import exports
from visavis.understand.verbatims.forgetting import forget

#: A shorter number stands for many things.
FEWEST_FIGURES: Final = 6
#: What stands in the place of erased words.
GONE: Final = "[…]"
#: Shorter words are said by everybody.
SHORTEST: Final = 4
#: The journal never holds a text that somebody wrote; its chain and that of erasures are not rewritten.
#: Another person or unit may bear the same name. Texts and rejected rows have ways of their own.
_KEPT: Final = (JournalEntry, Erasure, Person, Unit, Account, Verbatim, RejectedRow)
_ENCODINGS: Final = ("utf-8", "cp1252", "utf-16-le")


class BusyError(RuntimeError):
    """A file that names the person is being imported: the erasure waits for it."""


def wanted(words: Sequence[str]) -> list[str]:
    """The words worth looking for, the longest first, each once."""
    kept = {word.strip() for word in words if len(word.strip()) >= SHORTEST}
    kept -= {word for word in kept if word.isdecimal() and len(word) < FEWEST_FIGURES}
    return sorted(kept, key=lambda word: (-len(word), word))


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """What finds the words, whatever their case, not inside a longer word."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def erase_words(words: Sequence[str], *, by: Viewer) -> int:
    """Take words out of texts, notes, names of views, rejected rows and letters, wherever they stand.

    Args:
        words: what leads to the person: a name, a code, an address, a telephone.
        by: who erases; needs the right to answer people's requests.

    Returns:
        How many rows changed.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    found = wanted(words)
    if not found:
        return 0
    changed = _from_texts(found, by)
    for name in ("raw", "params"):
        changed += RejectedRow.objects.filter(pk__in=_holding(RejectedRow, name, found)).delete()[0]
    return changed + sum(_from_column(model, name, found) for model, name in _columns())


def _holding(model: type[models.Model], name: str, words: Sequence[str]) -> list[Any]:
    """The rows whose column holds one of the words; in JSON, letters may be written as escapes."""
    either = models.Q()
    for word in words:
        escaped = json.dumps(word)[1:-1]
        either |= models.Q(_text__icontains=word) | models.Q(_text__icontains=escaped)
    rows = models.QuerySet(model).annotate(_text=Cast(name, models.TextField())).order_by()
    return list(rows.filter(either).values_list("pk", flat=True))


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the house that may hold words; those with unique values are names of ours."""
    for model in apps.get_models():
        if not model.__module__.startswith("visavis.") or model in _KEPT:
            continue
        for field in model._meta.concrete_fields:
            typed = isinstance(field, (models.CharField, models.TextField, models.JSONField))
            if typed and not (field.unique or field.choices or field.primary_key):
                yield model, field.name


def _from_column(model: type[models.Model], name: str, words: Sequence[str]) -> int:
    found, changed = _holding(model, name, words), 0
    rows: models.QuerySet[Any] = models.QuerySet(model).filter(pk__in=found).order_by("pk")
    for row in rows:
        before = getattr(row, name)
        after = _without(before, pattern(words))
        if after != before:
            changed += models.QuerySet(model).filter(pk=row.pk).update(**{name: after})
    return changed


def _without(value: Any, gone: re.Pattern[str]) -> Any:
    match value:
        case str():
            return gone.sub(GONE, value)
        case dict():
            return {gone.sub(GONE, str(name)): _without(one, gone) for name, one in value.items()}
        case list():
            return [_without(one, gone) for one in value]
        case _:
            return value


def _from_texts(words: Sequence[str], by: Viewer) -> int:
    """What stays of a text is what was said without the name; what was copied from it goes."""
    keys = _holding(Verbatim, "text", words)
    rows = [
        row for row in Verbatim.objects.filter(pk__in=keys).order_by("pk") if pattern(words).search(row.text)
    ]
    forget([row.pk for row in rows], by=by, readings=False)
    for row in rows:
        told = written(row.voice, pattern(words).sub(GONE, row.text))
        Verbatim.objects.filter(pk=row.pk).update(**told)
    mark_changed(row.heard_on for row in rows if row.voice in SHOWN_VOICES)
    return len(rows)


def erase_files(words: Sequence[str]) -> int:
    """Delete the files received or written that hold the words; a draft whose file goes is cancelled.

    Args:
        words: what leads to the person.

    Returns:
        How many files went.

    Raises:
        BusyError: if one of them is being imported.
    """
    found = [path for path in _files() if holds(path, wanted(words))]
    names = [path.name for path in found]
    runs = ImportRun.objects.filter(stored_as__in=names)
    if runs.filter(status=ImportRun.Status.RUNNING).exists():
        raise BusyError
    runs.filter(status__in=(ImportRun.Status.DRAFT, ImportRun.Status.QUEUED)).update(
        status=ImportRun.Status.CANCELLED
    )
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _files() -> Iterator[Path]:
    for folder in (files.folder(), exports()):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def holds(path: Path, words: Sequence[str]) -> bool:
    """Whether a file holds one of the words, in any usual encoding, workbooks unfolded."""
    wanted_bytes = [word.encode(each, "ignore") for word in words for each in _ENCODINGS]
    return any(one and one in block for block in _blocks(path) for one in wanted_bytes)


def _blocks(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as folded:
            for member in folded.infolist():
                yield folded.read(member)
