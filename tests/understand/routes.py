"""Addresses of the explorer and of one return."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tests import house
from tests.house import PURPOSE
from tests.matrix import ABSENT, Row
from visavis.core.words import Role, Voice
from visavis.listen.campaigns.mirrors import mirrors
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.models import Release, ReleasedCell, ReleasedFigure
from visavis.listen.surveys.models import Question
from visavis.moments.references.models import Edition
from visavis.people.access.viewer import system
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.services import Item, Outline, create_study
from visavis.understand.themes.models import Discovery, Proposal, Rereading
from visavis.understand.themes.queries import sheets_in_force
from visavis.understand.themes.sheets import rows_of
from visavis.understand.verbatims.models import SavedView

EXPLORE = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})
CORRECT = frozenset({Role.MANAGER, Role.QUALITY})
#: Whoever opens a page that may be kept: the verbatims, the daily file or the report.
KEEP_VIEWS = EXPLORE | {Role.HR, Role.READER}


def _return(cast: house.Cast) -> dict[str, Any]:
    said = house.response(cast.ours, person=house.person(), satisfaction=2)
    house.verbatim(said)
    return {"pk": said.pk}


def _view(cast: house.Cast) -> dict[str, Any]:
    return {"pk": SavedView.objects.create(account=cast.owner.account, name="Mes retours").pk}


def _text(cast: house.Cast) -> dict[str, Any]:
    return {"pk": house.verbatim(house.response(cast.ours), read_at=timezone.now()).pk}


HEAR_EMPLOYEES = frozenset({Role.ADVISER, Role.MANAGER, Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
READ_MIRRORS = HEAR_EMPLOYEES - {Role.ADVISER}
MAKE_MIRRORS = frozenset({Role.QUALITY, Role.HR})
READ_THEMES = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})
EDIT_THEMES = frozenset({Role.QUALITY})


def _mirror(_cast: house.Cast) -> dict[str, Any]:
    """A published study, the same for all: thirty customers, forty employees, one question."""
    code = "etude-miroir"
    if not Study.objects.exists():
        wording = {voice: {"fr": "Clarté"} for voice in Voice}
        days = {"opens_on": dt.date(2025, 4, 1), "closes_on": dt.date(2025, 5, 5)}
        outline = Outline(
            name={"fr": "Étude miroir"}, design="predicts", scale="0-10", margin=0.5,
            items=[Item("clarity", wording)], opens_on=days["opens_on"], closes_on=days["closes_on"],
        )  # fmt: skip
        sides = _sides(create_study(by=system(), outline=outline))
        asked = Question.objects.get(questionnaire=sides[Voice.CUSTOMER].questionnaire, key="clarity")
        for at in range(30):
            said = house.response(house.company(), campaign=sides[Voice.CUSTOMER], source="mirror")
            house.answer(said, asked, at % 11)
        release = Release.objects.create(
            kind="mirror", campaign=sides[Voice.EMPLOYEE], first_on="2025-04-01", last_on="2025-05-05",
            floor=5, comment_floor=10, crosstab_floor=10, sensitive_floor=11, people=40,
            published_at=timezone.now(),
        )  # fmt: skip
        root = house.company().path
        cell = ReleasedCell.objects.create(
            release=release, cut="unit", place=root, position=0, names={}, unit_path=root, members=[root],
            people=40, state="shown",
        )  # fmt: skip
        ReleasedFigure.objects.create(cell=cell, key="clarity", counts={"4": 20, "9": 20}, n=40)
    return {"code": code}


def _mirror_file(cast: house.Cast) -> dict[str, Any]:
    return _mirror(cast) | {"form": "csv"}


def _sides(study: Study) -> Mapping[Voice, Campaign]:
    return next(each for each in mirrors() if each.code == study.campaign.code).sides


def _theme(_cast: house.Cast) -> dict[str, Any]:
    return {"code": house.theme("waiting").code}


def _version() -> Edition:
    house.theme("waiting")
    facts = {"published_at": timezone.now(), "reason": "Reprise", "content": rows_of(sheets_in_force())}
    return Edition.objects.get_or_create(kind=Edition.Kind.THEMES, number=1, defaults=facts)[0]


def _edition(_cast: house.Cast) -> dict[str, Any]:
    return {"number": _version().number}


def _rereading(_cast: house.Cast) -> dict[str, Any]:
    facts = {"edition": _version(), "asked_at": timezone.now(), "state": Rereading.State.READY}
    return {"pk": Rereading.objects.get_or_create(fate=Rereading.Fate.OPEN, defaults=facts)[0].pk}


def _proposal(_cast: house.Cast) -> dict[str, Any]:
    search = Discovery.objects.create(asked_at=timezone.now(), state=Discovery.State.READY)
    facts = {"words": ["parking", "place"], "size": 12, "texts": [], "centre": b""}
    return {"pk": Proposal.objects.create(discovery=search, **facts).pk}


ROWS = [
    Row("verbatims:list", may=EXPLORE),
    Row("verbatims:export", may=EXPLORE, words={"form": "csv"}),
    Row("verbatims:export", may=EXPLORE, words={"form": "csv"}, method="post", data={"pourquoi": PURPOSE}),
    Row("verbatims:one", may=EXPLORE, of=_return, absent={"pk": ABSENT}),
    Row(
        "verbatims:correct",
        may=CORRECT,
        of=_text,
        absent={"pk": ABSENT},
        method="post",
        data={"reading": "-:negative"},
        answers=302,
    ),
    Row(
        "verbatims:correct_moment",
        may=CORRECT,
        of=_text,
        absent={"pk": ABSENT},
        method="post",
        data={"moment": ""},
        answers=302,
    ),
    Row(
        "verbatims:correct_many",
        may=CORRECT,
        method="post",
        data=lambda cast: {"texts": _text(cast)["pk"], "theme": "", "said": "negative"},
        answers=302,
    ),
    Row("verbatims:take_back", may=CORRECT, method="post", data={"readings": ABSENT}, answers=302),
    Row("verbatims:saved", may=KEEP_VIEWS),
    Row("verbatims:rename", may=EXPLORE, of=_view, absent={"pk": ABSENT}, personal=EXPLORE),
    Row(
        "verbatims:delete",
        may=EXPLORE,
        of=_view,
        absent={"pk": ABSENT},
        personal=EXPLORE,
        method="post",
        answers=302,
    ),
    Row("verbatims:add_theme", may=CORRECT, of=_text, absent={"pk": ABSENT}),
]


def _draw(cast: house.Cast) -> dict[str, Any]:
    return {"pk": house.draw(house.verbatim(house.response(cast.ours), read_at=timezone.now())).pk}


QUALITY = frozenset({Role.QUALITY})
_MODEL = {"kind": "tone", "voice": "customer"}

ROWS += [
    Row("learning:queue", may=CORRECT),
    Row(
        "learning:answer",
        may=CORRECT,
        of=_draw,
        absent={"pk": ABSENT},
        method="post",
        data={"say": "negative"},
        answers=302,
    ),
    Row("learning:more", may=QUALITY, method="post", answers=302),
    Row("learning:rates", may=QUALITY | {Role.ADMIN}),
    Row("learning:distil", may=QUALITY, method="post", answers=302),
    Row("learning:choose", may=QUALITY, words=_MODEL | {"number": 0}),
    Row("learning:reread", may=QUALITY, words=_MODEL),
    Row("themes:list", may=READ_THEMES),
    Row("themes:theme", may=READ_THEMES, of=_theme, absent={"code": "absent"}, shared=True),
    Row("themes:effect", may=READ_THEMES, of=_theme, absent={"code": "absent"}, shared=True),
    Row("themes:trial", may=READ_THEMES),
    Row("themes:tests", may=READ_THEMES),
    Row("themes:versions", may=READ_THEMES),
    Row("themes:compare", may=READ_THEMES),
    Row("themes:export", may=READ_THEMES, words={"form": "csv"}),
    Row("themes:new", may=EDIT_THEMES),
    Row("themes:draft", may=EDIT_THEMES),
    Row("themes:file", may=EDIT_THEMES),
    Row("themes:proposals", may=EDIT_THEMES),
    Row("themes:discard_all", may=EDIT_THEMES, method="post", answers=302),
    *(
        Row(name, may=EDIT_THEMES, method="post", answers=302, of=of, absent=absent, shared=True)
        for name, of, absent in (
            ("themes:retire", _theme, {"code": "absent"}),
            ("themes:reinstate", _theme, {"code": "absent"}),
            ("themes:merge", _theme, {"code": "absent"}),
            ("themes:discard", _theme, {"code": "absent"}),
            ("themes:bring_back", _edition, {"number": ABSENT}),
            ("themes:reread", _edition, {"number": ABSENT}),
            ("themes:adopt", _rereading, {"pk": ABSENT}),
            ("themes:leave", _rereading, {"pk": ABSENT}),
        )
    ),
    Row("themes:rereading", may=READ_THEMES, of=_rereading, absent={"pk": ABSENT}, shared=True),
    Row("themes:proposal", may=EDIT_THEMES, of=_proposal, absent={"pk": ABSENT}, shared=True),
    *(
        Row(
            name,
            may=EDIT_THEMES,
            method="post",
            answers=422,
            of=_proposal,
            absent={"pk": ABSENT},
            shared=True,
            note="an empty form is told",
        )
        for name in ("themes:merge_proposal", "themes:refuse_proposal")
    ),
    Row("mirror:list", may=READ_MIRRORS),
    Row("mirror:new", may=MAKE_MIRRORS),
    Row("mirror:new", may=MAKE_MIRRORS, method="post", answers=422, note="an empty form is told"),
    Row("mirror:study", may=READ_MIRRORS, of=_mirror, absent={"code": "absente"}, shared=True),
    Row(
        "mirror:export",
        may=READ_MIRRORS,
        of=_mirror_file,
        absent={"code": "absente", "form": "csv"},
        shared=True,
    ),
    Row("pairs:double", may=HEAR_EMPLOYEES),
    Row("pairs:export", may=HEAR_EMPLOYEES, words={"form": "csv"}),
    Row("pairs:own", may=frozenset({Role.ADVISER})),
]
