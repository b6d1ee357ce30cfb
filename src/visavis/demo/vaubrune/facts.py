"""Who speaks and about what: the answers to the slots of a customer's sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import cast

from visavis.demo.vaubrune.material import material

_ORDINALS = {2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", 6: "sixième"}
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre")  # fmt: skip
#: What was already named is not named again.
_SAME_THING = {
    "simple_request": ("cette demande", "ma demande", "ça"),
    "claim": ("ce dossier", "ce sinistre", "mon dossier"),
    "premium_change": ("cette hausse",),
    "complaint": ("ce problème", "ce dossier", "ma réclamation"),
    "bereavement": ("ce dossier",),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One answer that will have words: everything the sentences may rest on."""

    mark: int
    reason: str
    channel: str
    product: str
    week: int
    month: int
    rank: int
    adviser: str
    adviser_woman: bool
    callback: bool
    storm: bool
    server_share: float
    delay_pressure: float
    wish: str = ""

    @property
    def human(self) -> bool:
        """Whether somebody answered."""
        return self.channel != "selfcare"

    @property
    def tags(self) -> frozenset[str]:
        """What the material may require."""
        tags = {self.channel, self.reason, self.product}
        tags |= {"human"} if self.human else set()
        tags |= {"repeat"} if self.rank > 1 else set()
        return frozenset(tags | ({"storm"} if self.storm and self.product == "habitation" else set()))


@dataclass(slots=True)
class Facts:
    """Answers the slots; what was said once stays said."""

    case: Case
    rng: Random
    woman: bool = False
    _said: dict[str, str] = field(default_factory=dict)
    _lost: str = "m"

    def __post_init__(self) -> None:
        """Choose the speaker, and whoever was lost."""
        self.woman = self.rng.random() < 0.53
        if self.case.reason == "bereavement":
            self._said["proche"], self._lost = self._someone_lost()

    def __call__(self, name: str) -> str:
        """The answer to one slot."""
        if name[1:2] == ":":
            masculine, feminine = name[2:].split("|")
            return feminine if self._feminine(name[0]) else masculine
        if name in ("qui", "il"):
            return self._adviser()
        if name == "objet" and name in self._said:
            return self.rng.choice(_SAME_THING[self.case.reason])
        if name not in self._said:
            self._said[name] = self._answer(name)
        return self._said[name]

    def _feminine(self, who: str) -> bool:
        return {"s": self.woman, "a": self.case.adviser_woman, "p": self._lost == "f"}[who]

    def _someone_lost(self) -> tuple[str, str]:
        people = material("frames")["slots"]["proches"]
        fitting = [
            pair for pair in people
            if not (pair[0] in ("mon mari", "mon compagnon") and not self.woman)
            and not (pair[0] == "ma femme" and self.woman)
        ]  # fmt: skip
        who, gender = self.rng.choice(fitting)
        return str(who), str(gender)

    def _answer(self, name: str) -> str:
        simple = {"e": "e" if self.woman else "", "E": "e" if self.case.adviser_woman else "",
                  "lui": "elle" if self.case.adviser_woman else "lui"}  # fmt: skip
        if name in simple:
            return simple[name]
        maker = getattr(self, f"_{name}", None)
        if maker is not None:
            return str(maker())
        slots = material("frames")["slots"][name]
        if isinstance(slots, list):
            return str(self.rng.choice(slots))
        return self._by_case(slots)

    def _by_case(self, slots: dict[str, object]) -> str:
        found: object = slots
        for key in (self.case.channel, self.case.reason, self.case.product):
            if isinstance(found, dict) and key in found:
                stormy = f"{key}+storm"
                found = found[stormy if self.case.storm and stormy in found else key]
        if isinstance(found, dict):
            found = found[""]
        return found if isinstance(found, str) else str(self.rng.choice(cast("list[str]", found)))

    def _adviser(self) -> str:
        """A noun the first time, a pronoun afterwards."""
        if "qui" in self._said:
            return "elle" if self.case.adviser_woman else "il"
        slots = material("frames")["slots"]
        kind = {"agency": "referents_agency", "phone": "referents"}.get(
            self.case.channel, "referents_written"
        )
        self._said["qui"] = str(self.rng.choice(slots[kind]["f" if self.case.adviser_woman else "m"]))
        return self._said["qui"]

    def _ordinal(self) -> str:
        return _ORDINALS.get(self.case.rank, "énième")

    def _ordinal_art(self) -> str:
        return "l'énième" if self.case.rank not in _ORDINALS else f"la {self._ordinal()}"

    def _fois(self) -> str:
        return self("fois_n")

    def _mois(self) -> str:
        return _MONTHS[(self.case.month - 2) % 12]

    def _annees(self) -> str:
        return str(round(3 + 37 * self.rng.random() ** 1.4))

    def _n_min(self) -> str:
        return str(self.rng.choice((10, 12, 15, 18, 20, 22, 25, 28, 30, 32, 35, 40, 45, 50, 55)))

    def _pct(self) -> str:
        share = self.rng.choice((6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 20, 22))
        return f"{share}{self.rng.choice((' %', '%'))}"

    def _euros(self) -> str:
        return f"{self.rng.randrange(4, 90) * 5}{self.rng.choice((' euros', ' euros', ' €', '€'))}"
