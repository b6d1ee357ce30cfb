"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "visavis.people.access"
    label = "people_access"
    verbose_name = _("Access")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say the sentences of the gestures on grants and accounts."""
        from visavis.people.access.journal import labelled, tells
        from visavis.people.persons.models import ROLES

        tells("access.granted", _("granted the role %(role)s on %(unit)s"), role=labelled(ROLES))
        tells("access.withdrawn", _("withdrew the role %(role)s on %(unit)s"), role=labelled(ROLES))
        tells("accounts.opened", _("opened an account"))
        tells("accounts.password_renewed", _("drew a new password for an account"))
        tells("accounts.closed", _("closed an account"))
        tells("accounts.sessions_ended", _("ended sessions of an account (number: %(number)s)"))
        tells("accounts.keys_renewed", _("sealed second steps under the key in use (number: %(number)s)"))
        tells("accounts.second_step_removed.met", _("removed a second step, its owner being met in person"))
        tells("accounts.second_step_removed.called", _("removed a second step, its owner being called back"))
        tells(
            "accounts.second_step_removed.vouched",
            _("removed a second step, a manager vouching for its owner"),
        )
        tells("persons.edited", _("changed what is known of somebody (facts: %(number)s)"))
        tells("persons.left", _("noted a departure, last day %(day)s"))
        tells(
            "access.journal_purged",
            _("removed lines of the journal from before %(day)s (number: %(number)s)"),
        )
