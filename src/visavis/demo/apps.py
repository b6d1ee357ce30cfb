"""Registration."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "visavis.demo"
    label = "demo"
    verbose_name = _("Demonstration")

    def ready(self) -> None:
        """In the demo, say so on every page, with the roles one may take."""
        if settings.DEMO:
            from visavis.web.slots import Slot, fill

            fill(Slot.BANNER, "demo/banner.html")
