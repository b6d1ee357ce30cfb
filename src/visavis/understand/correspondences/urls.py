"""Addresses of the correspondences."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.correspondences import views

app_name = "correspondences"
urlpatterns = [
    path("comprendre/correspondances/", views.correspondences, name="list"),
    re_path(r"^comprendre/correspondances/export\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("comprendre/correspondances/lien/<str:left>/<str:right>/", views.decide, name="decide"),
    path("comprendre/correspondances/question/<str:theme>/", views.question, name="question"),
    path("comprendre/correspondances/questions/<int:pk>/regler/", views.settle, name="settle"),
]
