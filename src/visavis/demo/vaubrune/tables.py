"""The columns of each file, under the canonical names of the imports."""

from __future__ import annotations

import numpy as np

from visavis.demo.vaubrune.barometer import QUESTIONS, Barometer, waves
from visavis.demo.vaubrune.contacts import Contacts
from visavis.demo.vaubrune.feelings import Feelings
from visavis.demo.vaubrune.files import dates, marks, moments, named, numbered, yes_no
from visavis.demo.vaubrune.organisation import Staff
from visavis.demo.vaubrune.returns import Returns
from visavis.demo.vaubrune.world import (
    CHANNELS,
    CLAIM,
    CODES,
    LEVELS,
    OUTCOMES,
    REASONS,
    ROOT,
    SEGMENTS,
    SELFCARE,
    SITES,
    TEAMS,
    Array,
    index_of,
)

Columns = dict[str, object]
PRODUCTS = ("auto", "habitation", "santé", "vie")
_MOMENTS = ("reach_adviser", "first_claim", "premium_notice", "complaint", "bereavement", "claim_follow_up")
_UNITS = (*CODES, *SITES, ROOT)
_LEVEL_OF_TRADE = {"n1": 0, "agency": 0, "n2": 1, "complaints": 2}


def organisation(crew: Staff) -> Columns:
    """The units, from the root down, then everybody's assignments."""
    units: list[tuple[str, str, str, str | None]] = [(ROOT, "Mutuelle Vaubrune", "direction", None)]
    units += [(code, name, kind, ROOT) for code, (name, kind) in SITES.items()]
    units += [
        (team.code, team.name, "agence" if team.trade == "agency" else "équipe", team.site) for team in TEAMS
    ]
    empty: list[object] = [None] * len(units)
    unnamed: list[object] = [None] * len(crew.spells)
    spells = crew.spells
    people = [spell.person for spell in spells]
    lists: dict[str, list[object]] = {
        "unit": [*(unit[0] for unit in units), *(spell.unit for spell in spells)],
        "unit_name": [*(unit[1] for unit in units), *unnamed],
        "unit_kind": [*(unit[2] for unit in units), *unnamed],
        "parent": [*(unit[3] for unit in units), *unnamed],
        "person": [*empty, *(person.code for person in people)],
        "person_name": [*empty, *(person.name for person in people)],
        "role": [*empty, *(person.role for person in people)],
        "starts_on": [*empty, *(spell.starts_on for spell in spells)],
        "ends_on": [*empty, *(spell.ends_on for spell in spells)],
        "hired_on": [*empty, *(person.hired_on for person in people)],
        "fte": [*empty, *(person.fte for person in people)],
        "email": [*empty, *(person.email for person in people)],
        "form": [*empty, *(person.form for person in people)],
    }
    return dict(lists)


def contacts(crew: Staff, seen: Contacts) -> Columns:
    """All the exchanges."""
    trade_level = np.array([_LEVEL_OF_TRADE[team.trade] for team in TEAMS] + [-1])
    return {
        "contact": contact_ids(np.arange(len(seen))),
        "started_at": moments(seen.clock),
        "channel": named(CHANNELS, seen.channel),
        "reason": named(REASONS, seen.reason),
        "level": named(LEVELS, trade_level[seen.team]),
        "wait_s": marks(seen.wait_s, -1),
        "handle_s": marks(seen.handle_s, -1),
        "outcome": named(OUTCOMES, seen.outcome),
        "person": named([person.code for person in crew.advisers], seen.adviser),
        "unit": named(_UNITS, unit_of(seen)),
        "customer": numbered("S", seen.customer * 48_271 % 99_999_989, 8),
        "segment": named(SEGMENTS, segment_of(seen.customer)),
        "mode": named(("human", "selfcare"), (seen.channel == SELFCARE).astype(int)),
    }


def unit_of(seen: Contacts) -> Array:
    """The team; the centre for a call that nobody took; the company for the customers' space."""
    sites = list(SITES)
    queue = np.array(
        [
            number if team.trade == "agency" else len(CODES) + sites.index(team.site)
            for number, team in enumerate(TEAMS)
        ]
    )
    unanswered = (seen.adviser < 0) & (seen.team >= 0)
    unit = np.where(unanswered, queue[seen.team], seen.team)
    return np.where(seen.team < 0, len(_UNITS) - 1, unit)


def segment_of(customer: Array) -> Array:
    """The same segment for the same customer, always."""
    return np.searchsorted(np.array([31, 58, 72, 93]), customer * 7_919 % 101, side="right")


def contact_ids(rows: Array) -> object:
    """The identities of contacts in the source."""
    return numbered("C", rows + 1, 7)


def returns(seen: Contacts, told: Returns, product: Array, texts: list[str | None]) -> Columns:
    """What customers answered, oldest answer first."""
    order = np.argsort(told.answered, kind="stable")
    rows = told.contact[order]
    again = (seen.reason[rows] == CLAIM) & (seen.rank[rows] > 1)
    return {
        "return": numbered("R", np.arange(len(order)) + 1, 6),
        "answered_at": moments(told.answered[order]),
        "contact": contact_ids(rows),
        "campaign": ["apres-echange"] * len(order),
        "invited_at": moments(told.invited[order]),
        "satisfaction": marks(told.satisfaction[order]),
        "recommendation": marks(told.recommendation[order], -1),
        "effort": marks(told.effort[order]),
        "clarity": marks(told.clarity[order]),
        "kindness": marks(told.kindness[order]),
        "listening": marks(told.listening[order]),
        "resolved": yes_no(told.resolved[order]),
        "verbatim": [texts[row] for row in order],
        "callback": yes_no(told.callback[order].astype(int)),
        "moment": named(_MOMENTS, np.where(again, 5, seen.reason[rows])),
        "product": named(PRODUCTS, product[order]),
    }


def feelings(crew: Staff, seen: Contacts, lived: Feelings, words: list[str | None]) -> Columns:
    """The advisers' ressentis, private to each of them."""
    return {
        "contact": contact_ids(lived.contact),
        "person": named([person.code for person in crew.advisers], seen.adviser[lived.contact]),
        "felt_at": moments(lived.felt),
        "feeling": marks(lived.feeling),
        "had_means": yes_no(lived.means.astype(int)),
        "word": words,
    }


def barometer(said: Barometer, comments: list[str | None]) -> Columns:
    """The anonymous waves."""
    closed = waves()
    days = np.array([index_of(day) for day in closed])
    return {
        "wave": named([f"{day:%Y-%m}" for day in closed], said.wave),
        "closed_on": dates(days[said.wave]),
        "unit": named(CODES, said.team),
        **{key: marks(said.marks[key], -1 if key == "recommend_employer" else 0) for key in QUESTIONS},
        "comment": comments,
    }
