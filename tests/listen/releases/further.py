"""What leaves beside the words of a page: headers, weight, parts of files, e-mails; filters, sorts, searches.

Read before and after somebody answers, as ``everywhere`` reads pages: a figure, a facet, a number of pages, a
length or a date that follows an answer that is not published would tell it.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.urls import Resolver404, resolve, reverse

from tests import house
from tests.guards import HouseClient
from tests.listen.releases import everywhere
from tests.listen.releases.company import NOW
from tests.listen.releases.faced import Faced
from tests.listen.releases.surfaces import undrawn
from tests.printed import facts_of, words_of
from tests.share.letters.postbox import AT, TODAY, subscription
from visavis.core.words import Role, Voice
from visavis.listen.returns.models import Response
from visavis.people.persons.models import Assignment, Person
from visavis.share.law.erasing import erase_person
from visavis.share.law.erasing_returns import erase_return
from visavis.share.letters import jobs
from visavis.share.letters.models import Kind

Said = dict[tuple[Role, str], str]
_FORM = re.compile(r'<form[^>]*method="get"[^>]*>.*?</form>', re.DOTALL)
_CHOICE = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.DOTALL)
_VALUE = re.compile(r'<option[^>]*value="([^"]+)"')
_LINK = re.compile(r'href="([^"#]*\?[^"#]+)"')
#: Typed by somebody who looks: words of employees alone, a day, a page that may not be there.
_TYPED = (
    {"q": "commentaire numero"}, {"q": "numero fin", "sens": "1"}, {"page": "2"}, {"voix": "collaborateurs"},
    {"voix": "employee"}, {"du": "2025-10-31", "au": "2025-10-31"}, {"theme": "threats"}, {"tri": "volume"},
)  # fmt: skip
#: Written with the instant: on paper, and by what keeps sessions.
_INSTANT = re.compile(r"\d{1,2} h \d\d")
_OF_NOBODY = {"Set-Cookie", "Date"}
_MARK = re.compile(r"numero \d+ fin")


def sweep(company: Faced, who: dict[Role, HouseClient]) -> Said:
    """What every address answers to each, whole; then every filter, sort, page and file that these offer."""
    told: Said = {}
    papers = [f"{reverse('barometer:wave', args=[each.code])}export.pdf" for each in company.waves]
    first = [*dict.fromkeys(everywhere.addresses(company)), *papers]
    for role, client in who.items():
        for url in first:
            told[role, url] = whole(client.get(url))
        for url in followed({url: told[role, url] for url in first}):
            told[role, url] = whole(client.get(url))
            if "/retours/" in url:
                told[role, f"{url} in part"] = whole(client.get(url, headers={"HX-Request": "true"}))
    return told


def followed(pages: dict[str, str]) -> list[str]:
    """Addresses with a query that some pages offer, by links and by choices, and some that somebody types."""
    found: dict[str, None] = {}
    for url, page in pages.items():
        if page.startswith("200"):
            found |= dict.fromkeys(urljoin(url, html.unescape(each)) for each in _LINK.findall(page))
            found |= dict.fromkeys(_chosen(url, page))
    return [url for url in found if _is_ours(url)]


def _chosen(url: str, page: str) -> Iterator[str]:
    """Each choice of each form that only reads."""
    path, asked = urlsplit(url).path, dict(parse_qsl(urlsplit(url).query))
    forms = _FORM.findall(page)
    for form in forms:
        for choice in _CHOICE.finditer(form):
            for value in _VALUE.findall(choice[0]):
                yield f"{path}?{urlencode(asked | {choice[1]: html.unescape(value)})}"
    for typed in _TYPED if forms else ():
        yield f"{path}?{urlencode(asked | typed)}"


def _is_ours(url: str) -> bool:
    if urlsplit(url).netloc:
        return False
    try:
        name = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return False
    return not everywhere._OWN.match(name)


def whole(answer: Any) -> str:
    """Status, headers, then all that its body holds; a file by its parts."""
    content = answer.getvalue()
    kind = answer.headers.get("Content-Type", "")
    heads = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name not in _OF_NOBODY)
    if "pdf" in kind:  # its weight follows the minute that it bears
        heads = [each for each in heads if not each.startswith("Content-Length")]
    return "\n".join([str(answer.status_code), *heads, _INSTANT.sub("", read(kind, content))])


def read(kind: str, content: bytes) -> str:
    """What a body or a file joined to an e-mail holds."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(f"{name} {book.read(name).decode(errors='replace')}" for name in book.namelist())
    if "pdf" in kind:
        facts = {name: value for name, value in facts_of(content).items() if "Date" not in name}
        facts.pop("File size", "")
        return f"{facts}\n{words_of(content)}"
    return undrawn(content.decode(errors="replace"))


