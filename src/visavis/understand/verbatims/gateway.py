"""What the gateway of employees' words asks of whoever reads texts: the themes that hold, and their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from visavis.people.access.policy import LISTED_VOICES
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.models import Annotation

_SLICE = 5000


class Reading:
    """The readings of this room; nothing of a tone leaves by this door."""

    def heard(self, texts: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The codes of the themes that hold today, by text; those without any are left out."""
        held: dict[int, list[str]] = defaultdict(list)
        wanted = sorted(texts)
        for first in range(0, len(wanted), _SLICE):
            told = Annotation.objects.current().filter(
                verbatim__in=wanted[first : first + _SLICE], theme__isnull=False, refused=False
            )
            for pk, code in told.order_by("verbatim", "theme").values_list("verbatim_id", "theme__code"):
                held[pk].append(str(code))
        return held

    def names(self, codes: Collection[str]) -> Mapping[str, str]:
        """The names of themes, in the language in force."""
        return {
            theme.code: theme.label for theme in Theme.objects.filter(code__in=list(codes)).order_by("pk")
        }

    def parents(self) -> Mapping[str, str]:
        """The theme that each one is under."""
        under = Theme.objects.filter(parent__isnull=False).order_by("pk")
        return dict(under.values_list("code", "parent__code"))

    def spoken(self) -> Collection[str]:
        """The themes in force that somebody else than customers may speak of."""
        held = Theme.objects.filter(retired_in__isnull=True).order_by("pk").values_list("code", "voices")
        return [code for code, voices in held if set(voices).difference(LISTED_VOICES)]
