"""Addresses of what waits for each person."""

from __future__ import annotations

from django.urls import path

from visavis.share.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("mes-retours/", views.own, name="own"),
    path("mon-ressenti/<int:pk>/", views.feel, name="feel"),
    path("equipe/", views.teams, name="teams"),
    path("equipe/<unit:code>/", views.team, name="team"),
]
