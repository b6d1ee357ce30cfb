"""Addresses of the references."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import path

from visavis.share.settings import reference_views as views

app_name = "references"
urlpatterns = [
    path("admin/references/", login_required(views.moments), name="moments"),
    path("admin/references/themes/", login_required(views.themes), name="themes"),
    path("admin/references/listes/", login_required(views.lists), name="lists"),
    path("admin/references/editions/", login_required(views.editions), name="editions"),
    path("admin/references/modele/", login_required(views.start), name="start"),
]
