"""Addresses of the house, in French like its screens."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "visavis.web.errors.bad_request"
handler403 = "visavis.web.errors.refused"
handler404 = "visavis.web.errors.not_found"
handler500 = "visavis.web.errors.broken"

#: Rooms with screens, each with its own addresses. Written as strings: they load when first needed.
SCREENS = [
    "visavis.web.urls",
    "visavis.listen.imports.urls",
    "visavis.listen.releases.urls",
    "visavis.understand.verbatims.urls",
    "visavis.understand.themes.urls",
    "visavis.understand.learning.urls",
    "visavis.understand.journeys.urls",
    "visavis.understand.symmetry.urls",
    "visavis.understand.pairs.urls",
    "visavis.understand.mirror.urls",
    "visavis.understand.correspondences.urls",
    "visavis.act.inbox.urls",
    "visavis.share.alerts.urls",
    "visavis.share.boards.urls",
    "visavis.share.restitution.urls",
    "visavis.share.letters.urls",
    "visavis.share.law.urls",
    "visavis.share.settings.urls",
    "visavis.share.settings.reference_urls",
    "visavis.site.backups.urls",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("allauth.account.urls")),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/entreprise/", include("visavis.people.accounts.urls")),
    *(path("", include(screens)) for screens in SCREENS),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("visavis.demo.urls")))
