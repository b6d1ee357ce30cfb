"""A small company to test with: plain functions, one thing each; a test says only what it cares about.

team = house.unit()
manager = house.viewer(team)
said = house.response(team, satisfaction=2, text="Attente trop longue.")
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.utils import timezone

from tests.guards import HouseClient
from tests.scores import assert_scores_carry_n_and_interval
from visavis.act.inbox.models import Case, Why
from visavis.core.keys import key
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.written import COPIED, copied, written
from visavis.listen.surveys.models import Question, Questionnaire
from visavis.moments.exchanges.models import Channel, Customer, Interaction, Level, Reason
from visavis.moments.references.models import Moment
from visavis.people.access.models import Grant
from visavis.people.access.viewer import Viewer, viewer_of
from visavis.people.accounts.models import Account
from visavis.people.persons.models import Assignment, Person
from visavis.people.units.models import Unit
from visavis.share.alerts.models import Alert, Watch
from visavis.text import VERSION
from visavis.understand.learning.models import Draw
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import fingerprint

__all__ = ["TODAY", "assert_scores_carry_n_and_interval", "cast", "unit", "viewer"]

#: The day on which everything here happens, a Monday.
TODAY = dt.date(2025, 12, 1)
PASSWORD = "mot de passe de la maison"
LONG_AGO = dt.date(2020, 1, 1)

_numbers = count(1)


def company() -> Unit:
    """The root of the tree."""
    root, _ = Unit.objects.get_or_create(
        code="acme", defaults={"name": "Acme", "kind": Unit.Kind.COMPANY, "path": "/acme/"}
    )
    return root


def unit(code: str = "", parent: Unit | None = None, **fields: Any) -> Unit:
    """A team, under the company unless told otherwise."""
    parent = parent or company()
    code = code or f"team{next(_numbers)}"
    return Unit.objects.create(
        **{"code": code, "name": code.capitalize(), "parent": parent, "path": f"{parent.path}{code}/"}
        | fields
    )


def person(code: str = "", **fields: Any) -> Person:
    """Somebody who works here."""
    code = code or f"p{next(_numbers)}"
    return Person.objects.create(**{"code": code, "name": f"Camille {code}"} | fields)


def assignment(who: Person, where: Unit, role: Role = Role.ADVISER, **fields: Any) -> Assignment:
    """``who`` works at ``where`` since long ago."""
    facts = {"person": who, "unit": where, "unit_path": where.path, "role": role.value, "starts_on": LONG_AGO}
    return Assignment.objects.create(**facts | fields)


def account(who: Person | None = None, email: str = "", password: str = PASSWORD, **fields: Any) -> Account:
    """An account that may sign in, without any right."""
    email = email or f"a{next(_numbers)}@acme.example"
    made = Account.objects.create_user(email, password, person=who, **fields)
    EmailAddress.objects.create(user=made, email=email, primary=True, verified=True)
    return made


def grant(to: Account, where: Unit, role: Role = Role.MANAGER, **fields: Any) -> Grant:
    """A role of an account on a branch, since long ago."""
    return Grant.objects.create(
        **{"account": to, "unit": where, "role": role.value, "starts_on": LONG_AGO} | fields
    )


#: What a file is for, where one must say so.
PURPOSE = "Comité qualité de lundi"


def taken(client: HouseClient, path: str) -> Any:
    """Ask for a file about people: say why, and get it."""
    assert client.get(path)["Content-Type"].startswith("text/html")
    return client.post(path, {"pourquoi": PURPOSE})


def viewer(where: Unit | None = None, role: Role = Role.MANAGER, who: Person | None = None) -> Viewer:
    """The viewer of a new account with ``role`` at ``where``; without a place, a stranger's."""
    someone = account(who)
    if where is not None:
        grant(someone, where, role)
    return viewer_of(someone, today=TODAY)


class Member(NamedTuple):
    """One of the cast: who they are, what they may read, and their browser."""

    account: Account
    viewer: Viewer
    client: HouseClient


def member(where: Unit | None = None, role: Role = Role.MANAGER, who: Person | None = None) -> Member:
    """Somebody signed in with ``role`` at ``where``; without a place, without any right."""
    someone = account(who)
    if where is not None:
        grant(someone, where, role)
    client = HouseClient()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return Member(someone, viewer_of(someone, today=TODAY), client)


