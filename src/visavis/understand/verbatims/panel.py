"""The column of facets and what stands out: each a link that keeps the rest of the view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.draw.frame import Frame
from visavis.draw.paper import Table
from visavis.draw.themes import Theme as Bar
from visavis.draw.themes import theme_bars, theme_table
from visavis.measure.estimates import Difference
from visavis.measure.shares import proportion_difference
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.chosen import SEARCH, TEXTS, THEME, WITHOUT, Chosen
from visavis.understand.verbatims.counting import Heard, Past
from visavis.understand.verbatims.explorer import Ask, Taxonomy
from visavis.understand.verbatims.facets import (
    CALLBACK,
    CHURN,
    CORRECTED,
    EMOTION,
    INTENSITY,
    LANGUAGE,
    LEVEL,
    MARK,
    MOMENT,
    PRODUCT,
    REPEAT,
    REVIEW,
    SOURCE,
    TONE,
    UNREAD,
    YES,
    Facet,
)

#: Themes drawn; the column has them all.
BARS = 8
#: Answers listed of a facet whose answers are the company's own.
MOST = 12
_CHOICES = (TONE, MARK, EMOTION, MOMENT, LEVEL, SOURCE, PRODUCT, LANGUAGE)
_SIGNALS = (INTENSITY, CHURN, CALLBACK, REPEAT)
_CHECKS = (REVIEW, CORRECTED, UNREAD)


@dataclass(frozen=True, slots=True)
class Link:
    """One answer of a facet: choosing it, or taking it back when it is chosen."""

    label: str
    url: str
    number: int
    chosen: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One facet, or a few that go together."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A top theme, by itself and with what stands under it."""

    label: str
    whole: Link
    leaves: tuple[Link, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The column beside the list.

    Attributes:
        chosen: what limits the view now, each with the way to take it back.
        clear: the view without any of it.
        branches: the themes, two levels.
        groups: the other facets that have an answer to offer.
        other: the returns without text, or back to those with one.
    """

    chosen: tuple[Link, ...]
    clear: str
    branches: tuple[Branch, ...]
    groups: tuple[Group, ...]
    other: Link


def panel(ask: Ask, counts: Mapping[str, Mapping[str, int]], heard: Heard, taxonomy: Taxonomy) -> Panel:
    """Make the column.

    Args:
        ask: the view.
        counts: from ``explorer.facet_counts``.
        heard: from ``explorer.themes_of``; nothing for returns without text.
        taxonomy: the themes in force.
    """
    return Panel(
        chosen=tuple(_chosen(ask, taxonomy)),
        clear=_url(Ask(ask.filters, Chosen(without=ask.chosen.without))),
        branches=tuple(_branches(ask, heard, taxonomy)),
        groups=tuple(group for group in _groups(ask, counts) if group.links),
        other=_other(ask),
    )


def _url(ask: Ask, **extra: str) -> str:
    return f"{reverse('verbatims:list')}?{ask.query(**extra)}"


def _other(ask: Ask) -> Link:
    address = f"{reverse('verbatims:list')}?{ask.filters.query()}"
    if ask.chosen.without:
        return Link(_("Returns with a text"), address, 0)
    return Link(_("Returns without text"), f"{address}&{TEXTS}={WITHOUT}", 0)


def _groups(ask: Ask, counts: Mapping[str, Mapping[str, int]]) -> list[Group]:
    tone, mark, *others = [Group(str(facet.label), _answers(ask, facet, counts)) for facet in _CHOICES]
    signals = Group(_("In the words"), _flags(ask, _SIGNALS, counts))
    checks = Group(_("Reading by the engine"), _flags(ask, _CHECKS, counts))
    return [tone, mark, signals, *others, checks]


def _answers(ask: Ask, facet: Facet, counts: Mapping[str, Mapping[str, int]]) -> tuple[Link, ...]:
    found = counts.get(facet.key, {})
    wanted = ask.chosen.words.get(facet.key, "")
    words = list(facet.words) or sorted(found, key=lambda word: (-found[word], word))[:MOST]
    if wanted and wanted not in words:
        words.append(wanted)
    listed = [word for word in words if found.get(word) or word == wanted]
    names = facet.named()
    return tuple(
        replace(_link(ask, facet, word, found.get(word, 0)), label=str(names.get(word, word)))
        for word in listed
    )


def _flags(ask: Ask, facets: Sequence[Facet], counts: Mapping[str, Mapping[str, int]]) -> tuple[Link, ...]:
    numbers = [(facet, counts.get(facet.key, {}).get(YES, 0)) for facet in facets if facet.key in counts]
    return tuple(
        _link(ask, facet, YES, number) for facet, number in numbers if number or facet.key in ask.chosen.words
    )


def _link(ask: Ask, facet: Facet, word: str, number: int) -> Link:
    chosen = ask.chosen.words.get(facet.key) == word
    url = _url(ask.but(facet.key, "" if chosen else word))
    tone = str(TONE.words[word]) if facet is TONE else ""
    return Link(str(facet.label), url, number, chosen, tone)


def _branches(ask: Ask, heard: Heard, taxonomy: Taxonomy) -> list[Branch]:
    found = []
    for top, leaves in taxonomy.grouped():
        number = heard.tops.get(top.pk, 0)
        inside = [leaf for leaf in leaves if heard.number(leaf.pk) or leaf.code == ask.chosen.theme]
        opened = ask.chosen.theme in {top.code, *(leaf.code for leaf in leaves)}
        if number or opened:
            ordered = sorted(inside, key=lambda leaf: (-heard.number(leaf.pk), leaf.pk))
            links = tuple(_theme(ask, leaf, heard.number(leaf.pk)) for leaf in ordered)
            whole = replace(_theme(ask, top, number), label=_("All of it"))
            found.append(Branch(top.label, whole, links, opened))
    return sorted(found, key=lambda branch: -branch.whole.number)


def _theme(ask: Ask, theme: Theme, number: int) -> Link:
    chosen = ask.chosen.theme == theme.code
    return Link(theme.label, _url(ask.but(THEME, "" if chosen else theme.code)), number, chosen)


def _chosen(ask: Ask, taxonomy: Taxonomy) -> list[Link]:
    found = []
    if ask.chosen.search:
        label = _("Meaning: %(words)s") if ask.chosen.meaning else _("Search: %(words)s")
        found.append(Link(label % {"words": ask.chosen.search}, _url(ask.but(SEARCH)), 0))
    if ask.chosen.theme:
        label = taxonomy.by_code[ask.chosen.theme].label
        found.append(Link(_("Theme: %(theme)s") % {"theme": label}, _url(ask.but(THEME)), 0))
    for facet in ask.chosen.facets:
        if word := ask.chosen.words.get(facet.key):
            named = {"facet": facet.label, "answer": facet.name(word)}
            label = facet.name(word) if facet.holds else _("%(facet)s: %(answer)s") % named
            found.append(Link(label, _url(ask.but(facet.key)), 0))
    return found


@dataclass(frozen=True, slots=True)
class Picture:
    """The themes that stand out, drawn in two widths, with their figures as a table."""

    wide: str
    narrow: str
    table: Table
    compared: bool


def standing_out(
    ask: Ask, heard: Heard, past: Past | None, read: int, taxonomy: Taxonomy, language: str
) -> Picture | None:
    """Draw the themes most spoken about, each leading to its texts.

    Args:
        ask: the view.
        heard: the themes of the texts shown.
        past: the period before; a change is drawn only where its interval carries it.
        read: how many of the texts shown were read.
        taxonomy: the themes in force.
        language: "fr" or "en".

    Returns:
        The picture; none when no theme is heard.
    """
    ordered = sorted(heard.tones, key=lambda pk: (-heard.number(pk), pk))[:BARS]
    bars = [
        _bar(ask, taxonomy.themes[pk], heard, _change(heard.number(pk), read, pk, past)) for pk in ordered
    ]
    if not bars:
        return None
    frame = Frame(_("What stands out"), language, of=_("Theme"), noun=(_("text"), _("texts")))
    return Picture(
        theme_bars(bars, frame), theme_bars(bars, frame.narrow()), theme_table(bars, frame), past is not None
    )


def _bar(ask: Ask, theme: Theme, heard: Heard, change: Difference | None) -> Bar:
    negative, neither, positive = heard.tones[theme.pk]
    return Bar(theme.label, negative, neither, positive, change, _url(ask.but(THEME, theme.code)))


def _change(number: int, read: int, pk: int, past: Past | None) -> Difference | None:
    if past is None or read < number:
        return None
    return proportion_difference(number, read, past.numbers.get(pk, 0), past.read)
