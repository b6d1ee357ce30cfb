"""Options: typed once, read from the environment, an ``.env`` file or the instance's folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
from email.utils import parseaddr
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from visavis.core.languages import gettext_noop as _
from visavis.core.words import Role
from visavis.site import keyring
from visavis.site.addresses import is_local, is_postgresql, transport
from visavis.site.sign_on_options import SignOnOptions

#: Files of keys that are changed by ``visavis keys``, by what it calls them.
KEY_FILES = {"signing": "secret-key", "sealing": "sealing-key"}


class Options(SignOnOptions):
    """Read from ``VISAVIS_*`` variables or an ``.env`` file. ``docs/options.md`` is written from it."""

    # What was given is told to nobody: it may hold a password.
    model_config = SettingsConfigDict(
        env_prefix="VISAVIS_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    data: Path = Field(
        Path("visavis-data"), description="Folder of the instance: database, files received, secret key."
    )
    database_url: str = Field(
        "",
        description="PostgreSQL address (`postgresql://user:password@host/name`); empty: SQLite. Another "
        "machine is reached by TLS, its certificate checked (`?sslrootcert=FILE`; else the system's list).",
    )
    hosts: str = Field(
        "localhost,127.0.0.1,[::1]", description="Names under which the site answers, separated by commas."
    )
    https: bool = Field(False, description="The site is reached over HTTPS: secure cookies, HSTS.")
    time_zone: str = Field("Europe/Paris", description="The company's time zone: it cuts the days.")
    language: Literal["fr", "en"] = Field(
        "fr", description="Language shown when neither the person nor the browser chose one: `fr` or `en`."
    )
    smallest_group: int = Field(
        5, ge=5, description="Fewest employees whose figures show together. May only be raised."
    )
    report_frozen_after: int = Field(
        3, ge=0, le=27, description="Days after the end of a month at which its report is frozen."
    )
    chunk: int = Field(5000, ge=1, le=100_000, description="Rows of one transaction of an import.")
    export_rows: int = Field(
        50_000, ge=100, description="Most rows about people that one file takes out (returns, verbatims)."
    )
    second_opinion: bool = Field(
        False,
        description="Let a larger model look again at the least certain texts, in the background. "
        "Needs `pip install visavis[precision]`.",
    )
    address: str = Field(
        "",
        description="Address at which people reach the site (`https://visavis.example.org`), for the links "
        "of e-mails; empty: made of the first name of `VISAVIS_HOSTS`.",
    )
    smtp_host: str = Field(
        "", description="Mail server of the company; empty: no e-mail leaves, letters stay in the outbox."
    )
    smtp_port: int = Field(587, ge=1, le=65_535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the connection is made secure: `starttls` (port 587), `tls` (port 465), or `none`, "
        "for a server on the same machine.",
    )
    smtp_user: str = Field("", description="User of the mail server; empty: no sign-in.")
    smtp_password: str = Field("", repr=False, description="Password of that user.")
    smtp_sender: str = Field(
        "", description="Sender of e-mails (`Vis-à-vis <visavis@example.org>`); needed with a mail server."
    )
    smtp_timeout: int = Field(
        20, ge=1, le=120, description="Seconds to wait for an answer of the mail server."
    )
    plain_http: bool = Field(
        False,
        description="The site is reached under other names than this machine's without HTTPS, on purpose: "
        "a closed network.",
    )
    backup_nightly: bool = Field(True, description="Take a backup each night, while the jobs are running.")
    backup_hour: int = Field(2, ge=0, le=23, description="Hour of the nightly backup, in the company's zone.")
    backup_to: str = Field(
        "",
        description="Second folder that receives each backup, on another disk or machine; empty: only "
        "`backups` in the folder of the instance.",
    )
    backup_key: str = Field(
        "",
        description="Public key (age, `age1…`; several separated by commas) to which backups are encrypted; "
        "empty: readable by whoever reads the folder.",
    )
    proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many proxies stand in front of the site: only what they add to `X-Forwarded-For` is "
        "believed, for the limits on sign-ins.",
    )
    second_step: Literal["strict", "all"] = Field(
        "strict",
        description="Who must set a second step at sign-in: `strict` (administrators, human resources, "
        "quality, data protection officer) or `all`.",
    )
    password_words: str = Field(
        "",
        description="Words of the company that a password may not rest on, beside its name, the product's "
        "and those of its units: brands, projects, town; separated by commas.",
    )
    breached_passwords: Path | None = Field(
        None,
        description="File of passwords that leaked elsewhere: one SHA-1 a line in capitals, sorted, as the "
        "list of Have I Been Pwned is given (`HASH:count`); none: the 20 000 most common only.",
    )
    debug: bool = Field(False, description="Development only: details of errors on screen.")

    @model_validator(mode="after")
    def _zone_is_one(self) -> Self:
        """Refuse a time zone that nobody knows.

        Raises:
            ValueError: if the system has none of this name.
        """
        try:
            ZoneInfo(self.time_zone)
        except (OSError, ValueError, ZoneInfoNotFoundError) as error:
            raise ValueError(_("VISAVIS_TIME_ZONE must be a name such as Europe/Paris.")) from error
        return self

    @model_validator(mode="after")
    def _database_is_one(self) -> Self:
        """Refuse an address that is none of PostgreSQL, or that would be reached in clear.

        Raises:
            ValueError: if it is of another kind, the library for it is missing, or as ``transport``.
        """
        if self.database_url and not is_postgresql(self.database_url):
            raise ValueError(_("VISAVIS_DATABASE_URL must be postgresql://user:password@host/name."))
        if self.database_url and find_spec("psycopg") is None:
            raise ValueError(_("VISAVIS_DATABASE_URL needs: pip install visavis[postgres]."))
        transport(self.database_url)
        return self

    @model_validator(mode="after")
    def _server_has_a_sender(self) -> Self:
        """Refuse a mail server without a sender, or in clear: every letter would be refused, or read.

        Raises:
            ValueError: if the sender is missing or no address, or another machine is reached in clear.
        """
        if self.smtp_host and not parseaddr(self.smtp_sender)[1].strip("@").count("@"):
            raise ValueError(_("VISAVIS_SMTP_HOST needs VISAVIS_SMTP_SENDER, an e-mail address."))
        if self.smtp_security == "none" and not is_local(self.smtp_host):
            raise ValueError(_("VISAVIS_SMTP_SECURITY=none is for a mail server on this machine."))
        return self

    @model_validator(mode="after")
    def _backup_key_is_one(self) -> Self:
        """Refuse a key to which nothing can be encrypted: it would be found out at night.

        Raises:
            ValueError: if it is no public key of age.
        """
        if self.backup_key:
            from visavis.site.sealing import SealError, recipients

            try:
                recipients(self.backup_key)
            except SealError as error:
                raise ValueError(_("VISAVIS_BACKUP_KEY must be a public key of age (age1…).")) from error
        return self

    @property
    def second_step_roles(self) -> frozenset[Role]:
        """The roles that must set a second step: those who export, rule accounts, or see what is personal."""
        strict = {Role.ADMIN, Role.HR, Role.QUALITY, Role.DPO}
        return frozenset(Role if self.second_step == "all" else strict)

    @property
    def site_address(self) -> str:
        """The address of the site, without a slash at its end."""
        scheme = "https" if self.https else "http"
        return (self.address or f"{scheme}://{self.hosts.split(',')[0]}").rstrip("/")


class Instance:
    """The folder of an instance and the few facts kept in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def prepare(self) -> None:
        """Create the folder, readable by its owner only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not any(self.folder.iterdir()):
            self.folder.chmod(0o700)  # somebody made it for us, readable by others
        for name in ("files", "static", "backups"):
            (self.folder / name).mkdir(exist_ok=True, mode=0o700)
        for name in ("visavis.db", "visavis.db-wal", "visavis.db-shm", "jobs.db"):
            with contextlib.suppress(OSError):  # not there, or not ours: the check at the start tells
                (self.folder / name).chmod(0o600)

    def secret_keys(self) -> list[str]:
        """The keys that sign sessions, the one in use first: in the folder, in no database and no backup."""
        return self._drawn_once(KEY_FILES["signing"]).split()

    def sealing_keys(self) -> list[str]:
        """The keys that seal second steps, the one in use first: in the folder and in each backup."""
        return self._drawn_once(KEY_FILES["sealing"]).split()

    def lasting_key(self) -> str:
        """The key of what must hold after a restore: marks of erasures, identities of anonymous answers.

        Made once, kept in the folder and in each backup.
        """
        return self._drawn_once("lasting-key")

    def _drawn_once(self, name: str) -> str:
        kept = self.folder / name
        if not kept.exists():
            self.prepare()
            drawn = self.folder / f".{name}-{secrets.token_hex(4)}"
            drawn.touch(mode=0o600)
            drawn.write_text(keyring.drawn())
            with contextlib.suppress(FileExistsError):  # another process drew it meanwhile: hers holds
                kept.hardlink_to(drawn)
            drawn.unlink()
        return kept.read_text()

    @property
    def demo(self) -> dict[str, Any]:
        """What ``visavis demo`` wrote: ``today`` (ISO) and ``sign_ins`` (``email``, ``password``, ``who``).

        Empty outside the demo.
        """
        mark = self.folder / "demo.json"
        return dict(json.loads(mark.read_text())) if mark.exists() else {}

    @property
    def today(self) -> dt.date | None:
        """The day at which the demo stands still; none elsewhere."""
        day = self.demo.get("today")
        return dt.date.fromisoformat(day) if day else None


@cache
def options() -> Options:
    """The options of this process, read once."""
    return Options()


@cache
def instance() -> Instance:
    """The instance of this process."""
    return Instance(options().data)
