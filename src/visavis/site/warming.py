"""What a web process loads by itself once it is up, so that nobody's first page waits for it."""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path
from threading import Thread

from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

import visavis

#: What the statistics of most pages ask for, and takes longest to load.
_LIBRARIES = ("numpy.linalg", "scipy.special")


def start() -> Thread:
    """Warm this process beside the pages that it serves already; it is waited for when the process ends."""
    thread = Thread(target=warm, name="warming")
    thread.start()
    return thread


def warm() -> None:
    """Load addresses with their views, libraries and templates; then let the collector pass them over.

    Several hundred thousand objects are there to stay: the collector would go through them all every few
    pages, which takes longer than half of a page.
    """
    get_resolver().reverse_dict  # noqa: B018  working it out loads the views
    for name in _LIBRARIES:
        import_module(name)
    for name in _templates():
        get_template(name)
    gc.collect()
    gc.freeze()


def _templates() -> list[str]:
    """The names of the house's own templates."""
    house = Path(visavis.__path__[0])
    folders = [folder for folder in map(Path, get_app_template_dirs("templates")) if house in folder.parents]
    return sorted(str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html"))
