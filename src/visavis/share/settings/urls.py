"""Addresses of the settings."""

from __future__ import annotations

from django.urls import path

from visavis.share.settings import account_views, person_views, session_views, views

app_name = "settings"
urlpatterns = [
    path("admin/demarrer/", views.start, name="start"),
    path("admin/organisation/", views.organisation, name="organisation"),
    path("admin/organisation/<unit:code>/", views.unit, name="unit"),
    path("admin/personnes/", person_views.people, name="people"),
    path("admin/personnes/<int:pk>/", person_views.person, name="person"),
    path("admin/personnes/<int:pk>/modifier/", person_views.edit, name="edit_person"),
    path("admin/personnes/<int:pk>/depart/", person_views.leave, name="note_departure"),
    path("admin/surete/", session_views.safety_page, name="safety"),
    path("admin/journal/", views.journal, name="journal"),
    path("admin/journal/export.csv", views.journal_export, name="journal_export"),
    path("compte/sessions/", session_views.sessions, name="sessions"),
    path("compte/sessions/fermer/", session_views.end, name="end_sessions"),
    path("admin/droits/<int:pk>/sessions/", session_views.end_of, name="end_sessions_of"),
    path("admin/droits/", account_views.accounts, name="accounts"),
    path("admin/droits/nouveau/", account_views.new, name="new_account"),
    path("admin/droits/matrice/", views.matrix, name="matrix"),
    path("admin/droits/<int:pk>/", account_views.account, name="account"),
    path("admin/droits/<int:pk>/role/", account_views.grant, name="grant"),
    path(
        "admin/droits/<int:pk>/role/<int:grant>/retirer/",
        account_views.withdraw,
        name="withdraw",
    ),
    path("admin/droits/<int:pk>/mot-de-passe/", account_views.renew, name="renew_password"),
    path("admin/droits/<int:pk>/deuxieme-etape/", account_views.remove_step, name="remove_step"),
    path("admin/droits/<int:pk>/fermer/", account_views.close, name="close_account"),
]
