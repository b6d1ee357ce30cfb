"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "visavis.act.inbox"
    label = "act_inbox"
    verbose_name = _("Returns to treat")
    default_auto_field = "django.db.models.BigAutoField"
