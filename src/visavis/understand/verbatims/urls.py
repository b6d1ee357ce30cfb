"""Addresses of the explorer and of one return."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.verbatims import views

app_name = "verbatims"
urlpatterns = [
    path("ecouter/retours/", views.explore, name="list"),
    re_path(r"^ecouter/retours/export\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("ecouter/retours/<int:pk>/", views.one, name="one"),
    path("ecouter/retours/textes/<int:pk>/lecture/", views.correct, name="correct"),
    path("ecouter/retours/textes/<int:pk>/theme/", views.add_theme, name="add_theme"),
]
