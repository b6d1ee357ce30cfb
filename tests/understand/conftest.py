"""What holds after every test of these rooms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.written import COPIED
from visavis.understand.verbatims.heard import in_one_word
from visavis.understand.verbatims.models import Annotation


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Beside each text stands what its return and its readings say, whatever was done to them."""
    yield
    if item.get_closest_marker("django_db") and Verbatim.objects.exists():
        assert_copies()


def assert_copies() -> None:
    """Hold every copy of the database against what it copies."""
    told = Annotation.objects.current().filter(theme__isnull=False, refused=False).order_by("theme")
    heard: dict[int, list[tuple[int, str]]] = {}
    for pk, theme, tone in told.values_list("verbatim_id", "theme_id", "polarity"):
        heard.setdefault(pk, []).append((theme or 0, tone))
    for text in Verbatim.objects.select_related("response").order_by("pk"):
        for name, source in COPIED.items():
            assert getattr(text, name) == getattr(text.response, source), name
        if text.read_at:  # what waits to be read is counted nowhere
            assert text.themes_heard == in_one_word(heard.get(text.pk, []))
