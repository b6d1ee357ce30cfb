"""Addresses of the double attention."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.pairs import views

app_name = "pairs"
urlpatterns = [
    path("comprendre/double-attention/", views.double, name="double"),
    path("comprendre/double-attention/mes-echanges/", views.own, name="own"),
    re_path(r"^comprendre/double-attention/export\.(?P<form>csv|xlsx)$", views.double_export, name="export"),
]
