"""Addresses of symmetry."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.symmetry import views

app_name = "symmetry"
urlpatterns = [
    path("comprendre/symetrie/", views.symmetry, name="symmetry"),
    re_path(r"^comprendre/symetrie/equipes\.(?P<form>csv|xlsx)$", views.export, name="export"),
]
