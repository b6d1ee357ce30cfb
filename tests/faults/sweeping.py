"""Where pages answer over a cable that breaks: asks for them, and looks at each answer."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.faults.answers import CSRF, DONE, POLITE, RUDE
from tests.faults.cable import AFTER, Cable

#: What no two pages have alike.
_OWN = re.compile(rb'(csrfmiddlewaretoken" value|hx-headers)=("[^"]*"|\'[^\']*\')')
#: Messages of one request, at most: beyond, something goes round in circles.
_MOST = 400


def in_process(real: str, here: str, people: str, ways: str, requests: str, stale: str) -> None:
    """The sweep itself, where pages answer."""
    cable = Cable(Path(real), Path(here))
    from visavis.site.wsgi import application

    sweeper = Sweeper(cable, application, json.loads(people))
    names = requests.split() or sweeper.requests
    for name in names:
        for way in ways.split():
            for after in AFTER:
                for gone in (False, True)[: 1 + bool(stale)]:
                    sweeper.sweep(name, way, after, stale=gone)
    sys.stdout.write(f"{json.dumps(sweeper.told())}\n")


@dataclass(frozen=True)
class Wish:
    """One request, all that it takes to make it read before.

    Attributes:
        who: who is signed in.
        path: the address.
        typed: the form; none: a GET.
        note: what is kept if it is confirmed.
    """

    who: str
    path: str
    typed: dict[str, object] = field(default_factory=dict)
    note: str = ""


class Sweeper:
    """Asks for pages over a cable that breaks, and looks at each answer.

    Args:
        cable: between the pages and their database.
        application: the pages.
        people: who is signed in, and what there is to write on.
    """

    def __init__(self, cable: Cable, application: Any, people: dict[str, Any]) -> None:
        self._cable, self._application, self._people = cable, application, people
        self._statuses: Counter[int] = Counter()
        self._rude: list[str] = []
        self._confirmed: list[str] = []
        self._numbers = count()
        self._cuts = 0
        self.requests: dict[str, Callable[[], Wish]] = {
            "list": lambda: Wish("manager", "/agir/dossiers/"),
            "note": self._note,
            "feeling": self._feeling,
            "file": lambda: Wish("manager", "/ecouter/retours/export.csv"),
            "sign-in": lambda: Wish(
                "", "/compte/login/", {"login": people["address"], "password": people["password"]}
            ),
        }

    def sweep(self, name: str, way: str, after: str, *, stale: bool) -> None:
        """Lose each message of one request in turn; ask again while nobody answers.

        Args:
            name: of the request.
            way: how it is lost.
            after: what is found there then.
            stale: whether the connection of the request before is gone already.
        """
        self._ask(self._wish(name))  # shows what gestures before it left to say
        usual = self._ask(self._wish(name))
        for at in range(1, _MOST):
            wish = self._wish(name)
            if stale:
                self._cable.stale()
            self._cable.arm(at, way, after)
            told = {f"{at}": self._ask(wish)}
            asked, broke = self._cable.asked, self._cable.broke
            if broke and after != "back":
                told[f"{at}, again"] = self._ask(wish)
            self._cable.mend()
            self._cuts += broke
            for when, got in told.items():
                self._statuses[got[0]] += 1
                if not _is_fine(got, usual):
                    self._rude.append(
                        f"{name} {way} {when} {after}{' stale' * stale}: {got[0]} {got[1][-300:]!r}"
                    )
            if asked < at - 1 or not (broke or asked >= at):
                return
        self._rude.append(f"{name} {way}: no end")

    def _wish(self, name: str) -> Wish:
        from django.core.cache import cache

        cache.clear()  # nobody signs in too often
        return self.requests[name]()

    def told(self) -> dict[str, Any]:
        """What was found."""
        from visavis.act.inbox.models import CaseStep

        kept = list(CaseStep.objects.filter(text__startswith="cut-").values_list("text", flat=True))
        return {
            "cuts": self._cuts,
            "statuses": dict(self._statuses),
            "rude": self._rude,
            "lost": sorted(set(self._confirmed) - set(kept)),
            "double": len(kept) - len(set(kept)),
        }

    def _note(self) -> Wish:
        from visavis.act.inbox.models import Case

        case, text = self._people["cases"][0], f"cut-{next(self._numbers)}"
        typed = {"step-kind": "note", "step-text": text, "step-version": Case.objects.get(pk=case).version}
        return Wish("manager", f"/agir/dossiers/{case}/step/", typed, text)

    def _feeling(self) -> Wish:
        number = next(self._numbers)
        exchange = self._people["exchanges"][number % len(self._people["exchanges"])]
        return Wish("adviser", f"/mon-ressenti/{exchange}/", {"feeling": number % 5 + 1})

    def _ask(self, wish: Wish) -> tuple[int, bytes]:
        """Status and page of an answer; 0 if the server of pages would have had to answer itself."""
        told: list[int] = []
        try:
            answer = self._application(self._environ(wish), lambda status, *_: told.append(int(status[:3])))
            try:
                page = b"".join(answer)
            finally:
                answer.close()
        except Exception as error:  # noqa: BLE001  what a server of pages would see
            return 0, repr(error).encode()
        if wish.note and told[0] in DONE:
            self._confirmed.append(wish.note)
        return told[0], page

    def _environ(self, wish: Wish) -> dict[str, Any]:
        from django.test import RequestFactory

        cookies = f"csrftoken={CSRF}" + (f"; {self._people[wish.who]}" if wish.who else "")
        headers = {"cookie": cookies, "x-csrftoken": CSRF, "host": "localhost"}
        made = RequestFactory(headers=headers)
        asked = made.post(wish.path, wish.typed) if wish.typed else made.get(wish.path)
        environ: dict[str, Any] = asked.environ
        return environ


def _is_fine(got: tuple[int, bytes], usual: tuple[int, bytes]) -> bool:
    """Whether an answer is a polite refusal, or what it always is."""
    status, page = got
    if status == 503:
        text = page.decode()
        return POLITE in text and not any(word in text for word in RUDE)
    return status == usual[0] and (status == 302 or _OWN.sub(b"", page) == _OWN.sub(b"", usual[1]))
