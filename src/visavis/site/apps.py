"""Registration."""

from django.apps import AppConfig

from visavis.site.sqlite import read_days_once


class SiteConfig(AppConfig):
    name = "visavis.site"
    label = "site"

    def ready(self) -> None:
        """Read the days of the database the quick way."""
        read_days_once()
