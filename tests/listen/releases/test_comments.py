"""Comments show where enough people answered and wrote; nothing else published tells where they come from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests import house
from tests.listen.releases.company import CLOSED, NOW, barometer, open_gate, release, say, wave
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import queries, services
from visavis.listen.releases.models import Kind, Release, ReleasedComment
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.people.access.viewer import system
from visavis.people.units.models import Unit
from visavis.understand.verbatims.models import Annotation

pytestmark = pytest.mark.django_db


def sites(*codes: str) -> list[Unit]:
    return [house.unit(code) for code in codes]


def answered(to: Campaign, where: Unit, people: int, texts: int, words: str = "Texte") -> list[Response]:
    """People who answer at a unit, the first of whom write."""
    said = [
        say(to, where, {"climate": 1 + at % 5}, f"{words} {where.code} n{at}" if at < texts else "")
        for at in range(people)
    ]
    Verbatim.objects.filter(response__campaign=to).update(read_at=timezone.now())
    return said


def levels(of: Release) -> dict[str, set[str]]:
    """Level -> units whose comments show there."""
    found: dict[str, set[str]] = {}
    for one in ReleasedComment.objects.filter(release=of):
        found.setdefault(one.unit_path, set()).add(one.text.split()[1])
    return found


def test_a_site_shows_its_comments_from_ten_who_answered_and_five_who_wrote() -> None:
    open_gate()
    asked, (large, small, silent) = wave(barometer()), sites("grand", "petit", "muet")
    answered(asked, large, 10, 5)
    answered(asked, small, 9, 9)
    answered(asked, silent, 12, 4)
    assert levels(release(asked)) == {large.path: {"grand"}, "/acme/": {"petit", "muet"}}


def test_comments_of_the_only_site_left_are_not_found_by_what_shows_elsewhere() -> None:
    """Nine answered at the small site: were the large one's shown there, the company's would be its."""
    open_gate()
    asked, (large, small) = wave(barometer()), sites("grand", "petit")
    answered(asked, large, 10, 5)
    answered(asked, small, 9, 9)
    assert levels(release(asked)) == {"/acme/": {"grand", "petit"}}


def test_a_company_of_nine_shows_no_comment() -> None:
    open_gate()
    asked, (only,) = wave(barometer()), sites("petit")
    answered(asked, only, 9, 9)
    assert levels(release(asked)) == {}


def test_one_person_who_writes_under_every_question_is_one_who_wrote() -> None:
    open_gate()
    asked, (only,) = wave(barometer()), sites("grand")
    first, *_ = answered(asked, only, 12, 4)
    for number in range(4):
        house.verbatim(first, f"Texte grand bis{number}", id=number, question_key=f"why{number}")
    assert levels(release(asked)) == {}


def test_comments_carry_no_cut_no_day_and_nothing_of_who_wrote(settings: Any) -> None:
    settings.TODAY = house.TODAY
    open_gate()
    asked, (large,) = wave(barometer()), sites("grand")
    for at in range(20):
        traits = {"shift": "nuit" if at < 10 else "jour"}
        say(asked, large, {"climate": 1 + at % 5}, f"Dites-le au 06 12 34 56 {at + 10}, n{at}", traits)
    made = release(asked)
    assert {field.name for field in ReleasedComment._meta.fields} == {
        "id", "release", "unit_path", "order", "question_key", "text", "themes"
    }  # fmt: skip
    texts = [one.text for one in queries.comments(system(), made)]
    assert len(texts) == 20
    assert not any("06 12 34" in text for text in texts)
    assert queries.cuts(system(), made) == ["shift"]
    keys = list(ReleasedComment.objects.order_by("pk").values_list("order", flat=True))
    assert keys != sorted(keys)


def test_the_order_of_comments_is_drawn() -> None:
    open_gate()
    asked, (large,) = wave(barometer()), sites("grand")
    answered(asked, large, 40, 40)
    texts = [int(one.text.split("n")[-1]) for one in queries.comments(system(), release(asked))]
    assert sorted(texts) == list(range(40))
    assert texts not in (sorted(texts), sorted(texts, reverse=True))


def test_what_a_team_speaks_of_does_not_tell_whose_a_comment_is() -> None:
    """Six teams of six, one comment of which speaks of threats: its team is not alone in that."""
    open_gate()
    site = house.unit("site")
    teams = [house.unit(f"equipe{number}", site) for number in range(6)]
    asked, about = wave(barometer()), house.theme("threats")
    said = [answered(asked, team, 6, 6)[0] for team in teams]
    text = Verbatim.objects.get(response=said[0])
    Annotation.objects.create(verbatim=text, theme=about, by=Annotation.By.ENGINE, made_at=timezone.now())
    release(asked)
    made = services.release_words(by=system(), month=CLOSED, today=house.TODAY, now=NOW)
    cells = queries.cells(system(), [made], cut="unit")
    assert cells[0].figures["theme:threats"] == queries.Figure(36, {"0": 35, "1": 1})
    telling = [
        each for each in cells if (figure := each.figures.get("theme:threats")) and "1" in figure.counts
    ]
    assert all((each.people or 0) >= 10 for each in telling)
    assert len(cells) > 2


def test_a_month_of_words_shows_few_with_others_and_counts_texts_by_theme() -> None:
    open_gate()
    asked, about = wave(barometer()), house.theme("schedule")
    house.theme("pay")
    large, small = sites("grand", "petit")
    said = [*answered(asked, large, 12, 12), *answered(asked, small, 4, 4)]
    for one in said[:5]:
        text = Verbatim.objects.get(response=one)
        Annotation.objects.create(verbatim=text, theme=about, by=Annotation.By.ENGINE, made_at=timezone.now())
    made = services.release_words(by=system(), month=CLOSED, today=house.TODAY, now=NOW)
    [whole, together] = queries.cells(system(), [made], cut="unit")
    assert whole.figures["theme:pay"] == queries.Figure(16, {"0": 16})  # known, and nobody's secret
    assert (made.kind, made.people, made.audit["accepted"]) == (Kind.WORDS, 16, True)
    assert whole.figures["theme:schedule"] == queries.Figure(16, {"0": 11, "1": 5})
    assert together.members == (large.path, small.path)


def test_words_of_nine_people_tell_nothing() -> None:
    open_gate()
    asked, (only,) = wave(barometer()), sites("petit")
    answered(asked, only, 9, 9)
    made = services.release_words(by=system(), month=CLOSED, today=house.TODAY, now=NOW)
    [whole] = queries.cells(system(), [made], cut="unit")
    assert (whole.figures, whole.people) == ({}, None)


def study(*, people: dict[Unit, int]) -> Campaign:
    """The employees' side of a closed study: a mark and why, answered at some units."""
    asked = house.questionnaire(Voice.EMPLOYEE, kind=Questionnaire.Kind.MIRROR)
    question = house.question(asked, "clarity")
    house.question(asked, "clarity_why", role=Question.Role.TEXT, scale=Question.Scale.TEXT)
    made = wave(asked)
    for unit, number in people.items():
        for at in range(number):
            facts: dict[str, Any] = {"source": Response.Source.MIRROR, "campaign": made}
            one = house.response(unit, Voice.EMPLOYEE, CLOSED, **facts)
            house.answer(one, question, 1 + at % 5)
            house.verbatim(one, f"Texte {unit.code} n{at}", question_key="clarity_why")
    return made


