"""Addresses of the house, in French like its screens."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("allauth.urls")),
    path("", include("visavis.web.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("visavis.demo.urls")))
