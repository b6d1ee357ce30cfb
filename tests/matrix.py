"""The matrix of routes: for each address, who may and what everybody else gets. A new one needs its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.house import Cast
from visavis.core.words import Role

EVERY_ROLE = frozenset(Role)
ABSENT = 987_654_321


@dataclass(frozen=True, slots=True)
class Row:
    """One route.

    Attributes:
        name: as given to ``reverse``.
        may: the roles that may. None: whoever is signed in, even without any role.
        public: also open to somebody who did not sign in.
        of: for a route with an object, builds the owner's one and gives the words of its address.
        absent: the words of the address of an object that does not exist; needed with ``of``.
        shared: whoever has the right anywhere has the object: there is no neighbour, only strangers.
        personal: the roles whose holders have only their own: a colleague of the same team has it not.
        at_root: the right must hold at the root: the owner has it there, the neighbour on a branch.
        words: other words of the address, the same for everybody.
        method: ``get`` or ``post``.
        data: what is sent along: a dictionary, or a function of the cast.
        answers: what those who may get.
        refused: what the others who are signed in get; 403 or 404 if not said.
        nobody: what somebody not signed in gets: sent to sign in, unless the route is public.
        demo: the address exists in the demo only.
        note: why the row is unlike the others.
    """

    name: str
    may: frozenset[Role] | None = None
    public: bool = False
    of: Callable[[Cast], dict[str, Any]] | None = None
    absent: dict[str, Any] = field(default_factory=dict)
    shared: bool = False
    personal: frozenset[Role] = frozenset()
    at_root: bool = False
    words: dict[str, Any] = field(default_factory=dict)
    method: str = "get"
    data: Mapping[str, Any] | Callable[[Cast], Mapping[str, Any]] = field(default_factory=dict)
    answers: int = 200
    refused: int = 0
    nobody: int = 0
    demo: bool = False
    note: str = ""

    @property
    def for_others(self) -> set[int]:
        """What those who may not get."""
        return {self.refused} if self.refused else {403, 404}

    @property
    def for_nobody(self) -> int:
        """What somebody not signed in gets."""
        return self.nobody or (self.answers if self.public else 302)


def rows() -> list[Row]:
    """The rows of every file ``routes.py`` of the tests: each room keeps its own."""
    here = Path(__file__).parent
    names = (
        ".".join(("tests", *path.relative_to(here).with_suffix("").parts)) for path in here.rglob("routes.py")
    )
    return [row for name in sorted(names) for row in import_module(name).ROWS]
