"""A small company that looks like one: people sign in, teams are heard, texts are long, names hostile."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests import house
from tests.house import TODAY, Cast, Member
from visavis.act.inbox.models import Case, CaseStep, Why
from visavis.core.words import Polarity, Role, Voice
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow
from visavis.listen.returns.feelings import feeling_question
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.persons.models import Person
from visavis.people.units.models import Event, Unit
from visavis.understand.themes.models import Theme

#: What a name may be, and no page may trip over.
HOSTILE = "<b>É'\"&</b> ${7*7} {{ 7 }}"
LONG_WORD = "Anticonstitutionnellementhyperchargéedescotisationsmutualistes"
_DAY = dt.timedelta(days=1)

_BAD, _GOOD, _SO = Polarity.NEGATIVE, Polarity.POSITIVE, Polarity.MIXED
#: Mark, text, and the themes heard in it.
_SAID: list[tuple[int, str, tuple[tuple[str, Polarity], ...]]] = [
    (
        1,
        (
            "Ma cotisation augmente de 14 % sans explication. La conseillère a été polie mais je n’ai "
            "toujours pas compris pourquoi. Si rien ne change je résilie."
        ),
        (("premium", _BAD), ("clarity", _BAD), ("kindness", _GOOD)),
    ),
    (
        2,
        "Troisième message pour mon dégât des eaux, on me redemande les mêmes photos.",
        (("follow-up", _BAD),),
    ),
    (
        5,
        (
            "Après le décès de mon mari, la personne que j’ai eue a pris le temps de m’écouter et s’est "
            "occupée de tout. Je ne l’oublierai pas."
        ),
        (("listening", _GOOD), ("kindness", _GOOD)),
    ),
    (4, "Réponse claire et rapide.", (("clarity", _GOOD), ("delay", _GOOD))),
    (5, "Parfait, merci !", ()),
    (
        3,
        "L’accueil est bon. Le délai pour recevoir le courrier l’est moins, il a fallu trois semaines.",
        (("delay", _SO), ("kindness", _GOOD)),
    ),
    (2, "Impossible de joindre quelqu’un avant 11 h, puis on me renvoie vers le site.", (("reach", _BAD),)),
    (5, "Très satisfaite de mon échange, tout était simple.", (("clarity", _GOOD),)),
]
_LONG = " ".join([text for _, text, _ in _SAID] * 3)
_THEMES = {
    "premium": ("Évolution de cotisation", "Premium changes"),
    "clarity": ("Clarté de l’explication", "Clarity of the explanation"),
    "kindness": ("Politesse", "Politeness"),
    "follow-up": ("Suivi du dossier", "Follow-up of the file"),
    "listening": ("Écoute", "Being listened to"),
    "delay": ("Délai", "Delay"),
    "reach": ("Joignabilité", "Reachability"),
}
_CHANNELS = {
    "phone": ("Téléphone", "Phone"),
    "mail": ("Mail", "E-mail"),
    "chat": ("Chat et messagerie", "Chat"),
}
_REASONS = {
    "simple": ("Demande simple", "Simple request"),
    "claim": ("Sinistre", "Claim"),
    "premium": ("Évolution de cotisation", "Premium changes"),
    "complaint": ("Réclamation", "Complaint"),
}
_ADVISERS = [
    "Amadou Diallo",
    "Bruno Kessler",
    "Fanny Le Guével",
    "Jean-Baptiste de La Rochefoucauld",
    HOSTILE,
]
_TEAMS = ["Deûle", "Marque", "Scarpe", "Aa", "Sinistres Mélantois", HOSTILE, LONG_WORD]


#: Other states of the pages: empty, few, full, closed, refused, lost. Without a role, nobody signed in.
STATES: list[tuple[str, Role | None]] = [
    ("/agir/dossiers/{closed}/", Role.ADVISER),
    ("/agir/dossiers/?page=2", Role.MANAGER),
    ("/agir/dossiers/", Role.QUALITY),
    ("/equipe/escaut/", Role.MANAGER),
    ("/equipe/t6/", Role.DIRECTION),
    *(
        (f"/comprendre/rapports/?periode={period}", Role.QUALITY)
        for period in ("2025-11", "2025-12", "2019-02")
    ),
    ("/comprendre/rapports/?periode=nonsense&canal=mail", Role.READER),
    *((f"/ecouter/fichier-du-jour/?periode={day}", Role.QUALITY) for day in ("2025-11-30", "2019-02-03")),
    ("/ecouter/retours/?periode=tout", Role.QUALITY),
    ("/ecouter/retours/{long}/", Role.MANAGER),
    ("/admin/imports/{run}/", Role.ADMIN),
    ("/nowhere/", Role.READER),
    ("/nowhere/", None),
]


@dataclass(frozen=True, slots=True)
class Company:
    """Who signs in, and the keys of what ``STATES`` names."""

    casts: dict[Role, Cast]
    keys: dict[str, object]


@transaction.atomic
def fill() -> Company:
    """Build the company in an empty instance."""
    region = house.unit("roubaix", name="Centre de Roubaix", kind=Unit.Kind.CENTRE)
    ours, theirs = (house.unit(name.lower(), region, name=f"Équipe {name}") for name in ("Escaut", "Lys"))
    teams = [house.unit(f"t{place}", region, name=name) for place, name in enumerate(_TEAMS)]
    casts = _casts(region, ours, theirs)
    ines = casts[Role.ADVISER].owner.account.person
    assert ines is not None
    colleagues = [house.person(name=name) for name in _ADVISERS]
    for colleague in colleagues:
        house.assignment(colleague, ours)
    talk = _Talk()
    _heard(talk, ours, ines, colleagues, teams)
    closed = _cases(talk, ours, ines, colleagues)
    _exchanges(talk, ours, ines)
    _events(region, ours)
    run = _import_run(casts[Role.ADMIN].owner)
    long = Verbatim.objects.filter(text=_LONG).order_by("pk")[0]
    return Company(casts, {"closed": closed.pk, "run": run.pk, "long": long.response_id})


def _casts(region: Unit, ours: Unit, theirs: Unit) -> dict[Role, Cast]:
    stranger, neighbour = house.member(), house.member(theirs, Role.ADVISER, house.person(name="Noé Voisin"))
    places = {Role.ADVISER: ours, Role.MANAGER: region}
    names = {Role.ADVISER: "Inès Morel", Role.MANAGER: "Sophie Lambert", Role.HR: HOSTILE}
    found = {}
    for role in Role:
        who = house.person(name=names.get(role, f"Claire Vasseur-{role}"))
        house.assignment(who, ours, role)
        member = house.member(places.get(role, house.company()), role, who)
        found[role] = Cast(ours, theirs, member, neighbour, stranger)
    return found


class _Talk:
    """The customers of the company, who speak in turn."""

    def __init__(self) -> None:
        self.themes = {
            code: house.theme(code, _parent(), name=_both(names)) for code, names in _THEMES.items()
        }
        self.channels = cycle(_lists(Channel, _CHANNELS))
        self.reasons = cycle(_lists(Reason, _REASONS))
        self.levels = cycle(
            [house.level("n1", name=_both(("N1", "N1"))), house.level("n2", name=_both(("N2", "N2")))]
        )
        self.moment = house.moment(name=_both(("Suivre son sinistre", "Following one’s claim")))
        self.survey = house.questionnaire()
        self.clarity = house.question(self.survey, "clarity", role=Question.Role.CRITERION)
        self.turn = count()

    def about(
        self, where: Unit, who: Person | None, on: dt.date, said: int | None = None, text: str = ""
    ) -> Response:
        """Somebody speaks of ``who`` at ``where``."""
        place = next(self.turn)
        mark, words, themes = _SAID[(place if said is None else said) % len(_SAID)]
        facts: dict[str, Any] = {
            "channel": next(self.channels),
            "reason": next(self.reasons),
            "level": next(self.levels),
        }
        facts |= {
            "satisfaction": mark,
            "recommendation": 2 * mark,
            "triaged": True,
            "level": next(self.levels),
        }
        facts |= {"product": "Auto" if place % 3 else "", "moment": None if place % 4 else self.moment}
        at = timezone.make_aware(dt.datetime.combine(on, dt.time(7, place % 60)))
        made = house.response(where, on=on, person=who, heard_at=at, **facts)
        house.answer(made, self.clarity, min(5, mark + place % 2))
        if place % 5 or text:
            self._read(house.verbatim(made, text or words, read_at=timezone.now()), mark, themes)
        return made

    def _read(self, text: Verbatim, mark: int, themes: tuple[tuple[str, Polarity], ...]) -> None:
        tone = _GOOD if mark > 3 else _BAD if mark < 3 else _SO
        Verbatim.objects.filter(pk=text.pk).update(
            polarity=tone, certainty=0.9, intensity=abs(mark - 3), sentiment=0.4
        )
        for place, (code, polarity) in enumerate(themes):
            house.annotation(
                text, self.themes[code], polarity=polarity, certainty=0.9 - place * 0.25, version="1"
            )


def _both(names: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("fr", "en"), names, strict=True))


def _parent() -> Theme:
    return house.theme("service", name=_both(("Service", "Service")))


def _lists(model: type[Channel] | type[Reason], names: dict[str, tuple[str, str]]) -> list[Channel | Reason]:
    make = house.channel if model is Channel else house.reason
    return [make(code, name=_both(both), position=place) for place, (code, both) in enumerate(names.items())]


def _heard(talk: _Talk, ours: Unit, ines: Person, colleagues: list[Person], teams: list[Unit]) -> None:
    """Three months of the team, a few returns of the others, the last morning in full."""
    for place in range(47):
        talk.about(ours, ines, TODAY - (1 + place % 80) * _DAY, said=place + place // 3)
    for place in range(90):
        talk.about(ours, colleagues[place % len(colleagues)], TODAY - (1 + place % 85) * _DAY)
    for place, team in enumerate(teams):
        for _ in range(3 * place):
            talk.about(team, None, TODAY - (1 + place) * _DAY)
        talk.about(team, None, TODAY - _DAY)
    for text in (_LONG, f"{LONG_WORD} ! {HOSTILE}", "<script>alert('x')</script> & « citation » \"double\""):
        talk.about(ours, colleagues[-1], TODAY - _DAY, text=text)


def _cases(talk: _Talk, ours: Unit, ines: Person, colleagues: list[Person]) -> Case:
    """Three returns wait for the adviser, as in the story; others for the team, one is closed."""
    yesterday = TODAY - _DAY
    for said, why, rank, due in (
        (0, Why.CHURN, 1, TODAY + _DAY),
        (1, Why.REPEAT, 3, TODAY),
        (2, Why.DELIGHTED, 5, None),
        (6, Why.UNHAPPY, 4, yesterday),
    ):
        made = talk.about(ours, ines, TODAY, said=said, text=_SAID[said][1])
        house.case(made, ines, why=why, rank=rank, due_on=due)
    for place, who in zip(range(30), cycle([None, *colleagues])):
        made = talk.about(ours, who, yesterday, said=6, text=_LONG if place == 0 else "")
        house.case(made, who, why=Why.STAKE, rank=2, due_on=TODAY + (place % 7 - 2) * _DAY)
    said_badly = talk.about(ours, ines, yesterday, said=0, text=f"{HOSTILE} {LONG_WORD}")
    done: dict[str, Any] = {"outcome": f"Rappelée, tout est clair. {HOSTILE}", "closed_at": timezone.now()}
    closed = house.case(said_badly, ines, why=Why.CALLBACK, rank=1, status=Case.Status.CLOSED, **done)
    for kind, text in (("call", "Message laissé."), ("handover", ""), ("close", LONG_WORD)):
        CaseStep.objects.create(case=closed, kind=kind, text=text)
    return closed


def _exchanges(talk: _Talk, ours: Unit, ines: Person) -> None:
    """Three exchanges to note, and forty on which both have spoken."""
    for place in range(3):
        house.interaction(
            ours, ines, channel=next(talk.channels), reason=next(talk.reasons), code=f"now{place}"
        )
    question, marks = feeling_question(), cycle([(5, 5), (4, 4), (5, 2), (2, 5), (1, 1), (5, 4)])
    for place in range(40):
        mark, feeling = next(marks)
        day = TODAY - (8 + place) * _DAY
        exchange = house.interaction(ours, ines, day, channel=next(talk.channels))
        said = talk.about(ours, ines, day)
        Response.objects.filter(pk=said.pk).update(interaction=exchange, satisfaction=mark)
        felt = house.response(
            ours, Voice.EMPLOYEE, day, source=Response.Source.FEELING, author=ines, interaction=exchange
        )
        house.answer(felt, question, feeling)


def _events(region: Unit, ours: Unit) -> None:
    for place, (unit, kind, names) in enumerate(
        (
            (region, Event.Kind.PLANNING, ("Nouveaux plannings tournants", "New rotating schedules")),
            (ours, Event.Kind.ACTION, ("« Plannings choisis » démarre", "“Chosen schedules” starts")),
            (region, Event.Kind.INCIDENT, (HOSTILE, LONG_WORD)),
        )
    ):
        facts: dict[str, Any] = {
            "unit": unit,
            "unit_path": unit.path,
            "starts_on": TODAY - (21 + place) * _DAY,
        }
        Event.objects.create(code=f"e{place}", kind=kind, name=_both(names), **facts)


def _import_run(admin: Member) -> ImportRun:
    facts: dict[str, Any] = {
        "total": 1000,
        "cursor": 1000,
        "imported": 982,
        "rejected": 18,
        "account": admin.account,
    }
    facts |= {"started_at": timezone.now(), "ended_at": timezone.now(), "status": ImportRun.Status.DONE}
    name = f"{LONG_WORD}-{HOSTILE}.csv"
    made = ImportRun.objects.create(kind=Kind.RETURNS, file_name=name, sha256="0" * 64, size=96_214, **facts)
    raw = f"{LONG_WORD};douze"
    RejectedRow.objects.create(run=made, row=12, line=13, column=HOSTILE, code="bad_number", raw=raw)
    return made
