"""How rooms erase again, after a restore, what the journal says was erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from visavis.people.access.viewer import Viewer
from visavis.people.erasures.models import Erasure, Kind
from visavis.people.erasures.queries import erased

#: All the keys of a kind that the database holds now.
Keys = Callable[[], Iterable[str | int]]
#: Erases the thing of one key; noting it again changes nothing.
Eraser = Callable[[Viewer, str | int], None]
_KINDS: dict[Kind, tuple[Keys, Eraser]] = {}


def erases(kind: Kind, keys: Keys, eraser: Eraser) -> None:
    """Register how the things of ``kind`` are listed and erased; rooms do it in ``apps.ready``."""
    _KINDS[kind] = (keys, eraser)


def replay(by: Viewer) -> dict[Kind, int]:
    """Erase again what the journal names and the database holds; how many of each kind.

    Raises:
        LookupError: if the journal names a kind that no room erases: nothing may be said restored.
    """
    named = {
        Kind(kind) for kind in Erasure.objects.order_by("kind").values_list("kind", flat=True).distinct()
    }
    if unknown := named - _KINDS.keys():
        raise LookupError(f"no room erases {', '.join(sorted(unknown))}")
    return {kind: _again(by, kind) for kind in sorted(named)}


def _again(by: Viewer, kind: Kind) -> int:
    keys, eraser = _KINDS[kind]
    found = erased(kind, keys())
    for key in sorted(found, key=str):
        eraser(by, key)
    return len(found)
