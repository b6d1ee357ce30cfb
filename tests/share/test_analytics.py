"""Published sums and the open copy: the same figures as the rows, fresh, reconciled, for who may see them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from tests import house
from visavis.core import periods
from visavis.core.words import Polarity, Role
from visavis.lake.datasets import DATASETS, MENTIONS, RETURNS, Dimension
from visavis.lake.questions import Question
from visavis.listen.returns.models import ChangedMonth, Response, Verbatim
from visavis.listen.returns.queries import STUDY
from visavis.listen.returns.services import mark_changed
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.analytics import jobs, queries, services
from visavis.share.analytics.facts import facts_of
from visavis.share.analytics.models import PublishedMonth, ReturnSums, TextSums
from visavis.share.restitution.queries import report
from visavis.share.restitution.reports import Report
from visavis.site.backups.reconciling import gaps
from visavis.site.options import Instance
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.services import correct_theme, correct_tone
from visavis.web.filters import Filters

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 12, 1, 8, tzinfo=dt.UTC)
NOVEMBER = periods.month(2025, 11)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.INSTANCE = Instance(tmp_path)


def _company(seed: int = 1, size: int = 120) -> tuple[Unit, list[Unit]]:
    """Two teams, two months, every dimension with holes, texts, themes and marks."""
    dice = random.Random(seed)
    teams = [house.unit("lys"), house.unit("aa")]
    form = house.questionnaire()
    clarity = house.question(form, "clarity", scale="1-5")
    themes = [house.theme("delay"), house.theme("listening")]
    choices: dict[str, list[Any]] = {
        "channel": [None, house.channel("phone"), house.channel("mail")],
        "reason": [None, house.reason("claim"), house.reason("premium")],
        "level": [None, house.level("n1")],
        "moment": [None, house.moment("first-claim")],
        "product": ["", "auto"],
        "satisfaction": [None, 1, 3, 4, 5],
        "recommendation": [None, 0, 7, 9, 10],
    }
    for _ in range(size):
        day = dt.date(2025, dice.choice([10, 11]), dice.randint(1, 30))
        kept = {name: dice.choice(values) for name, values in choices.items()}
        said = house.response(dice.choice(teams), on=day, **kept)
        if dice.random() < 0.5:
            house.answer(said, clarity, dice.randint(1, 5))
        if dice.random() < 0.6:
            read_at = dice.choice([None, NOW, NOW])
            text = house.verbatim(said, polarity=dice.choice(list(Polarity)).value, read_at=read_at)
            for theme in themes:
                if dice.random() < 0.5:
                    house.annotation(text, theme, polarity=dice.choice(["positive", "negative", "mixed", ""]))
    mark_changed([dt.date(2025, 10, 1), dt.date(2025, 11, 1)])
    return teams[0], teams


def _publish() -> int:
    done = 0
    while jobs.step():
        done += 1
    return done


def _reader(role: Role = Role.DIRECTION) -> Viewer:
    return house.viewer(house.company(), role)


def _by_rows(viewer: Viewer, filters: Filters) -> Report:
    PublishedMonth.objects.all().delete()
    return report(viewer, filters)


@pytest.mark.parametrize(
    "asked",
    [{}, {"channel": "phone"}, {"reason": "claim", "channel": "mail"}, {"channel": "gone"}, {"scope": "lys"}],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_report_says_the_same_by_its_sums_as_by_its_rows(asked: dict[str, Any], seed: int) -> None:
    _company(seed)
    assert _publish() == 2
    viewer, filters = _reader(), replace(Filters(NOVEMBER), **asked)
    by_sums = report(viewer, filters)
    assert by_sums.counts.returns or asked.get("channel") == "gone"
    assert by_sums == _by_rows(viewer, filters)


def test_themes_heard_while_a_month_was_published_are_counted_on_the_rows() -> None:
    _company(size=40)
    _publish()
    TextSums.objects.update(heard=0)
    filters = Filters(NOVEMBER)
    found = report(_reader(), filters)
    assert found.themes
    assert found == _by_rows(_reader(), filters)


def test_what_a_study_says_enters_no_figure_and_the_doctor_counts_alike() -> None:
    _company(size=40)
    filters = Filters(NOVEMBER)
    without = _by_rows(_reader(), filters)
    said = house.response(house.company(), on=dt.date(2025, 11, 12), source=STUDY)
    words = house.verbatim(said, polarity="negative", read_at=NOW)
    house.annotation(words, Theme.objects.get(code="delay"), polarity="negative")
    house.answer(said, house.question(house.questionnaire(code="mirror"), "kindness", scale="1-5"), 1)
    assert _by_rows(_reader(), filters) == without
    _publish()
    assert report(_reader(), filters) == without
    assert list(gaps("default")) == []


def test_sums_answer_for_the_whole_company_only() -> None:
    team, _ = _company()
    _publish()
    question = Question(RETURNS, ("returns",), (), NOVEMBER)
    whole = queries.sums(_reader(), Right.REPORT, question)
    assert whole == [(Response.objects.filter(heard_on__month=11).count(),)]
    assert queries.sums(house.viewer(team, Role.DIRECTION), Right.REPORT, question) is None
    assert queries.sums(Viewer(), Right.REPORT, question) is None
    assert (
        queries.sums(_reader(), Right.REPORT, Question(RETURNS, ("returns",), (), NOVEMBER, "/acme/lys/"))
        is None
    )


def test_the_open_copy_answers_any_branch_to_who_may_read_it() -> None:
    team, teams = _company()
    _publish()
    question = Question(RETURNS, ("returns",), (Dimension.CHANNEL,), None, team.path)
    rows = queries.wide(_reader(), Right.REPORT, question)
    assert sum(int(row[1] or 0) for row in rows) == Response.objects.filter(unit=team).count()
    assert queries.wide(house.viewer(team, Role.DIRECTION), Right.REPORT, question) == rows
    assert queries.wide(house.viewer(teams[1], Role.DIRECTION), Right.REPORT, question) == []
    assert queries.wide(Viewer(), Right.REPORT, Question(RETURNS, ("returns",))) == []


def test_the_copy_holds_no_text_and_no_customer(tmp_path: Path) -> None:
    said = house.response(house.unit(), customer=house.customer("SOC-MARQUE-42"))
    house.verbatim(said, "Un texte qui ne sort pas.")
    mark_changed([said.heard_on])
    _publish()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert written
    assert b"sort pas" not in written
    assert b"MARQUE" not in written


def test_a_correction_is_in_the_report_at_once_and_in_the_sums_after_publication() -> None:
    team = house.unit()
    text = house.verbatim(house.response(team, on=dt.date(2025, 11, 3)), polarity="positive", read_at=NOW)
    delay = house.theme("delay")
    mark_changed([dt.date(2025, 11, 3)])
    _publish()
    quality = house.viewer(house.company(), Role.QUALITY)
    correct_theme(by=quality, verbatim=text, theme=delay, polarity=Polarity.NEGATIVE, at=NOW)
    correct_tone(by=quality, verbatim=text, polarity=Polarity.NEGATIVE, at=NOW)
    assert queries.changed(NOVEMBER)
    at_once = report(quality, Filters(NOVEMBER)).themes
    assert [(line.code, line.negative) for line in at_once] == [("delay", 1)]
    assert _publish() == 1
    assert not queries.changed(NOVEMBER)
    question = Question(MENTIONS, ("negative",), (Dimension.THEME,), NOVEMBER)
    assert queries.sums(quality, Right.REPORT, question) == [(delay.pk, 1)]


def test_a_month_that_lost_its_returns_loses_its_sums() -> None:
    _company()
    _publish()
    Response.objects.filter(heard_on__month=11).delete()
    mark_changed([dt.date(2025, 11, 1)])
    _publish()
    assert not ReturnSums.objects.filter(month=202511).exists()
    assert report(_reader(), Filters(NOVEMBER)).counts.returns == 0


def test_old_files_go_once_nobody_reads_them(tmp_path: Path) -> None:
    team, _ = _company()
    _publish()
    before = set(tmp_path.rglob("*.parquet"))
    assert len(before) == 2 * len(DATASETS)
    house.response(team, on=dt.date(2025, 11, 3))
    mark_changed([dt.date(2025, 11, 3)])
    _publish()
    assert before < set(tmp_path.rglob("*.parquet"))
    later = dt.datetime.now(dt.UTC) + 2 * services.GRACE
    assert services.forget_old_files(at=later) == 1
    assert len(set(tmp_path.rglob("*.parquet"))) == 2 * len(DATASETS)


def test_sums_that_differ_from_the_rows_are_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    _company()
    real = facts_of
    monkeypatch.setattr(
        "visavis.share.analytics.services.facts_of", lambda dataset, month: real(dataset, month).slice(1)
    )
    with pytest.raises(services.UnreconciledError, match="202510"):
        jobs.step()
    assert not PublishedMonth.objects.exists()
    assert ChangedMonth.objects.filter(month=202510).exists()


def test_a_change_during_a_publication_leaves_the_month_to_publish_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = house.unit()
    house.response(team, on=dt.date(2025, 11, 3))
    mark_changed([dt.date(2025, 11, 3)])
    real = facts_of

    def interrupted(dataset: Any, month: int) -> Any:
        facts = real(dataset, month)
        if dataset is RETURNS:
            house.response(team, on=dt.date(2025, 11, 4))
            mark_changed([dt.date(2025, 11, 4)])
        return facts

    monkeypatch.setattr("visavis.share.analytics.services.facts_of", interrupted)
    jobs.step()
    assert ChangedMonth.objects.count() == 1
    monkeypatch.setattr("visavis.share.analytics.services.facts_of", real)
    assert _publish() == 1
    assert ReturnSums.objects.get(month=202511).returns == 2


def test_one_command_rebuilds_everything_and_only_the_settings_right_may() -> None:
    _company()
    _publish()
    ReturnSums.objects.all().delete()
    with pytest.raises(PermissionDenied):
        services.rebuild(by=house.viewer(house.company(), Role.DIRECTION))
    call_command("publish", "--all")
    assert report(_reader(), Filters(NOVEMBER)) == _by_rows(_reader(), Filters(NOVEMBER))
    assert Verbatim.objects.exists()
