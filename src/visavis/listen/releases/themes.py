"""The themes heard in texts, told to us by the floor that reads them, so that we need not know it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol


class Reading(Protocol):
    """Whoever reads texts."""

    def heard(self, texts: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The codes of the themes that hold today, by text; those without any are left out."""
        ...

    def names(self, codes: Collection[str]) -> Mapping[str, str]:
        """The names of themes, in the language in force."""
        ...

    def parents(self) -> Mapping[str, str]:
        """The theme that each one is under; those under none are left out."""
        ...

    def spoken(self) -> Collection[str]:
        """The codes of the themes in force that the voices released here may speak of."""
        ...


class _Silence:
    """Nobody reads."""

    def heard(self, texts: Collection[int]) -> Mapping[int, Sequence[str]]:  # noqa: ARG002 - as the protocol
        return {}

    def names(self, codes: Collection[str]) -> Mapping[str, str]:
        return {code: code for code in codes}

    def parents(self) -> Mapping[str, str]:
        return {}

    def spoken(self) -> Collection[str]:
        return ()


_READING: list[Reading] = [_Silence()]


def listen_to(reading: Reading) -> None:
    """Register who reads texts; done once, in ``apps.ready``."""
    _READING[:] = [reading]


def heard(texts: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The codes of the themes heard in each text."""
    return _READING[0].heard(texts)


def names(codes: Collection[str]) -> Mapping[str, str]:
    """The names of themes, in the language in force."""
    return _READING[0].names(codes)


def parents() -> Mapping[str, str]:
    """The theme that each one is under."""
    return _READING[0].parents()


def spoken() -> Collection[str]:
    """The themes in force that may be spoken of."""
    return _READING[0].spoken()
