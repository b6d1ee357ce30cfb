"""Every page, export, e-mail and printed report with hostile strings wherever people write.

``benchmarks/hostile.py`` does the same with all of them, in a browser too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests import demo_urls, hostile
from tests.matrix import EVERY_ROLE, Row, rows
from tests.pages import company, sweep
from tests.shared import SHARED
from visavis.core.words import Role

pytestmark = [pytest.mark.urls(demo_urls.__name__)]

READ = [row for row in rows() if row.method == "get" and not row.demo]
#: Pages that are an e-mail as it will be read.
EMAILS = {"letters:preview_page", "letters:letter_page"}
FOLDER = SHARED / "data" / "trust"


def some(size: int) -> list[str]:
    """As many strings, from all along the lists."""
    found = hostile.strings(FOLDER)
    step = max(1, (len(found) - len(hostile.FEW)) // (size - len(hostile.FEW)))
    return [*hostile.FEW, *found[len(hostile.FEW) :: step]][:size]


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[company.Company]:
    batch = some(40)
    with django_db_blocker.unblock(), transaction.atomic():
        found = company.fill()
        hostile.grow(len(batch))
        assert hostile.plant(batch) > 1000
        yield found
        transaction.set_rollback(True)


def answers(company: company.Company, row: Row, *, strict: bool = True) -> Iterator[tuple[str, Any]]:
    """What a route answers to each role that may, in each of its forms; our errors raise if ``strict``."""
    may = sorted(EVERY_ROLE if row.may is None else row.may)
    for role in may if strict else {may[0], may[-1]}:
        cast = company.casts[role]
        words = {**row.words, **(row.of(cast) if row.of else {})}
        for form in ("csv", "xlsx", "pdf") if "form" in words else ("",):
            with suppress(NoReverseMatch):
                path = reverse(row.name, kwargs=words | ({"form": form} if form else {}))
                client = sweep.client_of(company, role)
                client.raise_request_exception = strict
                yield f"{path} as {role}", client.get(path)


@pytest.mark.parametrize("row", READ, ids=lambda row: row.name)
def test_hostile_words_are_words(row: Row, planted: company.Company, db: None) -> None:
    with transaction.atomic():
        faults = [
            f"{where}: {fault}"
            for where, answer in answers(planted, row)
            for fault in hostile.faults_of(answer, styles=row.name in EMAILS)
        ]
        transaction.set_rollback(True)
    assert not faults


def test_hostile_words_in_an_address_are_words(planted: company.Company, db: None) -> None:
    batch, found = some(60), []
    for place, row in enumerate(READ):
        if row.of:
            continue
        role = sorted(EVERY_ROLE if row.may is None else row.may)[0]
        text = batch[place % len(batch)]
        query = dict.fromkeys(
            (
                "perimetre",
                "periode",
                "canal",
                "motif",
                "voix",
                "q",
                "page",
                "theme",
                "jour",
                "geste",
                "qui",
                "next",
            ),
            text,
        )
        path = reverse(row.name, kwargs=row.words)
        answer = sweep.client_of(planted, role).get(path, query)
        found += [f"{path} {text!r}: {fault}" for fault in hostile.faults_of(answer)]
    assert not found


def test_the_check_bites() -> None:
    for page in (
        "<p onclick=x>",
        "<script>x</script>",
        "<iframe>",
        "<a href='javascript:x'>",
        "<a href='//evil'>",
    ):
        assert list(hostile.faults_of_page(page)) or "//" in page
    assert list(hostile.faults_of_csv(b'"a"\r\n"=1+1"\r\n'))
    assert not list(hostile.faults_of_page(f"<p>&lt;script&gt;</p><a href='/x/'>{Role.ADMIN}</a>"))
