"""What an anonymous answer says of who gave it: few things, in few words, or nobody would be anonymous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from visavis.listen.imports.reading.fields import MOST_TRAITS, TRAIT
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.base import Numbered, sized

#: Values of one trait; characters of a value.
MOST_VALUES: Final = 12
_LONGEST: Final = 40


class Traits:
    """The traits of one lot.

    Args:
        fields: of the mapping; those that are traits count.
        rows: the lot.
    """

    def __init__(self, fields: Sequence[str], rows: Sequence[Numbered]) -> None:
        self.names = sorted(name for name in fields if name.startswith(TRAIT))
        held = {name: {row.row.values.get(name) for row in rows} - {None} for name in self.names}
        self._fine = {name: len(values) for name, values in held.items() if len(values) > MOST_VALUES}

    def read(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The traits that a row says, by name.

        Raises:
            Unfit: if the file holds too many traits, or one of them says too much.
        """
        for name in self.names[MOST_TRAITS:]:
            raise Unfit(Reason.TOO_MANY_TRAITS, name, most=MOST_TRAITS)
        for name, number in self._fine.items():
            raise Unfit(Reason.TRAIT_TOO_FINE, name, number=number, most=MOST_VALUES)
        told = {name: sized(values.get(name), _LONGEST, name) for name in self.names}
        return {name.removeprefix(TRAIT): value for name, value in told.items() if value}
