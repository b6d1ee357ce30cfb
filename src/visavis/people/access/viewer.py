"""The viewer: first argument of every read. Without a grant, nothing is seen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from visavis.core.words import Role
from visavis.people.access.models import Grant
from visavis.people.access.policy import RIGHTS, Right
from visavis.people.accounts.models import Account
from visavis.people.units.fields import branch

#: Matches no row of any table.
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person at work: the branches of the tree where each right holds."""

    account_id: int | None = None
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    branches: dict[Right, tuple[str, ...]] = field(default_factory=dict)

    def within(self, right: Right, path: str = "unit_path") -> Q:
        """Filter on the column ``path`` for the branches where ``right`` holds; none matches nothing."""
        reach = NOTHING
        for top in self.branches.get(right, ()):
            reach |= branch(top, path)
        return reach

    def own(self, right: Right, person: str = "person_id") -> Q:
        """Filter on the column ``person`` for the viewer's own rows, if ``right`` is held anywhere."""
        if self.person_id is None or not self.may(right):
            return NOTHING
        return Q(**{person: self.person_id})

    def may(self, right: Right, path: str = "") -> bool:
        """Whether ``right`` holds at ``path``, or anywhere if no path is given."""
        tops = self.branches.get(right, ())
        return any(path.startswith(top) for top in tops) if path else bool(tops)

    def must(self, right: Right, path: str = "") -> None:
        """Refuse unless ``right`` holds at ``path``, or anywhere if no path is given.

        Raises:
            PermissionDenied: if it does not.
        """
        if not self.may(right, path):
            raise PermissionDenied


#: Nobody signed in: sees nothing.
NOBODY = Viewer()


def _outermost(paths: set[str]) -> tuple[str, ...]:
    """Drop the paths that another one already covers."""
    return tuple(p for p in sorted(paths) if not any(p != q and p.startswith(q) for q in paths))


def viewer_of(account: Account, *, today: dt.date) -> Viewer:
    """Gather the grants of ``account`` that hold ``today``.

    Args:
        account: who is signed in; a closed account sees nothing.
        today: the day on which grants must hold.

    Returns:
        The viewer, with the outermost branches of each right.
    """
    if not account.is_active:
        return NOBODY
    paths: dict[Right, set[str]] = defaultdict(set)
    roles = set()
    for name, path in (
        Grant.objects.on(today).filter(account=account).values_list("role", "unit__path").order_by("pk")
    ):
        role = Role(name)
        roles.add(role)
        for right in RIGHTS[role]:
            paths[right].add(path)
    branches = {right: _outermost(found) for right, found in paths.items()}
    return Viewer(account.pk, account.person_id, frozenset(roles), branches)


def system() -> Viewer:
    """The viewer of commands and jobs: whoever holds the machine may do what the product can do."""
    return Viewer(None, None, frozenset(Role), dict.fromkeys(Right, ("/",)))
