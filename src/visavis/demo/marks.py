"""The two marks that the demo leaves in the instance's folder: it is being built, it stands.

Only the second one makes the instance a demo (``settings.DEMO``). Both are readable by their owner only.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from visavis.demo.vaubrune import Size
from visavis.demo.vaubrune.world import TODAY

READY, BUILDING = "demo.json", "demo-building.json"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which Vaubrune is asked for."""

    size: Size
    seed: int
    null: bool = False


@dataclass(slots=True)
class Mark:
    """What is known of the demo of an instance.

    Attributes:
        wish: which Vaubrune.
        password: the one of all its accounts.
        emptied: whether what stood here before is gone.
        files: name -> fingerprint of the files it is built from; empty until they are all written.
    """

    wish: Wish
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    emptied: bool = True
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The mark at ``path``, if there is one."""
        if not path.exists():
            return None
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        wish = Wish(Size(told["size"]), int(told["seed"]), bool(told["null"]))
        return cls(wish, told["password"], told.get("emptied", True), told.get("files", {}))

    def write(self, path: Path, **also: object) -> None:
        """Put the mark at ``path``, whole or not at all."""
        told = {"today": TODAY.isoformat(), **asdict(self.wish), "password": self.password}
        told |= {"files": self.files, **also}
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as new:
            json.dump(told, new, ensure_ascii=False, indent=1)
            new.flush()
            os.fsync(new.fileno())
        draft.replace(path)

    def write_building(self, folder: Path) -> None:
        """Say that the demo is under way."""
        self.write(folder / BUILDING, emptied=self.emptied)
