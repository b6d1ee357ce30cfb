"""Addresses of the barometer."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.listen.releases import views

app_name = "barometer"
urlpatterns = [
    path("ecouter/barometre/", views.waves, name="list"),
    path("ecouter/barometre/ouvrir/", views.gate, name="gate"),
    path("ecouter/barometre/publier/", views.publish, name="publish"),
    path("ecouter/barometre/regroupements/", views.groups, name="groups"),
    path("ecouter/barometre/<slug:code>/", views.wave, name="wave"),
    re_path(
        r"^ecouter/barometre/(?P<code>[-\w]+)/export\.(?P<form>csv|xlsx|json|pdf)$",
        views.export,
        name="export",
    ),
]
