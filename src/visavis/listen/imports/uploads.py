"""Files on their way in: nothing goes to the disk beyond what this person may import here."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.urls import reverse

from visavis.listen.imports.queries import may_import

#: Past so many times the limit the rest is not even listened to.
_FLOOD: Final = 4
#: What any other form of the house may carry.
_ELSEWHERE: Final = 1 << 20


class LimitedUpload(TemporaryFileUploadHandler):
    """Drops a file at the byte that is too many, and leaves its size on the request as ``too_big``."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Measure each file from its first byte."""
        self._size = 0
        self._limit = self._allowed()
        super().new_file(*args, **kwargs)

    def _allowed(self) -> int:
        viewer = getattr(self.request, "viewer", None)
        here = self.request is not None and self.request.path == reverse("imports:new")
        limit: int = settings.MAX_IMPORT_BYTES
        return limit if here and viewer and may_import(viewer) else _ELSEWHERE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what fits.

        Raises:
            SkipFile: past the limit: the rest is read and dropped, so that the page can say so.
            StopUpload: if far more is announced.
        """
        self._size += len(raw_data)
        if self._size > self._limit:
            announced = max(self._size, int(self.request.META.get("CONTENT_LENGTH") or 0))  # type: ignore[union-attr]
            self.request.too_big = announced  # type: ignore[union-attr]
            self.file.close()
            if announced > _FLOOD * self._limit:
                raise StopUpload(connection_reset=True)
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
