"""The columns of the file that is handed over, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

COLUMNS: Final[Mapping[str, Promise]] = {
    "key": pgettext_lazy("file", "Key"),
    "segment": pgettext_lazy("file", "Segment"),
    "language": pgettext_lazy("file", "Language"),
    "name": pgettext_lazy("file", "Name"),
    "phone": pgettext_lazy("file", "Telephone"),
    "e-mail": pgettext_lazy("file", "E-mail"),
    "until": pgettext_lazy("file", "Kept until"),
    "code": pgettext_lazy("file", "Code"),
    "started": pgettext_lazy("file", "Started"),
    "channel": pgettext_lazy("file", "Channel"),
    "reason": pgettext_lazy("file", "Contact reason"),
    "unit": pgettext_lazy("file", "Unit"),
    "wait_s": pgettext_lazy("file", "Wait, in seconds"),
    "campaign": pgettext_lazy("file", "Campaign"),
    "sent": pgettext_lazy("file", "Sent"),
    "answered": pgettext_lazy("file", "Answered"),
    "source": pgettext_lazy("file", "Source"),
    "day": pgettext_lazy("file", "Day"),
    "product": pgettext_lazy("file", "Product"),
    "question": pgettext_lazy("file", "Question"),
    "value": pgettext_lazy("file", "Mark"),
    "choice": pgettext_lazy("file", "Choice"),
    "words": pgettext_lazy("file", "Words"),
    "tone": pgettext_lazy("file", "Tone"),
    "themes": pgettext_lazy("file", "Themes"),
    "read_by": pgettext_lazy("file", "Read by"),
    "corrected": pgettext_lazy("file", "Corrected by a person"),
    "opened": pgettext_lazy("file", "Opened"),
    "why": pgettext_lazy("file", "Why"),
    "status": pgettext_lazy("file", "State"),
    "outcome": pgettext_lazy("file", "Outcome"),
    "steps": pgettext_lazy("file", "Steps"),
    "form": pgettext_lazy("file", "Form of the job’s name"),
    "hired": pgettext_lazy("file", "Hired"),
    "left": pgettext_lazy("file", "Left"),
    "role": pgettext_lazy("file", "Role"),
    "from": pgettext_lazy("file", "From"),
    "to": pgettext_lazy("file", "To"),
    "last_sign_in": pgettext_lazy("file", "Last sign-in"),
    "roles": pgettext_lazy("file", "Roles"),
    "month": pgettext_lazy("file", "Month"),
    "exchanges": pgettext_lazy("file", "Exchanges"),
    "at": pgettext_lazy("file", "When"),
    "gesture": pgettext_lazy("file", "Gesture"),
}