def test_a_study_is_released_as_a_wave_is_few_with_others_and_comments_at_their_level() -> None:
    open_gate()
    large, small, third = sites("grand", "petit", "autre")
    asked = study(people={large: 12, small: 3, third: 11})
    made = services.release_mirror(by=system(), campaign=asked, today=house.TODAY, now=NOW)
    assert made == services.release_mirror(by=system(), campaign=asked, today=house.TODAY, now=NOW)
    cells = queries.cells(system(), [made], cut="unit")
    assert made.kind == Kind.MIRROR
    assert [cell.people for cell in cells] == [26, 15, 11]
    together = cells[1].figures["clarity"]
    assert together
    assert (together.n, sum(together.counts.values())) == (15, 15)
    assert levels(made) == {large.path: {"grand"}, "/acme/": {"petit", "autre"}}


def test_an_open_study_is_not_released_and_shows_nothing(settings: Any) -> None:
    settings.TODAY = house.TODAY
    open_gate()
    (large,) = sites("grand")
    asked = study(people={large: 12})
    Campaign.objects.filter(pk=asked.pk).update(closes_on=house.TODAY + dt.timedelta(days=1))
    asked.refresh_from_db()
    with pytest.raises(Exception, match="encore ouverte"):
        services.release_mirror(by=system(), campaign=asked, today=house.TODAY, now=NOW)
    viewer = house.viewer(house.company(), Role.HR)
    assert not queries.releases(viewer, Kind.MIRROR)
