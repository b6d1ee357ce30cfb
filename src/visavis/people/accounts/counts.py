"""Counts of what somebody may only do so often, in the database: all processes count together.

Django's own cache in a table would do, but it keeps pickles, and takes a table that cannot be written for one
that has nothing: a sign-in would then be refused for a reason that is none.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from visavis.people.accounts.models import Tally

#: How long what has no end is kept.
_LONG: Final = dt.timedelta(days=1)
_MISSING: Final = object()


class Counts(BaseCache):
    """A cache of Django's whose rows are in the database, as JSON, each under a mark of its name.

    Names hold network addresses: only a mark of them under the signing key is written.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; whether it was kept."""
        facts = {"value": value, "until": self._until(timeout)}
        with transaction.atomic():
            mark = self._mark(key, version)
            Tally.objects.filter(mark=mark, until__lte=timezone.now()).delete()
            return Tally.objects.get_or_create(mark=mark, defaults=facts)[1]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, if it still holds."""
        held = Tally.objects.filter(mark=self._mark(key, version), until__gt=timezone.now())
        found = held.values_list("value", flat=True).first()
        return default if found is None else found

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value, whatever there was."""
        facts = {"value": value, "until": self._until(timeout)}
        Tally.objects.update_or_create(mark=self._mark(key, version), defaults=facts)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value longer; whether there was one."""
        held = Tally.objects.filter(mark=self._mark(key, version), until__gt=timezone.now())
        return held.update(until=self._until(timeout)) > 0

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number.

        Raises:
            ValueError: if there is none.
        """
        with transaction.atomic():
            held = Tally.objects.select_for_update().filter(
                mark=self._mark(key, version), until__gt=timezone.now()
            )
            found = held.first()
            if found is None:
                raise ValueError("there is nothing to add to")
            total = int(found.value or 0) + delta
            found.value = total
            found.save(update_fields=["value"])
            return total

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; whether there was one."""
        return Tally.objects.filter(mark=self._mark(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Forget everything."""
        Tally.objects.all().delete()

    def _mark(self, key: str, version: int | None) -> str:
        named = self.make_and_validate_key(key, version=version)
        return salted_hmac("visavis.accounts.counts", named, algorithm="sha256").hexdigest()

    def _until(self, timeout: float | None) -> dt.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + (_LONG if seconds is None else dt.timedelta(seconds=seconds))


def forget_past(*, now: dt.datetime) -> int:
    """Remove what holds no more; how many rows.

    Args:
        now: the instant.
    """
    return Tally.objects.filter(until__lte=now).delete()[0]
