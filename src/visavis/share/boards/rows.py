"""Cases as the rows of a list: rank and sentence, words and their reading, who and when, gestures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from visavis.act.inbox.models import Case, Why
from visavis.core.periods import spoken_day
from visavis.listen.returns.feelings import feeling_words
from visavis.listen.returns.models import Answer, Response, Verbatim
from visavis.listen.returns.queries import UNSURE, own_feelings
from visavis.listen.surveys.models import Question
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims.models import Annotation
from visavis.web.rows import Gesture, ReturnRow, Token, mark_token
from visavis.web.wording import capital, relative_time, shortened

#: The verb of the first gesture, by rule.
_VERBS = {Why.CALLBACK: "call", Why.CHURN: "call"}


def case_rows(
    viewer: Viewer, cases: Sequence[Case], *, today: dt.date, now: dt.datetime, placed: bool = False
) -> list[ReturnRow]:
    """Turn cases, already in their order, into rows.

    Args:
        viewer: who reads; cases must come from ``act.inbox.queries`` for the same viewer.
        cases: in order of rank.
        today: the company's day, to speak of due dates.
        now: the instant, to speak of how long ago.
        placed: whether to say team and person in charge, for who looks after several.

    Returns:
        One row a case, with its words, its themes and the viewer's own ressenti on the exchange.
    """
    returns = [case.response for case in cases]
    texts, tokens = _texts(returns), _themes(returns)
    felt = _own_feelings(viewer, returns)
    return [
        ReturnRow(
            key=str(case.pk),
            rank=place,
            reason=_reason(case, today),
            text=shortened(texts[case.response_id].shown if case.response_id in texts else ""),
            url=reverse("inbox:case", args=[case.pk]),
            tokens=(*_mark(case.response), *tokens[case.response_id]),
            meta=(*(_place(viewer, case) if placed else ()), *_meta(case.response, now)),
            feeling=felt.get(case.response.interaction_id or 0, ""),
            gestures=(*_gestures(case), *_correction(viewer, case.response, texts)),
        )
        for place, case in enumerate(cases, 1)
    ]


def return_rows(viewer: Viewer, returns: Sequence[Response], *, now: dt.datetime) -> list[ReturnRow]:
    """Turn returns into rows, for whoever may read them all.

    Args:
        viewer: who reads; returns must come from ``listen.returns.queries`` for the same viewer.
        returns: in the order wanted.
        now: the instant, to speak of how long ago.
    """
    texts, tokens = _texts(returns), _themes(returns)
    felt = _own_feelings(viewer, returns)
    return [
        ReturnRow(
            key=str(row.pk),
            text=shortened(texts[row.pk].shown if row.pk in texts else ""),
            url=reverse("verbatims:one", args=[row.pk]),
            tokens=(*_mark(row), *tokens[row.pk]),
            meta=_meta(row, now),
            feeling=felt.get(row.interaction_id or 0, ""),
            gestures=_correction(viewer, row, texts),
        )
        for row in returns
    ]


def _texts(returns: Iterable[Response]) -> dict[int, Verbatim]:
    rows = Verbatim.objects.filter(response__in=list(returns)).order_by("pk")
    return {row.response_id: row for row in rows.only("response", "text", "masked_text", "read_at")}


def _correction(viewer: Viewer, said: Response, texts: Mapping[int, Verbatim]) -> tuple[Gesture, ...]:
    """The way to say that a text is read wrong, for whoever may say so, once it is read."""
    text = texts.get(said.pk)
    if text is None or text.read_at is None or not viewer.may(Right.CORRECT, said.unit_path):
        return ()
    return (Gesture(_("Correct the reading"), reverse("verbatims:add_theme", args=[text.pk])),)


def _themes(returns: Iterable[Response]) -> dict[int, list[Token]]:
    rows = (
        Annotation.objects.current()
        .filter(
            verbatim__response__in=list(returns),
            verbatim__read_at__isnull=False,
            theme__isnull=False,
            refused=False,
        )
        .select_related("theme", "verbatim")
        .order_by("-certainty", "pk")
    )
    found: dict[int, list[Token]] = defaultdict(list)
    for row in rows:
        if row.theme and len(found[row.verbatim.response_id]) < 4:
            unsure = row.certainty is not None and row.certainty < UNSURE
            found[row.verbatim.response_id].append(Token(row.theme.label, row.polarity, unsure=unsure))
    return found


def _own_feelings(viewer: Viewer, returns: Iterable[Response]) -> dict[int, str]:
    exchanges = [row.interaction_id for row in returns if row.interaction_id]
    felt = own_feelings(viewer).filter(interaction__in=exchanges).order_by()
    marks = Answer.objects.filter(response__in=felt, question__role=Question.Role.FEELING).order_by("pk")
    words = dict(feeling_words())
    return {
        exchange: _("How it felt to you: %(feeling)s") % {"feeling": words[str(int(value))].lower()}
        for exchange, value in marks.values_list("response__interaction_id", "value")
        if exchange and value
    }


def _reason(case: Case, today: dt.date) -> str:
    said = str(case.get_why_display())
    if case.why == Why.STAKE:
        about = case.response.moment or case.response.reason
        said = _("%(said)s: %(moment)s") % {"said": said, "moment": about.label.lower()} if about else said
    if case.due_on is None:
        return said
    if case.due_on < today:
        return _("%(said)s, late since %(day)s") % {"said": said, "day": _near(case.due_on, today)}
    by = (
        _("this evening")
        if case.due_on == today
        else _("%(day)s evening") % {"day": _near(case.due_on, today)}
    )
    if case.why in _VERBS:
        return _("%(said)s, to call back before %(when)s") % {"said": said, "when": by}
    return _("%(said)s, before %(when)s") % {"said": said, "when": by}


def _near(day: dt.date, today: dt.date) -> str:
    """A day as people say it from ``today``: by its name alone within the week."""
    distance = (day - today).days
    if abs(distance) == 1:
        return _("tomorrow") if distance > 0 else _("yesterday")
    return date_format(day, "l") if abs(distance) < 7 else _spoken(day)


def _spoken(day: dt.date) -> str:
    return spoken_day(day, get_language() or "fr", weekday=True, year=False)


def _mark(row: Response) -> tuple[Token, ...]:
    given = mark_token(row.satisfaction)
    return (given,) if given else ()


def _meta(row: Response, now: dt.datetime) -> tuple[str, ...]:
    lists = [one.label for one in (row.channel, row.reason) if one]
    return tuple(word for word in (*lists, capital(row.product), _when(row, now)) if word)


def _when(row: Response, now: dt.datetime) -> str:
    if row.heard_at is None:
        return _spoken(row.heard_on)
    return relative_time(timezone.localtime(row.heard_at), timezone.localtime(now), get_language() or "fr")


def _place(viewer: Viewer, case: Case) -> tuple[str, ...]:
    """Where a case is, and who has it, for whoever may know."""
    if not viewer.may(Right.ADVISERS, case.unit_path):
        return (case.response.unit.name,)
    return case.response.unit.name, case.person.name if case.person else _("nobody in charge")


def _gestures(case: Case) -> tuple[Gesture, ...]:
    page = reverse("inbox:case", args=[case.pk])
    if case.why == Why.DELIGHTED:
        return (Gesture(_("Read and close"), f"{page}#close"),)
    call = case.why in _VERBS
    first = Gesture(
        _("Call back") if call else pgettext("gesture", "Reply"),
        f"{page}?geste={'call' if call else 'reply'}#step",
        primary=True,
    )
    return (
        first,
        Gesture(_("Hand over"), f"{page}#handover"),
        Gesture(pgettext("case", "Close"), f"{page}#close"),
    )
