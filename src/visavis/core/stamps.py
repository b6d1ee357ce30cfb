"""Two people change the same thing at once: what each changed is kept, and where both did the second is told.

A form carries the stamp of each field that it showed. When it comes back, three versions of a field can be
told apart by their stamps alone: the one that was shown, the one that is there now, the one that was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b


class MeanwhileError(Exception):
    """Somebody changed what was typed too, otherwise.

    Attributes:
        now: what is there: name of a field → value.
        names: the fields that both changed.
    """

    def __init__(self, now: Mapping[str, object], names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.now, self.names = now, names


def stamp_of(content: object) -> str:
    """A short name of what ``content`` says; what JSON does not know is taken by its words.

    >>> stamp_of({"a": 1, "b": 2}) == stamp_of({"b": 2, "a": 1})
    True
    """
    return blake2b(json.dumps(content, sort_keys=True, default=str).encode(), digest_size=8).hexdigest()


def field_stamp(value: object) -> str:
    r"""The stamp of one field as a browser sends it back: blanks around and kinds of line ends do not count.

    >>> field_stamp(None) == field_stamp("") and field_stamp("a\nb") == field_stamp(" a\r\nb ")
    True
    """
    if value is None or isinstance(value, str):
        value = (value or "").replace("\r\n", "\n").strip()
    return stamp_of(value)


def stamps_of(now: Mapping[str, object]) -> str:
    """The stamps of what a form shows, as one word for a hidden field.

    >>> seen_stamps(stamps_of({"name": "Lille"})) == {"name": field_stamp("Lille")}
    True
    """
    return " ".join(f"{name}={field_stamp(value)}" for name, value in now.items())


def seen_stamps(seen: str) -> dict[str, str]:
    """Read back what ``stamps_of`` wrote; nothing from anything else."""
    pairs = (word.partition("=") for word in seen.split())
    return {name: stamp for name, _equals, stamp in pairs}


def merged(typed: Mapping[str, object], *, now: Mapping[str, object], seen: str | None) -> dict[str, object]:
    """Put what was typed over what is there, field by field.

    Call it where ``now`` is held, in the transaction that writes: two people at once then come one after
    the other.

    Args:
        typed: name of a field → value, as typed.
        now: what is there; a name that it lacks is no shared field, and is taken as typed.
        seen: ``stamps_of`` what was on screen; none where no screen showed anything (an import).

    Returns:
        Name → value to write: as typed where its author changed it, else as it is.

    Raises:
        MeanwhileError: if somebody else changed a field that was typed otherwise.

    >>> seen = stamps_of({"name": "Lille", "kind": "site"})
    >>> merged({"name": "Lille", "kind": "team"}, now={"name": "Lille centre", "kind": "site"}, seen=seen)
    {'name': 'Lille centre', 'kind': 'team'}
    """
    if seen is None:
        return dict(typed)
    shown = seen_stamps(seen)
    clashes = tuple(name for name in typed if name in now and _clash(typed[name], now[name], shown.get(name)))
    if clashes:
        raise MeanwhileError(now, clashes)
    return {name: value if _changed(name, value, now, shown) else now[name] for name, value in typed.items()}


def _changed(name: str, value: object, now: Mapping[str, object], shown: Mapping[str, str]) -> bool:
    return name not in now or field_stamp(value) != shown.get(name)


def _clash(typed: object, now: object, shown: str | None) -> bool:
    return len({field_stamp(typed), field_stamp(now), shown}) == 3
