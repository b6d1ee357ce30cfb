"""Reads of one return: what was said, in which exchange, how it was read and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.queries import adviser_of, own_feelings, texts_of, verbatims
from visavis.listen.surveys.models import Question
from visavis.measure.figures import number
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.understand.search.queries import nearest_to_text
from visavis.understand.verbatims.models import Annotation, Placement
from visavis.understand.verbatims.placing import certainty, moments_of
from visavis.understand.verbatims.rows import meta_of, tones
from visavis.web.wording import NBSP, capital, hour

Fact = tuple[str, str]

_ALONG = (
    "response__unit", "response__channel", "response__reason", "response__moment", "response__person",
    "moment",
)  # fmt: skip
#: Near texts shown beside a return, and characters of each.
_NEAR, _BEGINNING = 5, 160


def texts(viewer: Viewer, said: Response) -> QuerySet[Verbatim]:
    """The texts of a return, with what their rows show."""
    return texts_of(viewer, said).select_related(*_ALONG)


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer of the questionnaire: the question as it was asked, and what was answered."""

    question: str
    answer: str


def marks(said: Response) -> list[Mark]:
    """All the answers of a return that the viewer may read, in the order of the questionnaire."""
    rows = Answer.objects.filter(response=said).select_related("question")
    return [Mark(row.question.label, worded(row)) for row in rows.order_by("question__position", "question")]


def worded(answer: Answer) -> str:
    """An answer in words: the mark, its scale, and the label that the person read."""
    scale, value = answer.question.scale, answer.value
    if value is None:
        return answer.choice
    if scale == Question.Scale.YES_NO:
        return _("yes") if value else _("no")
    top = 10 if scale == Question.Scale.ZERO_TEN else 5
    words = _("%(mark)s out of %(top)s") % {"mark": number(value, get_language() or "fr"), "top": top}
    label = _label(answer.question, int(value)) if scale == Question.Scale.ONE_FIVE else ""
    return " · ".join(filter(None, (words.replace(" ", NBSP), label)))


def _label(question: Question, value: int) -> str:
    labels: list[object] = question.labels.get((get_language() or "fr")[:2]) or next(
        iter(question.labels.values()), []
    )
    return str(labels[value - 1]) if 1 <= value <= len(labels) else ""


def exchange(viewer: Viewer, said: Response) -> list[Fact]:
    """The exchange a return is about: what is known of it, in words.

    Args:
        viewer: who reads; the adviser is named to whoever may see names there, and to herself.
        said: a return that this viewer may read.
    """
    contact = said.interaction
    named = [(_("Channel"), said.channel), (_("Reason"), said.reason), (_("Level"), said.level)]
    facts = [(words, one.label) for words, one in named if one]
    facts += [(_("Moment"), said.moment.label)] if said.moment else []
    facts += [(_("Product"), capital(said.product))] if said.product else []
    facts += _contact(contact) if contact else []
    facts += [(_("Adviser"), adviser)] if (adviser := _adviser(viewer, said)) else []
    return [*facts, (_("Unit"), said.unit.name)]


def _adviser(viewer: Viewer, said: Response) -> str:
    if said.person_id is not None and said.person_id == viewer.person_id:
        return _("yourself")
    return adviser_of(viewer, said)


def _contact(contact: Interaction) -> list[Fact]:
    facts = [(_("Exchange"), _instant(contact.started_at))]
    if contact.wait_s is not None:
        facts.append((_("Wait"), _lasted(contact.wait_s)))
    if contact.handle_s is not None:
        facts.append((_("Duration"), _lasted(contact.handle_s)))
    if contact.outcome:
        facts.append((_("Outcome"), contact.get_outcome_display()))
    if contact.previous:
        before = contact.previous
        facts.append((_("Previous exchange"), f"{before.channel.label}, {_instant(before.started_at)}"))
    return facts


def _instant(at: dt.datetime) -> str:
    language, local = get_language() or "fr", timezone.localtime(at)
    return f"{spoken_day(local.date(), language)}, {hour(local.time(), language)}"


def _lasted(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes}{NBSP}min"] if minutes else []
    return " ".join([*parts, f"{rest}{NBSP}s"] if rest or not parts else parts)


def received(said: Response) -> list[Fact]:
    """How a return came: its source, its day, what the customer asked."""
    day = _instant(said.heard_at) if said.heard_at else spoken_day(said.heard_on, get_language() or "fr")
    facts = [(_("Source"), said.get_source_display()), (_("Heard"), day)]
    if said.experienced_on:
        facts.append((_("Lived"), spoken_day(said.experienced_on, get_language() or "fr")))
    if said.callback:
        facts.append((_("Asks to be called back"), _("yes")))
    return facts


