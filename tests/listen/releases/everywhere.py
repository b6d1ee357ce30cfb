"""Every address that may be read, whoever reads it: what it says must not follow employees' answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, get_resolver, reverse

from tests import house
from tests.guards import HouseClient
from tests.listen.releases.faced import Faced
from tests.listen.releases.surfaces import undrawn
from tests.test_route_matrix import routes
from visavis.core.words import Role
from visavis.listen.returns.models import Response
from visavis.share.law.documents.catalogue import DOCUMENTS

#: Of one’s own account, which reads nothing of others; the journal, to which reading files adds.
_OWN = re.compile(r"^(account_|mfa_|sign_on:|settings:(sessions|journal|safety))")
#: Who looks, in turn; who holds a role in one team only.
ROLES = (
    Role.QUALITY, Role.MANAGER, Role.ADMIN, Role.HR, Role.DIRECTION, Role.ADVISER, Role.READER, Role.DPO,
)  # fmt: skip
_IN_TEAM = (Role.MANAGER, Role.ADVISER)


def addresses(company: Faced) -> Iterator[str]:
    """Each address of the product with what this company has to put in it, and searches of words."""
    for name, pattern in routes(get_resolver()):
        if not _OWN.match(name):
            for words in _words(company, name, pattern):
                try:
                    yield reverse(name, kwargs=words)
                except NoReverseMatch:
                    continue
    for query in ({"q": "commentaire numero"}, {"q": "échange long"}, {"voix": "collaborateurs"}):
        yield f"{reverse('verbatims:list')}?{urlencode(query)}"


def _words(company: Faced, name: str, pattern: str) -> Iterator[dict[str, Any]]:
    """What may stand in the place of the words of an address; keys are those of employees' answers."""
    taken = set(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
    codes: list[str] = {
        "law": [*DOCUMENTS],
        "barometer": [each.code for each in company.waves],
        "mirror": [company.study.campaign.code, company.study_roster],
        "journeys": ["daily"],
        "boards": [company.teams[0].code],
        "settings": [company.teams[0].code],
    }.get(name.partition(":")[0], ["tool"])
    held: dict[str, list[Any]] = {
        "code": codes, "form": ["csv", "json", "xlsx"],
        "theme": ["tool"], "left": ["tool"], "right": ["tool"],
        "month": ["2025-11"], "number": [1], "kind": ["themes"], "voice": ["employee"],
        "pk": _of_employees() if name.startswith("verbatims:") else [],
    }  # fmt: skip
    found: list[dict[str, Any]] = [{}]
    for word in sorted(taken):
        found = [{**words, word: value} for words in found for value in held.get(word, [])]
    yield from found


def _of_employees() -> list[int]:
    """Answers that nobody but their author may open: to a wave, after an exchange, to the study."""
    sources = (Response.Source.BAROMETER, Response.Source.FEELING, Response.Source.MIRROR)
    told = Response.objects.filter(campaign__voice="employee") | Response.objects.filter(author__isnull=False)
    firsts = (told.filter(source=source).order_by("pk").first() for source in sources)
    return [one.pk for one in firsts if one]


def readers(company: Faced, first: int, number: int) -> dict[Role, HouseClient]:
    """Some of those who may look, from the ``first`` on: of the company, or of its first team."""
    chosen = [ROLES[(first + each) % len(ROLES)] for each in range(number)]
    team = company.teams[min(company.teams)]
    return {role: house.member(team if role in _IN_TEAM else company.root, role).client for role in chosen}


def sweep(company: Faced, who: dict[Role, HouseClient]) -> dict[tuple[Role, str], str]:
    """What every address answers to each: its status and its words, less what is drawn for each page."""
    told = list(dict.fromkeys(addresses(company)))
    return {(role, url): _said(client, url) for role, client in who.items() for url in told}


def opened(told: dict[tuple[Role, str], str]) -> list[str]:
    """Addresses of single answers of employees that open to somebody else."""
    answers = {reverse("verbatims:one", args=[pk]) for pk in _of_employees()}
    return [f"{role} {url}" for (role, url), said in told.items() if url in answers and said[:3] == "200"]


def _said(client: HouseClient, url: str) -> str:
    answer = client.get(url)
    content = answer.getvalue()
    kind = answer.headers.get("Content-Type", "")
    readable = kind.startswith("text") or "json" in kind
    words = undrawn(content.decode()) if readable else str(len(content) if "sheet" in kind else "")
    return f"{answer.status_code} {answer.headers.get('Location', '')} {words}"
