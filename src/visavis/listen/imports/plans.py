"""What to do with a file: the mapping of its columns, and what becomes of values nobody knows."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from visavis.listen.imports.reading.mapping import Mapping


class Unknown(StrEnum):
    """What becomes of a value that the company's lists do not hold."""

    CREATE = "create"  # add it to the list
    IGNORE = "ignore"  # import the row without it
    REJECT = "reject"  # reject the row


#: Fields whose values are compared with the company's lists, and whether the list may grow by an import.
LISTED: Final[dict[str, bool]] = {
    "unit": True,
    "person": True,
    "channel": True,
    "reason": True,
    "level": True,
    "moment": False,
    "contact": False,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping and the choices that go with it.

    Attributes:
        mapping: where each column goes, and what reconciled values stand for.
        unknown: field -> what becomes of its unknown values; a field left out follows the instance: an
            empty list is filled, a list that somebody wrote is respected.
        create: field -> values to add whatever ``unknown`` says.
        company: name of the root of the organisation, if it must be created.
    """

    mapping: Mapping
    unknown: Dictionary[str, Unknown] = field(default_factory=dict)
    create: Dictionary[str, frozenset[str]] = field(default_factory=dict)
    company: str = ""

    def fate(self, name: str, value: str) -> Unknown:
        """What becomes of an unknown ``value`` of the field ``name``."""
        if value in self.create.get(name, ()):
            return Unknown.CREATE
        return self.unknown.get(name, Unknown.REJECT)

    def with_mapping(self, mapping: Mapping) -> Plan:
        """The same choices for another mapping."""
        return replace(self, mapping=mapping)

    def to_json(self) -> dict[str, Any]:
        """Ready for ``json.dumps``; the inverse is :meth:`from_json`."""
        return self.mapping.to_json() | {
            "unknown": {name: str(fate) for name, fate in sorted(self.unknown.items())},
            "create": {name: sorted(values) for name, values in sorted(self.create.items())},
            "company": self.company,
        }

    @classmethod
    def from_json(cls, data: Dictionary[str, Any]) -> Plan:
        """Read what :meth:`to_json` wrote, or a mapping written by hand.

        Raises:
            ValueError: if it is not one, or a choice is none of ours.
        """
        unknown = {str(name): Unknown(fate) for name, fate in dict(data.get("unknown", {})).items()}
        create = {
            str(name): frozenset(map(str, values)) for name, values in dict(data.get("create", {})).items()
        }
        strange = {*unknown, *create} - set(LISTED)
        if strange:
            raise ValueError(f"no list for the fields {', '.join(sorted(strange))}")
        return cls(Mapping.from_json(data), unknown, create, str(data.get("company", "")))


def everywhere(fate: Unknown) -> dict[str, Unknown]:
    """The same fate for all unknown values; lists that an import may not write are passed over instead."""
    return {
        name: Unknown.IGNORE if fate is Unknown.CREATE and not grows else fate
        for name, grows in LISTED.items()
    }
