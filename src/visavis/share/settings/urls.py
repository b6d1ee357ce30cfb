"""Addresses of the settings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import path

from visavis.share.settings import account_views, views

app_name = "settings"
urlpatterns = [
    path("admin/demarrer/", login_required(views.start), name="start"),
    path("admin/organisation/", login_required(views.organisation), name="organisation"),
    path("admin/organisation/<unit:code>/", login_required(views.unit), name="unit"),
    path("admin/journal/", login_required(views.journal), name="journal"),
    path("admin/journal/export.csv", login_required(views.journal_export), name="journal_export"),
    path("admin/droits/", login_required(account_views.accounts), name="accounts"),
    path("admin/droits/nouveau/", login_required(account_views.new), name="new_account"),
    path("admin/droits/matrice/", login_required(views.matrix), name="matrix"),
    path("admin/droits/<int:pk>/", login_required(account_views.account), name="account"),
    path("admin/droits/<int:pk>/role/", login_required(account_views.grant), name="grant"),
    path(
        "admin/droits/<int:pk>/role/<int:grant>/retirer/",
        login_required(account_views.withdraw),
        name="withdraw",
    ),
    path("admin/droits/<int:pk>/mot-de-passe/", login_required(account_views.renew), name="renew_password"),
    path("admin/droits/<int:pk>/fermer/", login_required(account_views.close), name="close_account"),
]
