"""Addresses of the monthly report and of the daily file."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.share.restitution import views

app_name = "restitution"
urlpatterns = [
    path("comprendre/rapports/", views.report, name="report"),
    re_path(r"^comprendre/rapports/(?P<month>[0-9]{4}-[0-9]{2})/$", views.report, name="month"),
    re_path(
        r"^comprendre/rapports/export\.(?P<form>csv|pdf|xlsx)$", views.report_export, name="report_export"
    ),
    path("comprendre/rapports/figer/", views.freeze, name="freeze"),
    path("ecouter/fichier-du-jour/", views.day, name="day"),
    re_path(r"^ecouter/fichier-du-jour/export\.(?P<form>csv|xlsx)$", views.day_export, name="day_export"),
]
