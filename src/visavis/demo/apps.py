"""Registration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "visavis.demo"
    label = "demo"
