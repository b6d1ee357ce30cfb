"""The journal of sentences: one line a gesture, told on screen in the reader's language."""

from __future__ import annotations

import re

from django.utils.functional import Promise

from visavis.people.access import chain
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import Viewer

#: A place of a sentence.
PLACE = re.compile(r"%\(\w+\)s")
_SENTENCES: dict[str, str | Promise] = {}


def tells(verb: str, sentence: str | Promise) -> None:
    """Register the sentence of ``verb``, with named places (``%(name)s``); rooms do it in ``apps.ready``."""
    _SENTENCES[verb] = sentence


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


def sentence(entry: JournalEntry) -> str:
    """Tell a line in the language in force; a verb of a removed room tells its name."""
    told: str = str(_SENTENCES.get(entry.verb, entry.verb)) % entry.words
    return told