@dataclass(frozen=True)
class Cast:
    """Two teams side by side, and three people with the same role but not the same place."""

    ours: Unit
    theirs: Unit
    owner: Member
    neighbour: Member
    stranger: Member


def cast(role: Role = Role.MANAGER, *, at_root: bool = False) -> Cast:
    """The owner's team, a neighbour of the next team (its code begins alike), a stranger without grant.

    Args:
        role: what the owner and the neighbour are.
        at_root: whether the owner has the role in the whole company; the neighbour keeps a branch.
    """
    region = unit(f"region{next(_numbers)}")
    ours, theirs = unit(f"{region.code}a", region), unit(f"{region.code}ab", region)
    people = {name: person() for name in ("owner", "neighbour")}
    assignment(people["owner"], ours, role)
    assignment(people["neighbour"], theirs, role)
    return Cast(
        ours,
        theirs,
        member(company() if at_root else ours, role, people["owner"]),
        member(theirs, role, people["neighbour"]),
        member(),
    )


def channel(code: str = "phone", **fields: Any) -> Channel:
    """A channel, made once a code."""
    names = {"name": {"fr": code, "en": code}} | fields
    return Channel.objects.get_or_create(code=code, defaults=names)[0]


def reason(code: str = "claim", **fields: Any) -> Reason:
    """A contact reason, made once a code."""
    names = {"name": {"fr": code, "en": code}} | fields
    return Reason.objects.get_or_create(code=code, defaults=names)[0]


def level(code: str = "n1", **fields: Any) -> Level:
    """A level of treatment, made once a code."""
    names = {"name": {"fr": code, "en": code}} | fields
    return Level.objects.get_or_create(code=code, defaults=names)[0]


def moment(code: str = "first-claim", **fields: Any) -> Moment:
    """A moment, of truth unless told otherwise, made once a code."""
    facts = {"name": {"fr": code, "en": code}, "kind": Moment.Kind.TRUTH, "stage": Moment.Stage.SMOT}
    return Moment.objects.get_or_create(code=code, defaults=facts | fields)[0]


def theme(code: str = "delay", parent: Theme | None = None, **fields: Any) -> Theme:
    """A theme for both voices, made once a code."""
    facts = {"name": {"fr": code, "en": code}, "parent": parent, "voices": [str(voice) for voice in Voice]}
    return Theme.objects.get_or_create(code=code, defaults=facts | fields)[0]


def customer(code: str = "", **fields: Any) -> Customer:
    """A customer."""
    code = code or f"c{next(_numbers)}"
    return Customer.objects.create(id=key("customer", code), code=code, **fields)


def interaction(where: Unit, who: Person | None = None, on: dt.date = TODAY, **fields: Any) -> Interaction:
    """An exchange at ``where``, at nine in the morning."""
    code = fields.pop("code", f"i{next(_numbers)}")
    facts = {
        "id": key("contact", code),
        "code": code,
        "started_at": timezone.make_aware(dt.datetime.combine(on, dt.time(9))),
        "day": on,
        "channel": channel(),
        "person": who,
        "unit": where,
        "unit_path": where.path,
    }
    return Interaction.objects.create(**facts | fields)


def questionnaire(voice: Voice = Voice.CUSTOMER, code: str = "", **fields: Any) -> Questionnaire:
    """A published survey."""
    facts = {
        "code": code or f"q{next(_numbers)}",
        "kind": Questionnaire.Kind.SURVEY,
        "voice": voice.value,
        "status": Questionnaire.Status.PUBLISHED,
    }
    return Questionnaire.objects.create(**facts | fields)


def question(of: Questionnaire, code: str = "satisfaction", **fields: Any) -> Question:
    """A question about satisfaction, from 1 to 5."""
    facts = {
        "role": Question.Role.CSAT,
        "scale": Question.Scale.ONE_FIVE,
        "wording": {"fr": code, "en": code},
    }
    return Question.objects.create(**{"questionnaire": of, "key": code} | facts | fields)


