"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "visavis.people.accounts"
    label = "people_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Log sign-ins; let allauth note that rescue codes were seen: its only pages that write when read."""
        from allauth.mfa.recovery_codes import views

        from visavis.people.accounts.watching import watch

        watch()
        for view in (views.view_recovery_codes, views.download_recovery_codes):
            view.writes_on_get = True
