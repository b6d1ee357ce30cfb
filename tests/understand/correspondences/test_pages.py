"""The page of correspondences: from released months alone, in both languages, with its gestures."""

from __future__ import annotations

import csv
import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from tests import house
from visavis.core.periods import everything, month_of
from visavis.core.words import Role, Voice
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedFigure
from visavis.listen.releases.words import week_of
from visavis.listen.returns.models import Verbatim
from visavis.people.access.journal import sentence
from visavis.people.access.models import JournalEntry
from visavis.understand.correspondences import page, queries, services
from visavis.understand.correspondences.models import Correspondence, ProposedQuestion
from visavis.understand.correspondences.proposing import THEME, End, Proposal
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.heard import note_heard

pytestmark = pytest.mark.django_db

PAGE = "/comprendre/correspondances/"
NINE = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.TODAY = house.TODAY


def themes() -> tuple[Theme, Theme, Theme]:
    """One of both voices, one of each side; the last two face each other."""
    top = house.theme("top")
    both = house.theme("server", top, name={"fr": "Serveur", "en": "Server"})
    delay = house.theme("delay", top, name={"fr": "Délai", "en": "Delay"}, voices=["customer"])
    facts = {"name": {"fr": "Outil", "en": "Tool"}, "voices": ["employee"], "facing": ["delay"]}
    return both, delay, house.theme("tool", top, **facts)


def release(month: dt.date, texts: int, times: dict[str, int], *, place: str = "") -> Release:
    """A released month of words, the same in each of its weeks."""
    period, root = month_of(month), house.company()
    made = Release.objects.create(
        kind=Kind.WORDS, first_on=period.first, last_on=period.last, floor=5, comment_floor=10,
        crosstab_floor=10, sensitive_floor=11, people=60, published_at=timezone.now(),
    )  # fmt: skip
    days = [period.first + dt.timedelta(days=day) for day in range(0, 28, 7)]
    cell(
        made,
        "unit",
        place or root.path,
        texts * len(days),
        {code: n * len(days) for code, n in times.items()},
    )
    for day in days:
        cell(made, "week", week_of(day), texts, times)
    return made


def cell(of: Release, cut: str, place: str, texts: int, times: dict[str, int]) -> None:
    made = ReleasedCell.objects.create(
        release=of, cut=cut, place=place, position=ReleasedCell.objects.filter(release=of, cut=cut).count(),
        members=[place], unit_path=house.company().path, people=50, state="shown", names={"fr": "Acme"},
    )  # fmt: skip
    ReleasedFigure.objects.create(cell=made, key="texts", counts={"1": texts}, n=texts)
    for code, n in times.items():
        ReleasedFigure.objects.create(
            cell=made, key=f"theme:{code}", counts={"1": n, "0": texts - n}, n=texts
        )


def customers(day: dt.date, texts: int, about: Theme, times: int) -> None:
    """Texts of customers of one day, some of which speak of a theme."""
    told = [
        house.verbatim(house.response(house.company(), on=day), read_at=timezone.now()) for _ in range(texts)
    ]
    for one in told[:times]:
        house.annotation(one, about, polarity="negative")
    note_heard([one.pk for one in told])


