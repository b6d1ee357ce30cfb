"""The calls of the shared vectors, as `run_vectors.py` wants them: every public function of the library."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from typing import Any

from visavis import measure


def _functions() -> Iterator[tuple[str, Callable[..., object]]]:
    for part in pkgutil.iter_modules(measure.__path__, "visavis.measure."):
        module = importlib.import_module(part.name)
        for name, call in inspect.getmembers(module, inspect.isfunction):
            if call.__module__ == part.name and not name.startswith("_"):
                yield name, call


def _names(result: object) -> dict[str, Any]:
    """Every public value of a result, computed ones too, and those of its parts."""
    names = {name: getattr(result, name) for name in dir(result) if not name.startswith("_")}
    return {name: _names(value) if is_dataclass(value) else value for name, value in names.items()}


def _plain(call: Callable[..., object]) -> Callable[..., dict[str, Any]]:
    return lambda **inputs: _names(call(**inputs))


CALLS = {name: _plain(call) for name, call in _functions()}
