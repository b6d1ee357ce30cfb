"""Registration."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "visavis.site"
    label = "site"
