"""Addresses of the references."""

from __future__ import annotations

from django.urls import path

from visavis.share.settings import reference_views as views

app_name = "references"
urlpatterns = [
    path("admin/references/", views.moments, name="moments"),
    path("admin/references/themes/", views.themes, name="themes"),
    path("admin/references/listes/", views.lists, name="lists"),
    path("admin/references/editions/", views.editions, name="editions"),
    path("admin/references/modele/", views.start, name="start"),
]
