"""Addresses of the demo. They exist only where the demo stands."""

from __future__ import annotations

from django.urls import path

from visavis.demo import views

app_name = "demo"
urlpatterns = [
    path("devenir/", views.become, name="become"),
    path("visite/", views.visit, name="visit"),
]
