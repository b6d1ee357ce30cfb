"""Périmètre · Période · Canal · Motif in the address: every view is a link, every export the same view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from visavis.core.periods import Period, PeriodError, add_months, from_text, label, month_of
from visavis.core.words import Voice

SCOPE, PERIOD, CHANNEL, REASON, VOICE = "perimetre", "periode", "canal", "motif", "voix"
#: Two dates typed by hand, turned into a period when both are given.
FROM, TO = "du", "au"
KEYS = (SCOPE, PERIOD, CHANNEL, REASON, VOICE)
#: Words of the address for each voice.
VOICE_KEYS = {"clients": Voice.CUSTOMER, "collaborateurs": Voice.EMPLOYEE}
_LONGEST = 200

Pairs = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen on a page, given by its room for this viewer.

    Attributes:
        scopes: (value, label) of the units within reach, widest first. Empty: no such filter.
        channels: (value, label) of the channels.
        reasons: (value, label) of the contact reasons.
        voices: the voices that may be read here; fewer than two: no such filter.
        period: what stands when the address names none, as text.
    """

    scopes: Pairs = ()
    channels: Pairs = ()
    reasons: Pairs = ()
    voices: Sequence[Voice] = ()
    period: str = "3m"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page is limited to; empty text means "all that the viewer may see".

    ``problems`` are polite sentences about what the address asked in vain.
    """

    period: Period
    scope: str = ""
    channel: str = ""
    reason: str = ""
    voice: Voice | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)

    def pairs(self) -> list[tuple[str, str]]:
        """Keys and values in their one order; the period always, the others when they limit something."""
        voice = next((key for key, voice in VOICE_KEYS.items() if voice is self.voice), "")
        values = (self.scope, self.period.key, self.channel, self.reason, voice)
        return [(key, value) for key, value in zip(KEYS, values, strict=True) if value]

    def query(self, **extra: str) -> str:
        """The canonical query string, then ``extra`` keys of the page itself (theme, page number)."""
        return urlencode(self.pairs() + [(key, value) for key, value in extra.items() if value])

    def on(self, url: str, **extra: str) -> str:
        """Carry the filters over to ``url``: what an export or another page shows is then the same."""
        parts = urlsplit(url)
        given = {key: value for key, value in QueryDict(parts.query).items() if key not in KEYS}
        query = self.query(**{**{key: str(value) for key, value in given.items()}, **extra})
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def read_filters(query: QueryDict, choices: Choices, today: dt.date) -> Filters:
    """Read the filters of an address. Nothing in it can make this fail.

    Args:
        query: the query string, as received from anybody.
        choices: what this viewer may choose; anything else is answered alike, whether it exists or not.
        today: the company's day.

    Returns:
        Filters; what could not be understood is at its default, with a sentence in ``problems``.
    """
    problems: list[str] = []
    period = _period(query, choices, today, problems)
    scope = _one_of(query, SCOPE, choices.scopes, problems)
    channel = _one_of(query, CHANNEL, choices.channels, problems)
    reason = _one_of(query, REASON, choices.reasons, problems)
    return Filters(period, scope, channel, reason, _voice(query, choices, problems), tuple(problems))


def _asked(query: QueryDict, key: str) -> str:
    return str(query.get(key, "")).replace("\0", "\ufffd").strip()[:_LONGEST]


def _period(query: QueryDict, choices: Choices, today: dt.date, problems: list[str]) -> Period:
    first, last = _asked(query, FROM), _asked(query, TO)
    text = f"{first}..{last}" if first and last else _asked(query, PERIOD)
    try:
        return from_text(text or choices.period, today)
    except PeriodError:
        default = from_text(choices.period, today)
        sentence = gettext("This period could not be understood. Shown instead: %(period)s.")
        problems.append(sentence % {"period": label(default, get_language() or "fr")})
        return default


def _one_of(query: QueryDict, key: str, options: Pairs, problems: list[str]) -> str:
    asked = _asked(query, key)
    if not asked or any(asked == value for value, _ in options):
        return asked
    problems.append(str(_UNKNOWN[key]))
    return ""


def _voice(query: QueryDict, choices: Choices, problems: list[str]) -> Voice | None:
    asked = _asked(query, VOICE)
    voice = VOICE_KEYS.get(asked)
    if not asked or voice in choices.voices:
        return voice
    problems.append(str(_UNKNOWN[VOICE]))
    return None


_UNKNOWN = {
    SCOPE: gettext_lazy("This scope does not exist or is not open to you. All that you may see is shown."),
    CHANNEL: gettext_lazy("This channel does not exist here. All channels are shown."),
    REASON: gettext_lazy("This reason does not exist here. All reasons are shown."),
    VOICE: gettext_lazy("This voice cannot be chosen here. All that you may see is shown."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One filter as the form shows it."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The filters as a form that works without JavaScript.

    Attributes:
        filters: what stands now.
        choices: what may be chosen.
        today: the company's day, for the months on offer.
        kept: other keys of the page that applying a filter must not lose.
    """

    filters: Filters
    choices: Choices
    today: dt.date
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def selects(self) -> list[Select]:
        """The lists, always in the same order; those without a choice are left out."""
        chosen, given = self.filters, self.choices
        lists = [
            (SCOPE, gettext("Scope"), given.scopes, chosen.scope, gettext("All that I may see")),
            (PERIOD, gettext("Period"), self._periods(), chosen.period.key, ""),
            (CHANNEL, gettext("Channel"), given.channels, chosen.channel, pgettext("filter", "All")),
            (REASON, gettext("Reason"), given.reasons, chosen.reason, pgettext("filter", "All")),
            (
                VOICE,
                gettext("Voice"),
                self._voices(),
                dict(chosen.pairs()).get(VOICE, ""),
                pgettext("filter", "Both"),
            ),
        ]
        return [_select(*one) for one in lists if one[2]]

    @property
    def dates(self) -> tuple[str, str]:
        """The first and last day of the period, for the two date fields; empty for all dates."""
        period = self.filters.period
        return (period.first.isoformat(), period.last.isoformat()) if period.previous() else ("", "")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form with two dates must repeat: everything but the period."""
        return [pair for pair in self.filters.pairs() if pair[0] != PERIOD] + list(self.kept.items())

    def _periods(self) -> list[tuple[str, str]]:
        language = get_language() or "fr"
        months = [month_of(add_months(self.today, -back)) for back in range(13)]
        offered = [
            from_text("3m", self.today),
            from_text("12m", self.today),
            *months,
            from_text("tout", self.today),
        ]
        current = self.filters.period
        if current.key not in {period.key for period in offered}:
            offered.insert(0, current)
        return [(period.key, capfirst(label(period, language))) for period in offered]

    def _voices(self) -> list[tuple[str, str]]:
        labels = {"clients": gettext("Customers"), "collaborateurs": gettext("Employees")}
        if len(self.choices.voices) < 2:
            return []
        return [(key, labels[key]) for key, voice in VOICE_KEYS.items() if voice in self.choices.voices]


def _select(name: str, words: str, options: Pairs, chosen: str, everything: str) -> Select:
    known = [(value, str(text)) for value, text in options]
    if everything and not any(value == "" for value, _ in known):
        known.insert(0, ("", everything))
    return Select(name, words, tuple(Option(value, text, value == chosen) for value, text in known))
