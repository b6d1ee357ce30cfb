"""What the catalogue shows: invented words and figures, in the language of the reader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from visavis.core.words import Polarity, Voice
from visavis.draw.bars import Row, dot_list, dot_table, interval_bar
from visavis.draw.frame import Frame, Reference
from visavis.measure.estimates import Estimate
from visavis.measure.means import Sums, mean_interval
from visavis.measure.shares import proportion_interval
from visavis.web.filters import Choices, FilterBar, read_filters
from visavis.web.forms import ChoiceRow, DateInput, FileDrop, Options
from visavis.web.navigation import Link
from visavis.web.rows import FaceRow, Gesture, ReturnRow, TaskState, Token

FEELINGS = (
    ("1", pgettext_lazy("sample", "Exhausting")),
    ("2", pgettext_lazy("sample", "Difficult")),
    ("3", pgettext_lazy("sample", "Neutral")),
    ("4", pgettext_lazy("sample", "Good")),
    ("5", pgettext_lazy("sample", "Very good")),
)


class ShortForm(forms.Form):
    """Something to send, to see what happens."""

    reply = forms.CharField(label=gettext_lazy("Your reply"), widget=forms.Textarea)
    mark = forms.ChoiceField(
        label=gettext_lazy("Was it clear?"),
        choices=[(str(mark), str(mark)) for mark in range(1, 6)],
        widget=ChoiceRow(ends=(gettext_lazy("Not at all"), gettext_lazy("Entirely"))),
    )


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=pgettext_lazy("sample", "Title"), help_text=gettext_lazy("A few words."), max_length=60
    )
    reply = forms.CharField(label=gettext_lazy("Your reply"), widget=forms.Textarea, required=False)
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=DateInput)
    mark = forms.ChoiceField(
        label=gettext_lazy("Was it clear?"),
        choices=[(str(mark), str(mark)) for mark in range(1, 6)],
        widget=ChoiceRow(ends=(gettext_lazy("Not at all"), gettext_lazy("Entirely"))),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        choices=[("dmy", gettext_lazy("day, month, year")), ("mdy", gettext_lazy("month, day, year"))],
        widget=Options,
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=[("phone", gettext_lazy("Telephone"))])
    callback = forms.BooleanField(label=gettext_lazy("Please call me back"), required=False)
    file = forms.FileField(
        label=pgettext_lazy("sample", "File"), widget=FileDrop(accept=".csv,.xlsx"), required=False
    )


def filter_bar(query: Any, today: dt.date) -> FilterBar:
    """The four filters and the voice."""
    choices = Choices(
        scopes=[("/demo/", _("The whole company")), ("/demo/roubaix/", "Roubaix")],
        channels=[("phone", _("Telephone")), ("mail", _("E-mail"))],
        reasons=[("claim", _("Claim follow-up"))],
        voices=tuple(Voice),
    )
    return FilterBar(read_filters(query, choices, today), choices, today)


def returns() -> list[ReturnRow]:
    """One return of each kind: to call back, to answer, to share, without words, from the other voice."""
    hand_over = Gesture(_("Hand over"), "#")
    return [
        ReturnRow(
            key="1",
            rank=1,
            reason=_("Dissatisfied, may leave, to call back before Tuesday 12:00"),
            text=_("My premium rises by 14% without a word. If nothing changes I leave."),
            tokens=(
                Token(_("Premium change"), Polarity.NEGATIVE),
                Token(_("Clarity of the explanation"), Polarity.NEGATIVE, unsure=True),
                Token(pgettext("sample", "Courtesy"), Polarity.POSITIVE),
            ),
            meta=("M. B.", _("Telephone"), _("2 h ago")),
            feeling=_("Your own feeling: good"),
            gestures=(
                Gesture(_("Call back"), "#", primary=True),
                hand_over,
                Gesture(pgettext("sample", "Contest"), "#"),
            ),
        ),
        ReturnRow(
            key="2",
            rank=2,
            reason=_("Very satisfied: to share if you wish"),
            text=_("After my husband died, the person took the time to listen and saw to everything."),
            url="#return-2",
            tokens=(
                Token(pgettext("sample", "Listening"), Polarity.POSITIVE),
                Token(pgettext("sample", "Wait"), Polarity.MIXED),
            ),
            meta=("Mme T.", _("Telephone")),
            gestures=(Gesture(_("Share on the wall"), "#", post=True),),
        ),
        ReturnRow(
            key="3",
            voice=Voice.EMPLOYEE,
            text=_("The new tool asks for the same number three times."),
            tokens=(
                Token(pgettext("sample", "Tools"), voice=Voice.EMPLOYEE),
                Token(pgettext("sample", "Neutral"), Polarity.NEUTRAL),
            ),
            meta=(_("Barometer of November"),),
        ),
    ]


def faces() -> list[FaceRow]:
    """Two rows face to face, one of them masked on the employees' side."""
    return [
        FaceRow(
            _("Reaching an adviser"),
            _("71% satisfied"),
            _("Both sides suffer"),
            _("Starting the day"),
            _("2.9 out of 5"),
        ),
        FaceRow(
            _("Being listened to"),
            _("91% satisfied"),
            _("Not yet shown"),
            _("Being supported"),
            pgettext("sample", "masked"),
        ),
    ]


def tasks() -> list[TaskState]:
    """Long work in each of its states."""
    rows = pgettext("sample", "rows")
    return [
        TaskState(0, 0, rows, state="waiting"),
        TaskState(12480, 96214, rows, minutes_left=2, cancel_url="#"),
        TaskState(96214, 96214, rows, state="done", result_url="#"),
        TaskState(
            12480, 96214, rows, state="failed", problem=_("The file stops in the middle of line 12,481.")
        ),
        TaskState(12480, 96214, rows, state="cancelled"),
    ]


def estimates() -> dict[str, Estimate]:
    """A figure in full, one that is only indicative, one that may not be shown."""
    return {
        "full": proportion_interval(40, 47),
        "indicative": mean_interval(Sums.of([4, 5, 3, 5, 4, 4, 5, 2])),
        "hidden": proportion_interval(2, 3),
    }


def chart(language: str) -> dict[str, Any]:
    """A chart in its two widths with its table, and the bar of a marker."""
    rows = [
        Row(_("Telephone"), proportion_interval(988, 1284)),
        Row(_("E-mail"), proportion_interval(313, 412)),
        Row(_("Chat"), proportion_interval(9, 11)),
        Row(_("Branch office"), proportion_interval(2, 3)),
    ]
    frame = Frame(_("Satisfied customers by channel"), language, of=_("Channel"))
    company = Reference(0.8, pgettext("sample", "the company"))
    one = estimates()["full"]
    return {
        "wide": dot_list(rows, frame, voice=Voice.CUSTOMER, reference=company),
        "narrow": dot_list(rows, frame.narrow(), voice=Voice.CUSTOMER, reference=company),
        "table": dot_table(rows, frame),
        "bar": interval_bar(one, frame.narrow(), voice=Voice.CUSTOMER, reference=company),
    }


def links() -> list[Link]:
    """A row of links."""
    return [
        Link(pgettext("sample", "Returns"), "#", True),
        Link(pgettext("sample", "Campaigns"), "#", False),
        Link(pgettext("sample", "Barometer"), "#", False),
    ]


def steps() -> list[str]:
    """The steps of an import."""
    return [
        pgettext("sample", "File"),
        pgettext("sample", "Columns"),
        pgettext("sample", "Check"),
        pgettext("sample", "Import"),
    ]


def page() -> Page[int]:
    """The second page of many."""
    return Paginator(range(1284), 20).page(2)
