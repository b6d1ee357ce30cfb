"""What no page may do, watched by every test that renders one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.http.response import HttpResponse, HttpResponseBase
from django.template.base import Node
from django.test import Client

HOUSE = Path(__file__).parents[1] / "src" / "visavis"


class UndefinedVariableError(Exception):
    """One of our templates names a variable that its view did not give."""


class RawComponentError(AssertionError):
    """A component's tag reached the browser: cotton did not see the template."""


def _origin(frame: FrameType | None) -> str:
    """The template that holds the nearest node being rendered, going up from ``frame``."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin)
        frame = frame.f_back
    return ""


class Undefined(str):
    """Stands for ``string_if_invalid``: fails in our templates, silent in those of others."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return _origin(sys._getframe(1)).startswith(str(HOUSE))

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, variable: Any) -> str:
        origin = _origin(sys._getframe(1))
        raise UndefinedVariableError(f"{{{{ {variable} }}}} is not defined in {origin}")


class HouseClient(Client):
    """A client that refuses a page with a component left raw."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        check_components(response)
        return response


def check_components(response: HttpResponseBase) -> None:
    """Fail if ``response`` is a page that still holds a component's tag.

    Raises:
        RawComponentError: naming the tag.
    """
    if not isinstance(response, HttpResponse) or "html" not in response.headers.get("Content-Type", ""):
        return
    _, found, after = response.content.partition(b"<c-")
    if found:
        raise RawComponentError(f"raw component in the page: <c-{after[:60].decode(errors='replace')}")
