"""Addresses of the queue, of what the reading is worth, and of its models."""

from __future__ import annotations

from django.urls import path

from visavis.understand.learning import views

app_name = "learning"
_MODELS = "comprendre/lecture/<slug:kind>/<slug:voice>"
urlpatterns = [
    path("comprendre/aider-a-lire/", views.queue, name="queue"),
    path("comprendre/aider-a-lire/tirer/", views.more, name="more"),
    path("comprendre/aider-a-lire/<int:pk>/", views.answer, name="answer"),
    path("comprendre/lecture/", views.rates, name="rates"),
    path("comprendre/lecture/apprendre/", views.distil, name="distil"),
    path(f"{_MODELS}/<int:number>/", views.choose, name="choose"),
    path(f"{_MODELS}/historique/", views.reread, name="reread"),
]
