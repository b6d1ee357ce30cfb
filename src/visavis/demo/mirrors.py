"""The mirror study of spring at Vaubrune: made before its answers are brought in."""

from __future__ import annotations

import datetime as dt
from typing import Final

from visavis.core.words import Voice
from visavis.demo.vaubrune.extras import MIRROR_QUESTIONS
from visavis.listen.campaigns.models import Campaign
from visavis.people.access.viewer import system
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.services import MARGIN, Item, Outline, create_study

NAME: Final = {"fr": "Étude miroir de printemps", "en": "Spring mirror study"}
OPENS: Final = dt.date(2025, 4, 7)
CLOSES: Final = dt.date(2025, 5, 5)
#: What each question is about, as customers read it.
_ABOUT: Final = {
    "clarity": ("La clarté de ce qu’on m’explique", "How clearly things are explained to me"),
    "listening": ("L’écoute de mon interlocuteur", "How well I am listened to"),
    "reachability": ("La facilité à joindre quelqu’un", "How easily I reach somebody"),
    "kindness": ("L’amabilité de mon interlocuteur", "How kindly I am treated"),
    "competence": ("La compétence de mon interlocuteur", "How able the person who answers me is"),
    "speed": ("La rapidité des réponses", "How quickly I am answered"),
    "honesty": ("La franchise des réponses", "How frankly I am answered"),
    "follow_up": ("Le suivi de mon dossier", "How my file is followed"),
    "price": ("Le rapport entre prix et service", "What I get for what I pay"),
    "letters": ("La lisibilité des courriers", "How easily letters are read"),
}  # fmt: skip
_ASKED: Final = (
    "« {about} »\u00a0: quelle note nos clients donnent-ils, selon vous\u00a0?",
    "“{about}”: what mark do our customers give, in your opinion?",
)


def make_study() -> None:
    """Make the study of spring, once."""
    if Campaign.objects.filter(pk__in=Study.objects.values("campaign")).exists():
        return
    create_study(
        by=system(),
        outline=Outline(
            name=NAME,
            design=Study.Design.PREDICTS,
            scale="0-10",
            margin=MARGIN,
            opens_on=OPENS,
            closes_on=CLOSES,
            items=[_item(key) for key in MIRROR_QUESTIONS],
        ),
    )


def _item(key: str) -> Item:
    french, english = _ABOUT[key]
    return Item(
        key,
        {
            Voice.CUSTOMER: {"fr": french, "en": english},
            Voice.EMPLOYEE: {
                "fr": _ASKED[0].format(about=french),
                "en": _ASKED[1].format(about=english),
            },
        },
    )
