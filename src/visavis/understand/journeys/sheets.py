"""One moment as it is written, whatever holds it: the table in force, a draft, an edition. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from visavis.core.languages import say
from visavis.core.stamps import stamp_of

_LISTS: Final = ("reasons", "channels", "facing", "questions")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is written of one moment.

    Attributes:
        code: its stable name.
        kind: ``truth`` (customers live it) or ``life`` (employees do).
        stage: where it stands in the journey.
        name: language -> its name on screen.
        description: language -> what is lived there.
        stake: ``ordinary`` or ``high``.
        reasons: codes of the contact reasons that it covers.
        channels: codes of the channels that it covers.
        facing: codes of the moments that it faces on the other side.
        questions: keys of the questions that listen to it.
        position: its place in the company's order.
        retired: whether it is no longer used; its history stays.
    """

    code: str
    kind: str = "truth"
    stage: str = "smot"
    name: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    stake: str = "ordinary"
    reasons: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    facing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    position: int = 0
    retired: bool = False

    def label(self, language: str) -> str:
        """Its name in ``language``, or in another one; its code if it has none."""
        return say(self.name, language) or self.code

    def as_row(self) -> dict[str, Any]:
        """The sheet ready for JSON."""
        row = asdict(self)
        return row | {name: list(row[name]) for name in _LISTS}

    @property
    def stamp(self) -> str:
        """Changes whenever anything of the sheet changes: two people who write it at once find out."""
        return stamp_of(self.as_row())


Sheets = Mapping[str, Sheet]
_KNOWN: Final = frozenset(each.name for each in fields(Sheet))


def sheet_of(row: Mapping[str, Any], position: int = 0) -> Sheet:
    """Read a sheet back from what ``Sheet.as_row`` made, or from an edition of an older shape.

    >>> sheet_of({"code": "join", "reasons": ["sale"]}, 3).position
    3
    """
    kept = {"position": position} | {name: value for name, value in row.items() if name in _KNOWN}
    return Sheet(**kept | {name: tuple(row.get(name) or ()) for name in _LISTS})


def by_code(rows: Iterable[Mapping[str, Any]]) -> dict[str, Sheet]:
    """Sheets by their code, in the order of the rows."""
    return {str(row["code"]): sheet_of(row, position) for position, row in enumerate(rows)}


def live(sheets: Sheets) -> list[Sheet]:
    """The moments in use, in the company's order."""
    kept = [sheet for sheet in sheets.values() if not sheet.retired]
    return sorted(kept, key=lambda sheet: (sheet.position, sheet.code))


def covering(sheets: Sheets) -> dict[str, str]:
    """Code of a contact reason -> the only moment of truth that covers it; shared reasons name none."""
    told: dict[str, list[str]] = {}
    for sheet in live(sheets):
        for reason in sheet.reasons if sheet.kind == "truth" else ():
            told.setdefault(reason, []).append(sheet.code)
    return {reason: codes[0] for reason, codes in told.items() if len(codes) == 1}


@dataclass(frozen=True, slots=True)
class Change:
    """One moment in two versions; either may be missing."""

    code: str
    before: Sheet | None
    after: Sheet | None

    @property
    def sheet(self) -> Sheet:
        """The moment as it is in the later version, or as it was."""
        return self.after or self.before or Sheet(self.code)

    @property
    def way(self) -> str:
        """``added``, ``retired``, ``reinstated`` or ``changed``."""
        was = self.before is not None and not self.before.retired
        now = self.after is not None and not self.after.retired
        if was and now:
            return "changed"
        if was:
            return "retired"
        return "reinstated" if self.before else "added"

    @property
    def turned(self) -> list[str]:
        """Names of the fields that differ."""
        if self.before is None or self.after is None:
            return []
        names = [each.name for each in fields(Sheet) if each.name not in {"code", "retired"}]
        return [name for name in names if getattr(self.before, name) != getattr(self.after, name)]


def changes(before: Sheets, after: Sheets) -> list[Change]:
    """The moments that differ between two versions, in the order of the later one, those that left last."""
    codes = [sheet.code for sheet in live(after)]
    codes += [code for code in (*after, *before) if code not in set(codes)]
    found = [Change(code, before.get(code), after.get(code)) for code in dict.fromkeys(codes)]
    return [one for one in found if one.before != one.after and not _gone(one)]


def _gone(change: Change) -> bool:
    return all(sheet is None or sheet.retired for sheet in (change.before, change.after))