def text(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def quality() -> house.Member:
    return house.member(house.company(), Role.QUALITY)


def test_without_a_released_month_the_page_says_so_and_still_lists_the_reference() -> None:
    themes()
    said = text(quality().client.get(PAGE))
    assert "Aucun mot de collaborateurs publié pour l’instant" in said
    assert "Délai" in said
    assert "Votre référentiel les met face à face." in said


def test_shares_of_both_voices_stand_side_by_side_with_their_verdict() -> None:
    both, *_ = themes()
    release(dt.date(2025, 11, 1), 50, {"server": 20, "tool": 4})
    customers(dt.date(2025, 11, 12), 60, both, 3)
    said = text(quality().client.get(PAGE))
    assert "60 textes de clients, 200 de collaborateurs" in said
    assert "Un thème, deux voix" in said
    assert "net" in said


def test_what_was_not_released_is_shown_nowhere() -> None:
    both, *_ = themes()
    customers(dt.date(2025, 11, 12), 40, both, 3)
    mine = house.response(house.company(), Voice.EMPLOYEE, on=dt.date(2025, 11, 12))
    house.annotation(house.verbatim(mine, read_at=timezone.now()), both)
    note_heard([one.pk for one in Verbatim.objects.filter(response=mine)])
    boss = quality()
    assert queries.months(boss.viewer, everything(house.TODAY)) == []
    assert "Aucun mot de collaborateurs publié" in text(boss.client.get(PAGE))


def test_a_manager_reads_her_branch_and_not_the_weeks_of_the_company() -> None:
    both, *_ = themes()
    team = house.unit("north")
    made = release(dt.date(2025, 11, 1), 50, {"server": 20})
    cell(made, "unit", team.path, 40, {"server": 8})
    customers(dt.date(2025, 11, 12), 40, both, 3)
    manager = house.member(team, Role.MANAGER)
    wanted = page.asked(manager.viewer, QueryDict(), house.TODAY)
    assert wanted.both is not None
    assert wanted.both.employees is not None
    assert wanted.both.employees.texts == 40
    assert wanted.both.customers.texts == 0
    assert "Les semaines ne sont publiées que pour toute l’entreprise" in text(manager.client.get(PAGE))


def test_employees_who_rise_first_are_said_to_precede_and_never_to_cause() -> None:
    both, *_ = themes()
    first = dt.date(2025, 1, 6)
    for month in range(1, 8):
        times = {"server": 1 if month < 5 else 18}
        release(dt.date(2025, month, 1), 60, times)
    for week in range(28):
        customers(first + dt.timedelta(weeks=week), 30, both, 1 if week < 20 else 12)
    said = text(quality().client.get(PAGE))
    assert "Les collaborateurs précèdent les clients d’environ" in said
    assert "cause" not in said.lower()


def test_setting_aside_needs_a_sentence_and_keeps_what_was_known() -> None:
    themes()
    boss = quality()
    address = f"{PAGE}lien/theme:delay/theme:tool/"
    refused = boss.client.post(address, {"validated": "no", "reason": " "})
    assert refused.status_code == 422
    assert "d’autres la liront" in text(refused)
    assert not Correspondence.objects.exists()
    assert boss.client.post(address, {"validated": "no", "reason": "Autre métier."}).status_code == 302
    [kept] = Correspondence.objects.all()
    assert (kept.left, kept.right, kept.status) == ("delay", "tool", "refused")
    assert kept.evidence["facing"] is True
    said = text(boss.client.get(PAGE))
    assert "Autre métier." in said
    assert "Décision : écartée" in said, said
    assert "Délai ↔ Outil" in JournalEntry.objects.get(verb="correspondences.refused").words["pair"]


def test_a_decision_may_change_and_stays_one() -> None:
    themes()
    boss = quality()
    link = Proposal(End(THEME, "delay", "Délai"), End(THEME, "tool", "Outil"), facing=True)
    services.decide(by=boss.viewer, proposal=link, validated=False, reason="Trop tôt.", at=NINE)
    services.decide(by=boss.viewer, proposal=link, validated=True, reason="", at=NINE)
    assert [one.status for one in Correspondence.objects.all()] == ["validated"]


def test_the_database_itself_refuses_a_link_set_aside_without_words() -> None:
    facts = {"left_kind": "theme", "left": "a", "right_kind": "theme", "right": "b", "decided_at": NINE}
    with pytest.raises(IntegrityError), transaction.atomic():
        Correspondence.objects.create(status="refused", **facts)


def test_only_who_keeps_the_reference_decides() -> None:
    themes()
    link = Proposal(End(THEME, "delay", "Délai"), End(THEME, "tool", "Outil"))
    for role in (Role.DIRECTION, Role.MANAGER, Role.HR):
        viewer = house.member(house.company(), role).viewer
        with pytest.raises(PermissionDenied):
            services.decide(by=viewer, proposal=link, validated=True, reason="", at=NINE)


def test_one_click_from_an_employee_theme_drafts_a_question_in_the_words_of_customers() -> None:
    themes()
    boss = quality()
    form = text(boss.client.get(f"{PAGE}question/tool/"))
    assert "ce point : Délai" in form.replace("\u00a0", " ")
    assert "Surveiller « Délai » chez les clients" in form.replace("\u00a0", " ")
    assert (
        "/comprendre/alertes/surveiller/?theme=delay"
        in boss.client.get(f"{PAGE}question/tool/").content.decode()
    )
    sent = boss.client.post(f"{PAGE}question/tool/", {"text": "Le délai vous a-t-il convenu ?"})
    assert sent.status_code == 302
    assert "Le délai vous a-t-il convenu ?" in text(boss.client.get(PAGE))
    [kept] = ProposedQuestion.objects.all()
    boss.client.post(f"{PAGE}questions/{kept.pk}/regler/", {"asked": "yes"})
    boss.client.post(f"{PAGE}questions/{kept.pk}/regler/", {"asked": "no"})
    kept.refresh_from_db()
    assert kept.state == ProposedQuestion.State.ASKED
    [line] = JournalEntry.objects.filter(verb="correspondences.settled")
    for language, word in (("fr", "posée"), ("en", "asked")):
        with override(language):
            assert sentence(line).endswith(word)


def test_a_question_needs_words_and_both_voices() -> None:
    _both, _delay, tool = themes()
    with pytest.raises(ValidationError):
        services.propose_question(by=quality().viewer, theme=tool, text="  ", at=NINE)
    adviser = house.member(house.company(), Role.ADVISER).viewer
    with pytest.raises(PermissionDenied):
        services.propose_question(by=adviser, theme=tool, text="Qu’en dites-vous ?", at=NINE)


def test_files_say_what_the_page_says_and_leave_a_trace() -> None:
    both, *_ = themes()
    release(dt.date(2025, 11, 1), 50, {"server": 20, "tool": 4})
    customers(dt.date(2025, 11, 12), 60, both, 3)
    boss = quality()
    told = b"".join(boss.client.get(f"{PAGE}export.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(told.splitlines(), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["Serveur", "Serveur"], ["Délai", "Outil"]]
    assert boss.client.get(f"{PAGE}export.xlsx").status_code == 200
    assert JournalEntry.objects.filter(verb="correspondences.exported").count() == 2


def test_the_page_speaks_english_too() -> None:
    themes()
    boss = quality()
    said = text(boss.client.get(PAGE, headers={"accept-language": "en"}))
    assert "No word of employees released yet" in said
