"""Mirror studies as campaigns: two that share their question keys, one a voice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.surveys.models import Questionnaire

#: How the key of the words asked after a question ends.
WHY = "_why"


@dataclass(frozen=True, slots=True)
class Mirror:
    """The two campaigns of one study. The customers' one gives it its code, its name and its days."""

    sides: Mapping[Voice, Campaign]

    @property
    def code(self) -> str:
        """Its code."""
        return self.sides[Voice.CUSTOMER].code

    @property
    def label(self) -> str:
        """Its name in the language in force."""
        return self.sides[Voice.CUSTOMER].label

    @property
    def names(self) -> set[str]:
        """All that it is called."""
        return {self.code, *self.sides[Voice.CUSTOMER].name.values()}

    def runs_on(self, day: dt.date) -> bool:
        """Whether a day lies in its window."""
        first, last = self.sides[Voice.CUSTOMER].opens_on, self.sides[Voice.CUSTOMER].closes_on
        return (first is None or first <= day) and (last is None or day <= last)


def mirrors() -> list[Mirror]:
    """Every mirror study, the latest to close first."""
    sides = Campaign.objects.filter(questionnaire__kind=Questionnaire.Kind.MIRROR)
    found = sides.select_related("questionnaire").order_by("-closes_on", "-pk")
    facing = {each.mirror_of_id: each for each in found if each.mirror_of_id}
    return [
        Mirror({Voice(side.voice): side for side in (each, facing[each.pk])})
        for each in found
        if each.pk in facing
    ]
