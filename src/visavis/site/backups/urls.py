"""Addresses of the backups."""

from __future__ import annotations

from django.urls import path

from visavis.site.backups import views

app_name = "backups"
urlpatterns = [path("admin/donnees/sauvegardes/", views.page, name="page")]
