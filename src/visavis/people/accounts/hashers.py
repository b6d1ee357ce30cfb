"""Argon2id at a cost that a flood of sign-ins cannot turn into a memory attack (trust.md §11)."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """t=2, m=19 MiB, p=1: OWASP's minimum, 78 ms and 19 MiB a sign-in instead of 625 ms and 100 MiB."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
