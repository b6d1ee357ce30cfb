"""Mirror studies: made and frozen, read only once published, said as surely as the answers allow."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from tests.printed import words_of
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.mirrors import mirrors
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedComment, ReleasedFigure
from visavis.listen.releases.queries import Cell, Figure
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.measure.equivalence import Likeness
from visavis.people.access.models import JournalEntry
from visavis.understand.mirror import findings, page, queries, services
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.queries import Asked, State

pytestmark = pytest.mark.django_db

LIST, NEW = "/comprendre/miroir/", "/comprendre/miroir/nouvelle/"
KEYS = ("clarity", "listening", "speed", "kindness", "price", "letters", "honesty", "follow_up")
WORDING = {voice: {"fr": f"Question {voice}"} for voice in Voice}


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.TODAY = house.TODAY
    house.company()


def outline(**wished: Any) -> services.Outline:
    """A study of eight questions that closed in spring."""
    usual: dict[str, Any] = {
        "name": {"fr": "Étude de printemps"},
        "design": Study.Design.PREDICTS,
        "scale": "0-10",
        "margin": 0.5,
        "opens_on": dt.date(2025, 4, 1),
        "closes_on": dt.date(2025, 5, 5),
        "items": [services.Item(key, WORDING) for key in KEYS],
        "words": True,
    }
    return services.Outline(**usual | wished)


def made(**wished: Any) -> Study:
    """That study, made by quality."""
    return services.create_study(by=house.viewer(house.company(), Role.QUALITY), outline=outline(**wished))


def side(study: Study, voice: Voice) -> Campaign:
    """One of its campaigns."""
    return next(each for each in mirrors() if each.code == study.campaign.code).sides[voice]


def heard(study: Study, marks: Mapping[str, Sequence[int]]) -> None:
    """Customers' answers, question by question."""
    campaign = side(study, Voice.CUSTOMER)
    asked = {each.key: each for each in Question.objects.filter(questionnaire=campaign.questionnaire)}
    for row in zip(*marks.values(), strict=True):
        said = house.response(house.company(), campaign=campaign, source=Response.Source.MIRROR)
        for key, mark in zip(marks, row, strict=True):
            house.answer(said, asked[key], mark)


def released(study: Study, cells: Mapping[str, Mapping[str, Mapping[int, int]]]) -> Release:
    """What was published of employees: place -> question -> mark -> how many; the company first."""
    people = max(sum(counts.values()) for counts in next(iter(cells.values())).values())
    release = Release.objects.create(
        kind=Kind.MIRROR, campaign=side(study, Voice.EMPLOYEE), first_on="2025-04-01", last_on="2025-05-05",
        floor=5, comment_floor=10, crosstab_floor=10, sensitive_floor=11, people=people,
        published_at=timezone.now(),
    )  # fmt: skip
    for position, (place, figures) in enumerate(cells.items()):
        cell = ReleasedCell.objects.create(
            release=release, cut="unit", place=place, position=position, names={"fr": place, "en": place},
            unit_path=place, members=[place], people=people, state="shown",
        )  # fmt: skip
        for key, counts in figures.items():
            told = {str(mark): number for mark, number in counts.items()}
            ReleasedFigure.objects.create(cell=cell, key=key, counts=told, n=sum(told.values()))
    return release


