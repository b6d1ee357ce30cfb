"""What follows an import on the higher floors, told to us so that we need not know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Follower:
    """Work that new rows call for.

    Attributes:
        name: its stable name.
        label: what it does, as shown beside a progress bar.
        pending: how many things wait.
        step: do the next ones, in a transaction of its own, and say how many were done. Safe to run twice.
    """

    name: str
    label: str | Promise
    pending: Callable[[], int]
    step: Callable[[], int]


#: Told after each step: the follower, how many things are done, how many there were.
FollowerProgress = Callable[[Follower, int, int], None]

_FOLLOWERS: dict[str, Follower] = {}


def follow(follower: Follower) -> None:
    """Register work that follows imports; rooms do it in ``apps.ready``, in their order."""
    _FOLLOWERS[follower.name] = follower


def followers() -> tuple[Follower, ...]:
    """Those registered, in order."""
    return tuple(_FOLLOWERS.values())


def run_followers(progress: FollowerProgress | None = None) -> dict[str, int]:
    """Run each follower until nothing waits, or until a step does nothing.

    Args:
        progress: told after each step.

    Returns:
        How many things each one did, by name; those that had nothing to do are left out.
    """
    done = {}
    for follower in followers():
        if waiting := follower.pending():
            done[follower.name] = _run(follower, waiting, progress)
    return done


def _run(follower: Follower, waiting: int, progress: FollowerProgress | None) -> int:
    done = 0
    while step := follower.step():
        done += step
        if progress:
            progress(follower, done, max(done, waiting))
    return done