def campaign(of: Questionnaire | None = None, code: str = "", **fields: Any) -> Campaign:
    """A campaign of a questionnaire, for the voice that it asks."""
    of = of or questionnaire()
    facts = {"code": code or f"k{next(_numbers)}", "questionnaire": of, "voice": of.voice}
    return Campaign.objects.create(**facts | fields)


def response(
    where: Unit, voice: Voice = Voice.CUSTOMER, on: dt.date = TODAY, text: str = "", **fields: Any
) -> Response:
    """A return of either voice, with its words if ``text`` is given."""
    facts = {
        "id": key("test", next(_numbers)),
        "voice": voice.value,
        "source": Response.Source.SURVEY,
        "unit": where,
        "unit_path": where.path,
        "heard_on": on,
    }
    made = Response.objects.create(**facts | fields)
    if text:
        verbatim(made, text)
    return made


def answer(to: Response, of: Question, value: float | None = 4, **fields: Any) -> Answer:
    """One mark."""
    facts = {"id": key(to.pk, of.key), "response": to, "question": of, "value": value}
    return Answer.objects.create(**facts | fields)


def verbatim(of: Response, text: str = "Réponse claire et rapide.", **fields: Any) -> Verbatim:
    """The words of a return, not read yet unless ``read_at`` is given."""
    facts = {
        "id": key(of.pk, "verbatim"),
        "response": of,
        **copied({name: getattr(of, name) for name in COPIED.values()}),
        **written(of.voice, text),
    }
    return Verbatim.objects.create(**facts | fields)


def annotation(of: Verbatim, about: Theme | None = None, **fields: Any) -> Annotation:
    """How the engine read a text, or one theme in it."""
    facts = {"verbatim": of, "theme": about, "by": Annotation.By.ENGINE, "made_at": timezone.now()}
    told = Annotation.objects.create(**facts | fields)
    note_heard([of.pk])
    return told


def draw(of: Verbatim, **fields: Any) -> Draw:
    """A text of the week's queue, as the engine read it."""
    facts = {
        "verbatim": of,
        "voice": of.voice,
        "unit_path": of.unit_path,
        "week": TODAY,
        "place": next(_numbers),
        "random": False,
        "frozen": False,
        "words": fingerprint(of.text),
        "version": VERSION,
        "tone": "positive",
        "sentiment": 0.6,
        "certainty": 0.8,
    }
    return Draw.objects.create(**facts | fields)


def case(of: Response, who: Person | None = None, **fields: Any) -> Case:
    """A return to treat."""
    facts = {"response": of, "why": Why.UNHAPPY, "rank": 5, "person": who, "unit_path": of.unit_path}
    return Case.objects.create(**facts | {"opened_on": of.heard_on} | fields)


def watch(where: Unit, figure: str = "satisfaction", **fields: Any) -> Watch:
    """A figure of a unit watched for whoever sees it, with a baseline of thirteen weeks at eight in ten."""
    weeks = [(dt.date(2025, 1, 6) + dt.timedelta(weeks=number)).isoformat() for number in range(13)]
    baseline = {"centre": 0.8, "spread": 0.4, "weight": 520, "periods": 13, "weeks": weeks}
    facts = {"key": f"{figure}|{where.path}|{next(_numbers)}", "figure": figure, "unit": where}
    return Watch.objects.create(
        **facts | {"unit_path": where.path, "everyone": True, "baseline": baseline} | fields
    )


def alert(where: Unit, of: Watch | None = None, **fields: Any) -> Alert:
    """A fall of satisfaction of a unit, open."""
    of = of or watch(where)
    found = {"now": [60], "now_n": 120, "before": [416], "before_n": 520, "weeks": 3, "base": 13}
    day = dt.date(2025, 11, 10)
    facts = {"watch": of, "unit_path": where.path, "week": day, "above": False, "since": day}
    dates = {"since_first": day, "since_last": day + dt.timedelta(weeks=1)}
    weeks = [dt.date(2025, 1, 6) + dt.timedelta(weeks=number) for number in range(47)]
    drawn = [[week.isoformat(), [32 if week < day else 20], 40] for week in weeks]
    told = {"found": found | {"p_value": 0.0001, "until": "2025-11-24", "drawn": drawn}}
    return Alert.objects.create(**facts | dates | told | fields)
