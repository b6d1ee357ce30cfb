"""Files written for a test, and brought in the way a person or a command does."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from tests import house
from visavis.core.words import Voice
from visavis.listen.campaigns.mirrors import Mirror, mirrors
from visavis.listen.campaigns.models import Campaign
from visavis.listen.imports import engine, services
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow
from visavis.listen.imports.plans import Plan
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.surveys.models import Questionnaire
from visavis.moments.exchanges.models import Customer, Interaction
from visavis.people.access.viewer import system

COUNTS = ("imported", "updated", "unchanged", "rejected")

ORGANISATION = """unit;unit_name;unit_kind;parent;person;person_name;role;starts_on;ends_on
vaubrune;Vaubrune;;;;;;;
roubaix;Roubaix;centre;vaubrune;;;;;
escaut;Escaut;équipe;roubaix;A1;Inès Morel;conseillère;2024-01-01;
lys;Lys;équipe;roubaix;A2;Amadou Diallo;adviser;2024-01-01;2024-12-31
lys;Lys;équipe;roubaix;M1;Sonia Roux;superviseure;2023-05-01;
"""
CONTACTS = """contact;started_at;channel;reason;level;wait_s;handle_s;outcome;person;customer
C1;2024-03-04 09:12:00;TEL;Sinistre;N1;30;400;résolu;A1;S1
C2;2024-03-06 10:00:00;chat;Sinistre;N2;;;transféré;A2;S1
C3;2024-03-20 10:00:00;TEL;Sinistre;N1;;;résolu;A1;S1
C4;2024-03-21 23:30:00;TEL;Cotisation;N1;;;résolu;;S2
"""
RETURNS = """return;answered_at;contact;satisfaction;recommendation;resolved;verbatim;callback;question:tri
R1;2024-03-05 08:00;C1;5;9;oui;Très bonne écoute.;non;4
R2;2024-03-07 08:00;C2;2;3;non;Trois semaines sans réponse.;oui;2
R3;2024-03-22 08:00;C4;4;;;;;
"""
BAROMETER = """wave;unit;climate;recommend_employer;tools;comment
2025-11;escaut;4;8;3;Le nouvel outil est lent.
2025-11;escaut;4;8;3;
2025-11;escaut;4;8;3;
2025-11;lys;2;4;1;
"""
REVIEWS = """published_on;unit;product;rating;text;author
06/09/2021;Direct;auto;5;Très bien, rapide.;abc
07/09/2021;Direct;auto;;Aucune nouvelle depuis un mois.;def
07/09/2021;Directe;moto;1;Augmentation sans explication.;def
"""
MIRROR = """respondent;voice;closed_on;unit;clarity;follow_up;clarity_why
X1;client;2025-05-05;;5;7;Les courriers sont longs à lire et à comprendre.
X2;client;2025-05-04;;0;10;
X1;collaborateur;2025-05-05;escaut;8;6;On explique bien mieux qu'avant, je trouve.
X3;collaborateur;2025-05-05;lys;9;5;
X4;collaborateur;2025-05-05;lys;9;5;
"""


def received(kind: str, content: str | bytes, name: str = "fichier.csv") -> ImportRun:
    """A draft, as after the first step."""
    data = content.encode() if isinstance(content, str) else content
    return services.receive_file(by=system(), kind=Kind(kind), name=name, source=io.BytesIO(data))


def started(kind: str, content: str | bytes, **choices: Any) -> ImportRun:
    """An import that waits, its mapping as proposed."""
    run = received(kind, content)
    plan = services.propose_mapping(run)
    plan = Plan(plan.mapping, **choices)
    return services.start(by=system(), run=run, plan=plan, nudge=False)


def imported(kind: str, content: str | bytes, **choices: Any) -> ImportRun:
    """An import worked on to its end."""
    return engine.run_import(started(kind, content, **choices).pk)


def counts(run: ImportRun) -> tuple[int, ...]:
    """Imported, updated, unchanged, rejected."""
    return tuple(getattr(run, name) for name in COUNTS)


def reasons(run: ImportRun) -> list[tuple[int, str, str]]:
    """Line, column and code of each reject, in the order of the file."""
    rows = RejectedRow.objects.filter(run=run).order_by("row", "column", "code")
    return [(row.line, row.column, row.code) for row in rows]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All the facts that imports write, whole, to compare two instances."""
    return {
        model.__name__: sorted(model._default_manager.order_by("pk").values_list(*_columns(model)))
        for model in (Customer, Interaction, Response, Answer, Verbatim)
    }


def _columns(model: Any) -> Iterable[str]:
    return [field.attname for field in model._meta.concrete_fields]


def mirror_study(code: str = "printemps", **days: Any) -> Mirror:
    """A mirror study whose two sides share their keys."""
    sides: dict[Voice, Campaign] = {}
    for voice in Voice:
        asked = house.questionnaire(voice, f"{code}-{voice}", kind=Questionnaire.Kind.MIRROR)
        for key in ("clarity", "follow_up"):
            house.question(asked, key, scale="0-10", role="criterion")
        house.question(asked, "clarity_why", scale="text", role="text")
        window = {"opens_on": dt.date(2025, 4, 1), "closes_on": dt.date(2025, 5, 5)} | days
        sides[voice] = house.campaign(
            asked,
            f"{code}-{voice}" if sides else code,
            name={"fr": "Étude de printemps"},
            voice=voice,
            anonymity="anonymous" if sides else "confidential",
            mirror_of=next(iter(sides.values()), None),
            **window,
        )
    return next(each for each in mirrors() if each.code == code)
