"""Addresses of the mirror studies."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.mirror import views

app_name = "mirror"
urlpatterns = [
    path("comprendre/miroir/", views.studies, name="list"),
    path("comprendre/miroir/nouvelle/", views.new, name="new"),
    path("comprendre/miroir/<slug:code>/", views.study, name="study"),
    re_path(
        r"^comprendre/miroir/(?P<code>[-\w]+)/export\.(?P<form>csv|xlsx|pdf)$", views.export, name="export"
    ),
]
