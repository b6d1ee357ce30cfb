"""The differences between two taxonomies in words: a draft, two versions, two people at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.understand.themes.sheets import MUST, Change, Sheets, changes


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a field gained or lost in one language: ``added`` before ``removed``."""

    label: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One theme that differs: its name, sentences that say how, and words gained or lost."""

    code: str
    label: str
    told: tuple[str, ...]
    words: tuple[Words, ...]


def compared(before: Sheets, after: Sheets, language: str) -> list[Compared]:
    """Tell the differences between two taxonomies.

    Args:
        before: the earlier one.
        after: the later one, whole as well.
        language: of the screen.
    """
    every = {**before, **after}
    return [
        Compared(
            one.code,
            one.sheet.label(language),
            tuple(_told(one, every, language)),
            () if one.retired else tuple(_words(one)),
        )
        for one in changes(before, after)
    ]


def _told(change: Change, every: Sheets, language: str) -> list[str]:
    before, after = change.before, change.after
    if change.added:
        return [_("new theme")]
    if change.retired:
        into = every.get(after.merged_into) if after else None
        return [_("merged into “%(theme)s”") % {"theme": into.label(language)}] if into else [_("retired")]
    told = [_("heard again")] if change.reinstated else []
    if before is None or after is None:
        return told
    if change.turned("name"):
        told.append(_("was named “%(name)s”") % {"name": " / ".join(before.name.values())})
    if change.turned("parent"):
        above = every.get(after.parent)
        place = above.label(language) if above else _("First level")
        told.append(_("moved: %(place)s") % {"place": place})
    fields = (
        ("definition", _("other definition")),
        ("voices", _("heard from other voices")),
        ("position", _("another place in the list")),
        ("facing", _("faces other themes")),
    )
    return told + [words for name, words in fields if change.turned(name)]


def _words(change: Change) -> list[Words]:
    labels = {
        "keywords": pgettext("words of a theme", "keywords"),
        "examples": pgettext("words of a theme", "examples"),
        "tests": pgettext("words of a theme", "tests"),
    }
    found = []
    for name, label in labels.items():
        gained, lost = change.gained(name), change.lost(name)
        for key in dict.fromkeys(key for key, _word in [*gained, *lost]):
            sets = ([word for one, word in those if one == key] for those in (gained, lost))
            found.append(Words(f"{label} ({_key(key)})", *map(tuple, sets)))
    return found


def _key(key: str) -> str:
    if len(key) == 2:
        return key
    return _("must have it") if key == MUST else _("must not have it")