def spread(mean: int, n: int) -> dict[int, int]:
    """Marks around a mean, one away on both sides."""
    return {mean - 1: n // 4, mean: n - 2 * (n // 4), mean + 1: n // 4}


def listed(counts: Mapping[int, int]) -> list[int]:
    return [mark for mark, number in counts.items() for _ in range(number)]


@pytest.fixture
def study() -> Study:
    """A published study: clarity 2 above, listening 2 below, the rest alike."""
    found = made()
    heard(found, {key: listed(spread({"speed": 7}.get(key, 6), 60)) for key in KEYS})
    root = house.company().path
    means = {key: {"clarity": 8, "listening": 4, "speed": 7}.get(key, 6) for key in KEYS}
    released(found, {root: {key: spread(mean, 80) for key, mean in means.items()}})
    return found


def test_a_study_is_two_published_questionnaires_and_two_campaigns_that_share_their_keys() -> None:
    found = made()
    sides = {voice: side(found, voice) for voice in Voice}
    assert {voice: each.anonymity for voice, each in sides.items()} == {
        Voice.CUSTOMER: "confidential",
        Voice.EMPLOYEE: "anonymous",
    }
    assert sides[Voice.EMPLOYEE].mirror_of == sides[Voice.CUSTOMER]
    keys = {
        voice: list(
            Question.objects.filter(questionnaire=each.questionnaire)
            .order_by("position")
            .values_list("key", flat=True)
        )
        for voice, each in sides.items()
    }
    assert keys[Voice.CUSTOMER] == keys[Voice.EMPLOYEE]
    assert keys[Voice.CUSTOMER][:2] == ["clarity", "clarity_why"]
    assert set(Questionnaire.objects.filter(kind="mirror").values_list("status", flat=True)) == {"published"}
    assert JournalEntry.objects.filter(verb="mirror.made").count() == 1


def test_two_studies_of_one_name_have_two_addresses() -> None:
    assert [made().campaign.code for _ in range(3)] == [
        "etude-de-printemps",
        "etude-de-printemps-2",
        "etude-de-printemps-3",
    ]
    assert made(name={"fr": "Nouvelle"}).campaign.code == "nouvelle-2"


@pytest.mark.parametrize(
    "wished",
    [
        {"name": {"fr": ""}},
        {"items": []},
        {"items": [services.Item("clarity", WORDING)] * 2},
        {"items": [services.Item("Clarté", WORDING)]},
        {"items": [services.Item("clarity_why", WORDING)]},
        {"items": [services.Item("clarity", {voice: {"fr": ""} for voice in Voice})]},
        {"items": [services.Item(f"k{number}", WORDING) for number in range(services.MOST + 1)]},
        {"margin": 0.0},
        {"margin": 3.0},
        {"closes_on": dt.date(2025, 3, 1)},
    ],
)
def test_an_outline_that_does_not_hold_makes_nothing(wished: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        made(**wished)
    assert not Study.objects.exists()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION, Role.READER, Role.ADVISER, Role.ADMIN])
