"""The journal is a chain: whatever is changed in it shows, and the database refuses to change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import house
from visavis.core.words import Role
from visavis.people.access import chain, guards, journal
from visavis.people.access.models import JournalCut, JournalEntry
from visavis.people.access.services import purge_journal
from visavis.people.access.viewer import NOBODY, system

pytestmark = pytest.mark.django_db

journal.tells("tests.told", "told %(word)s")
journal.tells("tests.coded", "chose %(code)s of %(word)s", code=journal.labelled([("a", "the first")]))
YEARS_AGO = dt.timedelta(days=800)


def tell(times: int = 5) -> list[JournalEntry]:
    return [journal.write(by=NOBODY, verb="tests.told", word=f"é{number}") for number in range(times)]


def in_the_past(lines: int) -> None:
    """Lines that were told long ago."""
    for entry in tell(lines):
        entry.delete()
        entry.at -= YEARS_AGO
        entry.pk = None
        chain.append(entry)


def test_a_code_is_said_by_its_label_and_an_unknown_one_as_it_is() -> None:
    lines = [journal.write(by=NOBODY, verb="tests.coded", code=code, word="deux") for code in ("a", "gone")]
    assert [*map(journal.sentence, lines)] == ["chose the first of deux", "chose gone of deux"]


def test_names_are_told_and_a_line_older_than_its_sentence_tells_its_code() -> None:
    named = {"code": "spring-employee", "name": "Étude de printemps", "voice": "employee"}
    with translation.override("fr"):
        told = [
            journal.sentence(JournalEntry(verb=verb, words=words))
            for verb, words in (
                ("surveys.made", named),
                ("campaigns.made", {"code": "spring-employee"}),
                ("themes.drafted", {"theme": "wait.phone"}),
                ("surveys.made", {}),
            )
        ]
    assert [line.replace("\u00a0", " ") for line in told] == [
        "a créé le questionnaire « Étude de printemps » (Collaborateurs)",
        "a créé la campagne « spring-employee »",
        "a changé le thème « wait.phone » dans le brouillon",
        "a créé le questionnaire « … » (…)",
    ]


@pytest.mark.parametrize("verb", [
    "verbatims.corrected_many", "verbatims.taken_back", "verbatims.taken", "verbatims.exported",
    "learning.drawn", "accounts.sessions_ended", "accounts.keys_renewed", "access.journal_purged",
])  # fmt: skip
def test_a_line_about_one_thing_says_its_number_beside_words_of_any_number(verb: str) -> None:
    words = {"number": 1, "form": "csv", "reason": "Audit", "day": "2025-11-30"}
    entry = JournalEntry(verb=verb, words=words)
    with translation.override("en"):
        assert "(number: 1)" in journal.sentence(entry)
    with translation.override("fr"):
        assert "(nombre\u00a0: 1)" in journal.sentence(entry)


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[None]:
    guards.install(connection)
    yield
    guards.remove(connection)


def test_lines_as_they_were_told_are_a_chain() -> None:
    entries = tell()
    assert chain.check() == chain.Checked(5, 0, entries[-1].link)
    assert len({entry.link for entry in entries}) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "tests.else"},
        {"words": {"word": "autre"}},
        {"actor": 7},
        {"unit_path": "/acme/"},
        {"about": "Grant 1"},
        {"at": timezone.now() - YEARS_AGO},
        {"link": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_line_that_was_changed_is_named(change: dict[str, object]) -> None:
    entries = tell()
    JournalEntry.objects.filter(pk=entries[2].pk).update(**change)
    assert chain.check().broken == entries[2].pk


def test_a_line_that_was_left_out_or_slipped_in_shows() -> None:
    entries = tell()
    JournalEntry.objects.filter(pk=entries[1].pk).delete()
    assert chain.check().broken == entries[2].pk


def test_the_end_of_the_journal_cannot_go_unseen_by_who_noted_its_fingerprint() -> None:
    entries = tell()
    noted = entries[-1].link
    entries[-1].delete()
    assert not chain.check().broken
    with pytest.raises(CommandError, match="des lignes ont disparu"):
        call_command("journal", "--check", "--expect", noted)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    word=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
    number=st.integers(-(2**53), 2**53),
)
def test_whatever_words_a_line_holds_it_reads_back_as_it_was_linked(word: str, number: int) -> None:
    journal.write(by=NOBODY, verb="tests.told", word=word, number=number)
    assert not chain.check().broken


def test_the_command_says_whole_or_names_the_line() -> None:
    entries = tell()
    said = StringIO()
    call_command("journal", "--check", stdout=said)
    assert f"entier\u00a0: 5 lignes, la dernière est {entries[-1].link}" in said.getvalue()
    JournalEntry.objects.filter(pk=entries[0].pk).update(verb="x")
    with pytest.raises(CommandError, match=f"la ligne {entries[0].pk} ne suit pas"):
        call_command("journal", "--check")


def test_what_is_too_old_goes_and_the_rest_is_still_a_chain() -> None:
    in_the_past(3)
    kept = tell(2)
    assert purge_journal(by=system(), before=timezone.now() - dt.timedelta(days=365)) == 3
    told = list(JournalEntry.objects.order_by("pk"))
    assert [entry.pk for entry in told[:2]] == [entry.pk for entry in kept]
    assert told[2].verb == "access.journal_purged"
    assert told[2].words["number"] == 3
    assert not chain.check().broken


def test_a_journal_emptied_by_time_goes_on_from_its_last_line() -> None:
    in_the_past(3)
    chain.cut(before=timezone.now())
    assert not JournalEntry.objects.exists()
    last = JournalCut.objects.get().link
    entry = tell(1)[0]
    assert entry.link == chain.fingerprint(entry, last)
    assert not chain.check().broken


def test_nothing_old_nothing_removed_nothing_told() -> None:
    tell(2)
    assert purge_journal(by=system(), before=timezone.now() - YEARS_AGO) == 0
    assert not JournalCut.objects.exists()


def test_who_rules_a_branch_does_not_purge_the_journal() -> None:
    admin = house.viewer(house.unit(), Role.ADMIN)
    with pytest.raises(PermissionDenied):
        purge_journal(by=admin, before=timezone.now())


def test_the_database_refuses_to_change_a_line(guarded: None) -> None:
    entry = tell(1)[0]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        JournalEntry.objects.filter(pk=entry.pk).update(verb="x")
    with pytest.raises(DatabaseError, match="only cut"), transaction.atomic():
        JournalEntry.objects.filter(pk=entry.pk).delete()
    JournalEntry.objects.filter(pk=entry.pk).update(account=None)
    in_the_past_under_guard()
    assert not chain.check().broken


def in_the_past_under_guard() -> None:
    """The purge itself passes."""
    chain.cut(before=timezone.now() + dt.timedelta(days=1))
    assert not JournalEntry.objects.exists()