def stowed(told: Said) -> list[str]:
    """Files with something in them that no screen shows, and bodies that tell when they last changed."""
    return [f"{role} {url}: {each}" for (role, url), said in told.items() for each in _stowed(said)]


_STOWED = {
    "a comment of a cell": r"^xl/(comments|threadedComments|persons)",
    "a sheet that is hidden": r'<sheet [^>]*state="',
    "a row or column that is hidden": r'<(row|col) [^>]*hidden="(1|true)"',
    "an author": r"<(dc:creator|cp:lastModifiedBy)>[^<]",
    "a property of its own": r"^docProps/custom",
    "a link to another book": r"^xl/externalLinks",
    "a mark of its state": r"^(ETag|Last-Modified): ",
}


def _stowed(said: str) -> Iterator[str]:
    yield from (what for what, sign in _STOWED.items() if re.search(sign, said, re.MULTILINE))


def letters(company: Faced) -> list[str]:
    """Every e-mail that is due to whoever may have some: subject, both bodies, the files that it brings."""
    with transaction.atomic(), override_settings(SENDS_LETTERS=True, ADDRESS="https://localhost"):
        for role in (Role.DIRECTION, Role.QUALITY, Role.HR):
            to = house.member(company.root, role).account
            for kind in Kind:
                subscription(company.root, to, kind)
        mail.outbox.clear()
        for day in (TODAY, TODAY):
            jobs.sweep(at=AT, today=day)
        told = [_letter(one) for one in mail.outbox]
        transaction.set_rollback(True)
    return sorted(told)


def _letter(one: Any) -> str:
    bodies = [one.subject, one.body, *(each.content for each in one.alternatives)]
    for each in one.attachments:
        content = each.content if isinstance(each.content, bytes) else each.content.encode()
        bodies.append(f"{each.filename} {read(each.mimetype, content)}")
    return re.sub(r"/[\w:=-]{20,}/?", "", _INSTANT.sub("", "\n".join(bodies)))


def quoted(told: list[str]) -> int:
    """E-mails that quote what an employee wrote."""
    return sum(bool(_MARK.search(each)) for each in told)


def aftermath(company: Faced) -> int:
    """Once all is published somebody is erased, somebody moves, a customer's mark is corrected.

    Returns:
        Who was erased.
    """
    day, by = house.TODAY, house.viewer(company.root, Role.DPO)
    gone, moved = (company.naive.resp[at]["person"] for at in (1, 2))
    persons = {int(each.code[1:]): each for each in Person.objects.filter(code__regex=r"^p\d+$")}
    Assignment.objects.filter(person=persons[gone]).update(ends_on=day - dt.timedelta(days=2))
    erase_person(by=by, person=persons[gone], at=NOW, today=day)
    team = company.teams[max(company.teams)]
    Assignment.objects.filter(person=persons[moved]).update(unit=team, unit_path=team.path)
    told = Response.objects.filter(voice=Voice.CUSTOMER, satisfaction=5, interaction__isnull=False)
    said = told.order_by("pk").first()
    assert said is not None
    Response.objects.filter(pk=said.pk).update(satisfaction=1)
    erase_return(by=by, response=said, at=NOW)
    return int(gone)