def feeling(viewer: Viewer, said: Response) -> str:
    """The viewer's own ressenti on the exchange, in words; nobody else's is ever read here."""
    if said.interaction_id is None:
        return ""
    own = own_feelings(viewer).filter(interaction=said.interaction_id).order_by()
    found = Answer.objects.filter(response__in=own, question__role=Question.Role.FEELING)
    answer = found.select_related("question").order_by("pk").first()
    if answer is None or answer.value is None:
        return ""
    return _label(answer.question, int(answer.value)) or worded(answer)


@dataclass(frozen=True, slots=True)
class MomentTold:
    """The moment of a text as it is shown beside it.

    Attributes:
        key: the text's key.
        label: the moment; empty when none is known.
        why: who or what says so, and how surely.
        choices: code and words of what a person may say instead; none for whom may not.
        chosen: the code that holds.
    """

    key: int
    label: str
    why: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


def moments_told(viewer: Viewer, rows: Iterable[Verbatim]) -> list[MomentTold]:
    """The moment of each text that was read, and what may be said of it.

    Args:
        viewer: who reads.
        rows: texts from a read of the same viewer.
    """
    said = {told.verbatim_id for told in Placement.objects.filter(verbatim__in=[text.pk for text in rows])}
    return [_moment(viewer, text, said=text.pk in said) for text in rows if text.read_at]


def _moment(viewer: Viewer, text: Verbatim, *, said: bool) -> MomentTold:
    moment = text.moment or text.response.moment
    choices = [(each.code, each.label) for each in moments_of(text.voice)]
    may = viewer.may(Right.CORRECT, text.unit_path)
    code, label = (moment.code, moment.label) if moment else ("", "")
    return MomentTold(text.pk, label, _why(text, said=said), tuple(choices) if may else (), code)


def _why(text: Verbatim, *, said: bool) -> str:
    if said:
        return _("said by a person")
    if text.response.moment:
        return _("told with the return")
    if text.moment is None:
        return ""
    sure = certainty(text)
    if sure is None:
        return _("from the reason of the contact")
    return _("heard in the words, certainty %(certainty)s (experimental)") % {
        "certainty": number(sure, get_language() or "fr", 2)
    }


@dataclass(frozen=True, slots=True)
class Near:
    """Another text that says alike: its beginning, where and when, and its page."""

    text: str
    meta: tuple[str, ...]
    url: str


def near(viewer: Viewer, rows: Sequence[Verbatim]) -> list[Near]:
    """The texts nearest in meaning to the first text of a return, among those that the viewer may read.

    Args:
        viewer: who reads.
        rows: the texts of the return, from a read of the same viewer.
    """
    if not rows:
        return []
    others = verbatims(viewer).exclude(response=rows[0].response_id)
    keys = nearest_to_text(others, rows[0], most=_NEAR)
    found = {text.pk: text for text in others.filter(pk__in=keys).select_related(*_ALONG)}
    return [_near(viewer, found[key]) for key in keys if key in found]


def _near(viewer: Viewer, text: Verbatim) -> Near:
    short = Truncator(text.shown).chars(_BEGINNING)
    return Near(short, meta_of(viewer, text.response), reverse("verbatims:one", args=[text.response_id]))


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history of a reading: when, who, what."""

    at: dt.datetime
    who: str
    what: str


def history(viewer: Viewer, rows: Iterable[Verbatim]) -> list[Step]:
    """How texts were read, oldest first: by which engine, and what people said since.

    Args:
        viewer: who reads; a colleague who corrected is named to whoever may correct there too.
        rows: texts from a read of the same viewer.
    """
    return sorted(
        (step for text in rows for step in _history(viewer, text)), key=lambda step: (step.at, step.what)
    )


def _history(viewer: Viewer, text: Verbatim) -> list[Step]:
    told = Annotation.objects.filter(verbatim=text, by=Annotation.By.HUMAN).order_by("made_at", "pk")
    named = viewer.may(Right.CORRECT, text.unit_path)
    steps = [
        Step(each.made_at, _who(each.account, named=named), _what(each))
        for each in told.select_related("account__person", "theme")
    ]
    if text.read_at:
        steps.append(
            Step(text.read_at, _("Engine"), _("read with the version %(name)s") % {"name": text.read_by})
        )
    return steps


def _who(account: Account | None, *, named: bool) -> str:
    if account is None or not named:
        return _("A person")
    return account.person.name if account.person else account.email


def _what(told: Annotation) -> str:
    tone = dict(tones()).get(told.polarity, "").lower()
    if told.theme is None:
        return _("the tone of the text is %(tone)s") % {"tone": tone}
    theme = told.theme.label
    if told.refused:
        return _("the theme “%(theme)s” is not there") % {"theme": theme}
    if not tone:
        return pgettext("reading", "the theme “%(theme)s” is there") % {"theme": theme}
    return _("the theme “%(theme)s” is there, %(tone)s") % {"theme": theme, "tone": tone}