def test_only_quality_and_hr_make_studies(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        services.create_study(by=house.viewer(house.company(), role), outline=outline())
    services.create_study(by=house.viewer(house.company(), Role.HR), outline=outline())


def test_gaps_come_first_and_each_question_has_its_verdict(study: Study) -> None:
    viewer = house.viewer(house.company(), Role.DIRECTION)
    held = queries.study(viewer, study.campaign.code, today=house.TODAY)
    assert held is not None
    assert held.state is State.READY
    found = page.findings_of(viewer, held)
    assert found is not None
    assert {line.asked.key for line in found.lines[:2]} == {"clarity", "listening"}
    assert [line.found.verdict for line in found.lines] == [Likeness.APART] * 2 + [Likeness.ALIKE] * 6
    gaps = {line.asked.key: line.gap.observed for line in found.lines}
    assert (gaps["clarity"], gaps["listening"]) == (2, -2)
    assert found.insight is not None
    assert found.guesses == []


def test_nobody_reads_employees_before_publication_nor_with_too_few() -> None:
    viewer = house.viewer(house.company(), Role.DIRECTION)
    found = made()
    heard(found, {key: listed(spread(6, 60)) for key in KEYS})
    employees = side(found, Voice.EMPLOYEE)
    asked = Question.objects.get(questionnaire=employees.questionnaire, key="clarity")
    for _ in range(20):
        house.answer(house.response(house.company(), campaign=employees, voice=Voice.EMPLOYEE), asked, 9)
    states = {}
    for today in (dt.date(2025, 3, 1), dt.date(2025, 5, 5), house.TODAY):
        held = queries.study(viewer, found.campaign.code, today=today)
        assert held is not None
        assert Voice.EMPLOYEE not in held.people
        assert page.findings_of(viewer, held) is None
        states[today] = held.state
    assert list(states.values()) == [State.COMING, State.OPEN, State.WAITING]
    released(found, {house.company().path: {key: spread(6, 9) for key in KEYS}})
    held = queries.study(viewer, found.campaign.code, today=house.TODAY)
    assert held is not None
    assert held.state is State.FEW
    assert page.findings_of(viewer, held) is None


def test_what_was_not_released_is_left_out_and_said(study: Study) -> None:
    ReleasedFigure.objects.filter(key="price").delete()
    viewer = house.viewer(house.company(), Role.DIRECTION)
    held = queries.study(viewer, study.campaign.code, today=house.TODAY)
    assert held is not None
    found = page.findings_of(viewer, held)
    assert found is not None
    assert "price" not in {line.asked.key for line in found.lines}
    assert len(found.left_out) == 1
    assert found.insight is None


def asked(number: int) -> list[Asked]:
    return [Asked(f"k{each}", dict.fromkeys(Voice, f"k{each}"), "0-10", why=False) for each in range(number)]


def chances(mean: float) -> list[float]:
    """How likely each mark from 0 to 10 is, with a spread of 2 around a mean."""
    return [exp(-(((mark - mean) / 2.0) ** 2) / 2) for mark in range(11)]


def expected(mean: float) -> float:
    """The mean that such marks have once the ends of the scale are felt."""
    found = chances(mean)
    return sum(mark * chance for mark, chance in enumerate(found)) / sum(found)


def drawn(rng: random.Random, mean: float, n: int) -> Figure:
    return Figure(n, Counter(map(str, rng.choices(range(11), chances(mean), k=n))))


def test_a_study_where_both_sides_answer_alike_says_so_in_at_least_95_percent() -> None:
    rng, wrong, alike = random.Random(20), 0, 0
    questions = asked(10)
    studies = 300
    for _ in range(studies):
        means = [rng.uniform(5.4, 6.8) for _ in questions]
        customers = {one.key: drawn(rng, mean, 1200) for one, mean in zip(questions, means, strict=True)}
        employees = {one.key: drawn(rng, mean, 150) for one, mean in zip(questions, means, strict=True)}
        found = findings.lines(questions, customers, employees, 0.5)
        wrong += any(line.found.verdict is Likeness.APART for line in found)
        alike += sum(line.found.verdict is Likeness.ALIKE for line in found)
    # The rate is 5 %, drawn 300 times: two standard errors above it.
    assert wrong <= 0.05 * studies + 2 * (0.05 * 0.95 * studies) ** 0.5
    assert alike >= 0.75 * studies * len(questions)


def test_sides_that_differ_by_the_margin_are_called_alike_in_at_most_5_percent() -> None:
    rng = random.Random(21)
    questions = asked(10)
    verdicts: Counter[Likeness | None] = Counter()
    gap = expected(5.5) - expected(5.0)
    for _ in range(150):
        customers = {one.key: drawn(rng, 5.0, 1200) for one in questions}
        employees = {one.key: drawn(rng, 5.5, 150) for one in questions}
        verdicts.update(line.found.verdict for line in findings.lines(questions, customers, employees, gap))
    assert verdicts[Likeness.ALIKE] <= 0.065 * verdicts.total()


def test_under_thirty_employees_figures_are_indicative_and_nothing_is_concluded() -> None:
    rng, questions = random.Random(3), asked(2)
    customers = {one.key: drawn(rng, 4.0, 300) for one in questions}
    employees: dict[str, Figure | None] = {one.key: drawn(rng, 9.0, 20) for one in questions}
    assert {line.found.verdict for line in findings.lines(questions, customers, employees, 0.5)} == {None}


def cell(name: str, figures: Mapping[str, Figure | None]) -> Cell:
    return Cell((1,), "unit", f"/v/{name}/", name, f"/v/{name}/", (f"/v/{name}/",), 12, 14, "shown", figures)


def test_teams_alike_are_drawn_together_and_one_that_guesses_far_is_told() -> None:
    rng, questions = random.Random(7), asked(10)
    customers = {one.key: drawn(rng, 6.0, 1200) for one in questions}
    company: dict[str, Figure | None] = {one.key: drawn(rng, 6.0, 150) for one in questions}
    lines = findings.lines(questions, customers, company, 0.5)
    same = [cell(f"t{at}", {one.key: drawn(rng, 6.0, 12) for one in questions}) for at in range(10)]
    raw = [findings.guesses(same, lines)]
    assert len(raw[0]) == 10
    assert max(abs(one.bias.observed) for one in raw[0]) < max(abs(one.accuracy.bias) for one in raw[0])
    assert not any(one.bias.excludes_zero for one in raw[0])
    far = [*same, cell("far", {one.key: drawn(rng, 9.5, 25) for one in questions})]
    told = {one.cell.label: one.bias for one in findings.guesses(far, lines)}
    assert told["far"].low > 0
    assert told["far"].n == 25


def test_teams_of_fewer_than_eight_answers_are_not_told() -> None:
    rng, questions = random.Random(8), asked(10)
    figures = {one.key: drawn(rng, 6.0, 200) for one in questions}
    lines = findings.lines(questions, figures, figures, 0.5)
    few = [cell(f"t{at}", {one.key: drawn(rng, 6.0, 7) for one in questions}) for at in range(5)]
    assert findings.guesses(few, lines) == []
    hidden = [cell(f"t{at}", {one.key: None for one in questions}) for at in range(5)]
    assert findings.guesses(hidden, lines) == []


def test_the_page_its_files_and_its_words(client: Any, study: Study) -> None:
    campaign = side(study, Voice.CUSTOMER)
    said = Response.objects.filter(campaign=campaign).first()
    assert said is not None
    Verbatim.objects.create(
        id=7, response=said, question_key="clarity_why", voice="customer", heard_on=said.heard_on,
        unit_path=said.unit_path, source="mirror", text="Rappelez-moi au 06 12 34 56 78, courriers obscurs.",
        masked_text="Rappelez-moi au [téléphone], courriers obscurs.",
    )  # fmt: skip
    release = Release.objects.get()
    ReleasedComment.objects.create(
        id=9, release=release, unit_path=house.company().path, order=0, question_key="clarity_why",
        text="Nous expliquons mieux qu’avant.",
    )  # fmt: skip
    member = house.member(house.company(), Role.DIRECTION)
    client.force_login(member.account)
    address = f"{LIST}{study.campaign.code}/"
    shown = client.get(f"{address}?question=clarity").content.decode()
    assert "courriers obscurs" in shown
    assert "06 12 34" not in shown
    assert "Nous expliquons mieux" in shown
    assert "écart démontré" in shown
    assert "courriers obscurs" not in client.get(f"{address}?question=speed").content.decode()
    rows = list(
        csv.DictReader(
            client.get(f"{address}export.csv").getvalue().decode("utf-8-sig").splitlines(), delimiter=";"
        )
    )
    assert len(rows) == len(KEYS)
    assert rows[0]["Verdict"] == "écart démontré"
    assert {abs(float(row["Écart"].replace(",", "."))) for row in rows[:2]} == {2.0}
    Release.objects.update(published_at=dt.datetime(2025, 6, 5, 22, 30, tzinfo=dt.UTC))
    assert "Publié le 6 juin 2025" in words_of(client.get(f"{address}export.pdf").content)
    assert client.get(f"{address}export.xlsx").status_code == 200
    assert JournalEntry.objects.filter(verb="mirror.exported").count() == 3
    reader = house.member(house.company(), Role.READER)
    client.force_login(reader.account)
    assert "courriers obscurs" not in client.get(f"{address}?question=clarity").content.decode()


def typed(**more: str) -> dict[str, str]:
    lines = {
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-key": "clarity",
        "form-0-customer_fr": "La clarté des courriers", "form-0-employee_fr": "La clarté, selon les clients",
        "form-0-customer_en": "How clear letters are", "form-0-employee_en": "How clear, to customers",
        "form-1-key": "", "form-1-customer_fr": "", "form-1-employee_fr": "",
    }  # fmt: skip
    frame = {
        "name_fr": "Automne", "name_en": "Autumn", "design": "judges", "scale": "0-10", "margin": "0,5",
        "opens_on": "2025-09-01", "closes_on": "2025-09-30", "step": "check",
    }  # fmt: skip
    return frame | lines | more


def test_the_wizard_shows_both_wordings_before_it_freezes_them(client: Any) -> None:
    member = house.member(house.company(), Role.HR)
    client.force_login(member.account)
    assert client.get(NEW).status_code == 200
    refused = client.post(NEW, typed(name_fr=""))
    assert refused.status_code == 422
    half = client.post(NEW, typed(**{"form-1-key": "speed"}))
    assert half.status_code == 422
    one_side = client.post(NEW, typed(**{"form-0-employee_en": ""}))
    assert one_side.status_code == 422
    assert client.post(NEW, typed(closes_on="2025-08-01")).status_code == 422
    checked = client.post(NEW, typed()).content.decode()
    assert "La clarté des courriers" in checked
    assert "La clarté, selon les clients" in checked
    assert "How clear, to customers" in checked
    assert not Study.objects.exists()
    back = client.post(NEW, typed(step="change"))
    assert back.status_code == 200
    assert "La clarté des courriers" in back.content.decode()
    done = client.post(NEW, typed(step="make"))
    assert (done.status_code, done["Location"]) == (302, f"{LIST}automne/")
    found = Study.objects.get()
    assert (found.design, found.margin) == ("judges", 0.5)
    assert found.campaign.name == {"fr": "Automne", "en": "Autumn"}
    asked = Question.objects.get(questionnaire=found.campaign.questionnaire, key="clarity")
    assert asked.wording == {"fr": "La clarté des courriers", "en": "How clear letters are"}
    assert client.get(done["Location"]).status_code == 200


def test_the_list_is_empty_then_says_how_far_each_study_is(client: Any) -> None:
    member = house.member(house.company(), Role.QUALITY)
    client.force_login(member.account)
    assert NEW in client.get(LIST).content.decode()
    made(closes_on=dt.date(2026, 1, 31))
    assert "Ouverte" in client.get(LIST).content.decode()
    assert Answer.objects.count() == 0
