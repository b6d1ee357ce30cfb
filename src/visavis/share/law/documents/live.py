"""What the documents are written from: settings, floors, keeping times, models, rights, as they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.core.stamps import merged
from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases.floors import Floors, floors
from visavis.listen.releases.gates import gate
from visavis.listen.releases.models import WaveGate
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Channel
from visavis.people.access import journal
from visavis.people.access.viewer import Viewer
from visavis.people.units.queries import company
from visavis.share.law.keeping import Kept, hold_settings, keepings, may_propose
from visavis.share.law.models import Fact
from visavis.share.law.models_in_use import Entry, register


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that only the company knows: its key, what it is, an example of what may be written."""

    key: str
    label: Promise
    help: Promise


ASKED: Final[tuple[Asked, ...]] = (
    Asked(
        "controller",
        gettext_lazy("Controller: legal name and address"),
        gettext_lazy("Who decides what the data are used for."),
    ),
    Asked(
        "dpo",
        gettext_lazy("How to reach the data protection officer"),
        gettext_lazy("A postal or e-mail address that customers and employees may write to."),
    ),
    Asked(
        "host",
        gettext_lazy("Where the instance runs, and who has access to the machine"),
        gettext_lazy("Whoever administers the machine can read everything on it: name them."),
    ),
    Asked(
        "sources",
        gettext_lazy("Where customers’ answers come from"),
        gettext_lazy("The tool that sends the surveys, the sites whose reviews are imported."),
    ),
    Asked(
        "help",
        gettext_lazy("Who helps an employee in danger"),
        gettext_lazy("Occupational health, prevention officer, a telephone: shown around free comments."),
    ),
    Asked(
        "assessment",
        gettext_lazy("Opinion of the data protection officer on the impact assessment"),
        gettext_lazy("Its date, its reservations, what was decided of them."),
    ),
)


@dataclass(frozen=True, slots=True)
class Live:
    """All that the documents say that is not the same in every company.

    Attributes:
        language: "fr" or "en".
        today: the company's day.
        company: its name.
        facts: what the company told, by key; missing ones are absent.
        kept: keeping times.
        floors: of employees' figures.
        channels: names of the channels in use.
        sources: sources of the answers received, in words.
        models: the register of models.
        gate: what employees and their representatives were told; none yet.
        letters: whether e-mails leave.
        quarantine: days between two invitations of a customer, as campaigns set it; none without campaign.
        frozen_after: days after which a month's report is frozen.
    """

    language: str
    today: dt.date
    company: str
    facts: dict[str, str]
    kept: list[Kept]
    floors: Floors
    channels: list[str]
    sources: list[str]
    models: list[Entry]
    gate: WaveGate | None
    letters: bool
    quarantine: tuple[int, int] | None
    frozen_after: int

    def told(self, key: str) -> str:
        """A fact, or that it is still to be completed."""
        return self.facts.get(key, "") or _("[to be completed by the company]")

    def day(self, day: dt.date) -> str:
        """A day in words."""
        return spoken_day(day, self.language)

    def days(self, purpose: str) -> str:
        """A keeping time in words."""
        return next(one.spoken for one in self.kept if one.keeping.purpose == purpose)


def live(viewer: Viewer, *, today: dt.date) -> Live:
    """Gather everything, in the language in force.

    Args:
        viewer: who reads; the register of models is empty for whoever may not read it.
        today: the company's day.
    """
    root = company()
    spread = sorted(Campaign.objects.order_by().values_list("quarantine_days", flat=True).distinct())
    used = Response.objects.order_by("source").values_list("source", flat=True).distinct()
    names = dict(Response.Source.choices)
    return Live(
        language=(get_language() or "fr")[:2],
        today=today,
        company=root.name if root else _("the company"),
        facts=facts(),
        kept=keepings(),
        floors=floors(),
        channels=[one.label for one in Channel.objects.order_by("code")],
        sources=[str(names.get(one, one)) for one in used],
        models=register(viewer),
        gate=gate(),
        letters=settings.SENDS_LETTERS,
        quarantine=(spread[0], spread[-1]) if spread else None,
        frozen_after=settings.REPORT_FROZEN_AFTER,
    )


def facts() -> dict[str, str]:
    """What the company told, by key: the last one of each."""
    last = dict(Fact.objects.order_by("at", "pk").values_list("key", "text"))
    return {key: text for key, text in last.items() if text}


def facts_asked() -> dict[str, str]:
    """What the company told, by key of what is asked; empty where it said nothing."""
    told = facts()
    return {one.key: told.get(one.key, "") for one in ASKED}


@transaction.atomic
def tell_facts(*, by: Viewer, told: Mapping[str, str], at: dt.datetime, seen: str | None = None) -> int:
    """Complete the documents with what only the company knows. Earlier words are kept in the table.

    Args:
        by: who tells; needs the right to the settings or to people's requests, over the company.
        told: key -> text; keys that are not asked, and texts that are the same, are left alone.
        at: the present instant.
        seen: ``stamps_of(facts_asked())`` as it was on screen; none if no screen showed it.

    Returns:
        How many changed.

    Raises:
        PermissionDenied: if ``by`` may not.
        MeanwhileError: if somebody told otherwise meanwhile.
    """
    if not may_propose(by):
        raise PermissionDenied
    hold_settings()
    now = facts_asked()
    wanted = merged({key: text.strip() for key, text in told.items() if key in now}, now=now, seen=seen)
    news = {key: str(text) for key, text in wanted.items() if text != now[key]}
    for key, text in news.items():
        fact = Fact.objects.create(key=key, text=text, at=at, account_id=by.account_id)
        journal.write(by=by, verb="law.fact_told", about=fact, name=key)
    return len(news)
