"""The journal of sentences: one line a gesture, told on screen in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise

from visavis.people.access import chain
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import Viewer

#: A place of a sentence.
PLACE = re.compile(r"%\(\w+\)s")
_SENTENCES: dict[str, str | Promise] = {}
#: Says what is kept as a code in the language in force.
Spoken = Callable[[str], object]
_SPOKEN: dict[str, Mapping[str, Spoken]] = {}


def tells(verb: str, sentence: str | Promise, **spoken: Spoken) -> None:
    """Register the sentence of ``verb``, with named places (``%(name)s``); rooms do it in ``apps.ready``.

    Args:
        verb: ``room.gesture``.
        sentence: its sentence.
        spoken: place -> how its word is said; the words of other places are said as they were written.
    """
    _SENTENCES[verb], _SPOKEN[verb] = sentence, spoken


def labelled(choices: Iterable[tuple[str, str | Promise]]) -> Spoken:
    """Say a code by its label; one that is no longer among ``choices`` as it is."""
    labels = dict(choices)
    return lambda code: labels.get(code, code)


def write(
    *, by: Viewer, verb: str, about: object = "", unit_path: str = "", **words: str | int | float
) -> JournalEntry:
    """Add one line, inside the transaction of the gesture it tells.

    Args:
        by: who acts.
        verb: ``room.gesture`` as registered with ``tells``.
        about: what it is about, shown as its class and key.
        unit_path: branch of the tree concerned.
        words: short facts that the sentence needs. Never a text that somebody wrote to us.

    Raises:
        KeyError: if the verb has no sentence.
    """
    _SENTENCES[verb]
    name = f"{type(about).__name__} {getattr(about, 'pk', '')}".strip() if about else ""
    entry = JournalEntry(
        account_id=by.account_id,
        actor=by.account_id,
        verb=verb,
        about=name[:80],
        unit_path=unit_path,
        words=words,
    )
    return chain.append(entry)


def verbs() -> dict[str, str]:
    """Each verb with its sentence in the language in force, its places left open."""
    return {verb: PLACE.sub("…", str(told)) for verb, told in _SENTENCES.items()}


class _Words(dict[str, object]):
    """The words of a line. One older than its sentence says its code for a name, leaves the rest open."""

    def __missing__(self, place: str) -> object:
        codes = [self[kept] for kept in ("code", "theme", "moment") if kept in self]
        return codes[0] if codes and place == "name" else "…"


def sentence(entry: JournalEntry) -> str:
    """Tell a line in the language in force; a verb of a removed room tells its name."""
    spoken = {
        name: str(say(entry.words[name]))
        for name, say in _SPOKEN.get(entry.verb, {}).items()
        if name in entry.words
    }
    told: str = str(_SENTENCES.get(entry.verb, entry.verb)) % _Words(entry.words | spoken)
    return told
