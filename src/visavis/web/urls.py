"""Addresses of the furniture itself."""

from __future__ import annotations

from django.urls import path

from visavis.web import views
from visavis.web.catalogue import views as catalogue
from visavis.web.middleware import REPORT_PATH

app_name = "web"
urlpatterns = [
    path("aide/", views.help_page, name="help"),
    path("preferences/", views.keep_preferences, name="preferences"),
    path(REPORT_PATH.lstrip("/"), views.policy_report, name="policy_report"),
    path("admin/pieces/", catalogue.pieces, name="pieces"),
    path("admin/pieces/part/", catalogue.part, name="pieces_part"),
    path("admin/pieces/try/", catalogue.try_form, name="pieces_try"),
]
