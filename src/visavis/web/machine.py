"""What the machine refuses (a file, a folder, the disk), in words of the screens."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext

from visavis.core.languages import gettext_noop

_WHY: Final[Mapping[int, str]] = {
    errno.ENOENT: gettext_noop("there is nothing of that name"),
    errno.EEXIST: gettext_noop("something of that name is there already"),
    errno.EACCES: gettext_noop("you may not"),
    errno.EPERM: gettext_noop("you may not"),
    errno.EISDIR: gettext_noop("it is a folder"),
    errno.ENOTDIR: gettext_noop("it is not a folder"),
    errno.ENOSPC: gettext_noop("the disk is full"),
    errno.EDQUOT: gettext_noop("your share of the disk is full"),
    errno.EROFS: gettext_noop("the disk can only be read"),
    errno.EIO: gettext_noop("the disk fails"),
}


def why(error: OSError, say: Callable[[str], str] = gettext) -> str:
    """Say why the machine refused, in the language of the moment; in the system's words if we have none.

    Args:
        error: what was raised.
        say: how words are translated, where Django does not stand.
    """
    known = _WHY.get(errno.ENOENT if isinstance(error, FileNotFoundError) else error.errno or 0)
    return say(known) if known else error.strerror or str(error)
