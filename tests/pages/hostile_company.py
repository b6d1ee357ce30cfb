"""The company of the pages with room for hostile strings: an object of each route for each role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests import hostile, planted
from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row, rows
from tests.pages import company, sweep
from visavis.core.words import Role

#: What can be read, one row a route.
READ = list({row.name: row for row in rows() if row.method == "get" and not row.demo}.values())
#: Where no company word is shown and whoever signs in may be turned away.
_OWN_DOORS = ("account_", "mfa_", "sign_on")
#: Pages that are an e-mail as it will be read.
EMAILS = {"letters:preview_page", "letters:letter_page"}


@dataclass
class HostileCompany:
    """The company, the words of the addresses of what is in it, and the browsers of its people."""

    company: company.Company
    words: dict[tuple[str, Role], dict[str, Any]] = field(default_factory=dict)
    clients: dict[Role, HouseClient] = field(default_factory=dict)

    def paths(self, row: Row, role: Role) -> Iterator[str]:
        """The addresses of a route for a role."""
        words = self.words[row.name, role]
        for form in ("csv", "xlsx", "pdf", "json") if "form" in words else ("",):
            with suppress(NoReverseMatch):
                yield reverse(row.name, kwargs=words | ({"form": form} if form else {}))

    def answers(self, row: Row, role: Role) -> Iterator[tuple[str, Any]]:
        """What a route answers in each of its forms; a file that leaves for a reason is given one."""
        for path in self.paths(row, role):
            answer = self.clients[role].get(path)
            yield path, answer
            if b'name="pourquoi"' in getattr(answer, "content", b""):
                yield path, self.clients[role].post(path, {"pourquoi": "=1+1 <script>alert(1)</script>"})


def roles(row: Row) -> list[Role]:
    """The roles that may open a route."""
    return sorted(EVERY_ROLE if row.may is None else row.may)


@transaction.atomic
def build(size: int, read: Iterable[Row] = READ) -> HostileCompany:
    """Fill an empty instance: room for ``size`` strings of each kind, the objects of each route."""
    found = HostileCompany(company.fill())
    found.clients.update({role: sweep.client_of(found.company, role) for role in Role})
    planted.grow(size)
    for row in read:
        for role in roles(row):
            words = row.of(found.company.casts[role]) if row.of else {}
            found.words[row.name, role] = {**row.words, **words}
    return found


def faults(answer: Any, row: Row, batch: list[str]) -> Iterator[str]:
    """What is wrong with the answer of a route once the strings are everywhere."""
    turned_away = answer.status_code == 403 or "/compte/login" in answer.get("Location", "")
    if turned_away and not row.name.startswith(_OWN_DOORS):
        yield f"not let in: {answer.status_code}"
    yield from hostile.faults_of(answer, styles=row.name in EMAILS)
    if "html" in answer.get("Content-Type", ""):
        yield from hostile.faults_of_escape(answer.content.decode(), batch)
