"""Addresses of the returns to treat."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.act.inbox import views

app_name = "inbox"
urlpatterns = [
    path("agir/dossiers/", views.cases, name="cases"),
    path("agir/dossiers/classement/", views.order, name="order"),
    path("agir/dossiers/<int:pk>/", views.case, name="case"),
    re_path(
        r"^agir/dossiers/(?P<pk>[0-9]{1,18})/(?P<name>step|handover|close|contest)/$",
        views.gesture,
        name="gesture",
    ),
]
