"""Addresses of the alerts."""

from __future__ import annotations

from django.urls import path

from visavis.share.alerts import views

app_name = "alerts"
urlpatterns = [
    path("comprendre/alertes/", views.alerts, name="list"),
    path("comprendre/alertes/surveiller/", views.watch, name="watch"),
    path("comprendre/alertes/surveiller/<int:pk>/arreter/", views.unwatch, name="unwatch"),
    path("comprendre/alertes/<int:pk>/", views.one, name="one"),
    path("comprendre/alertes/<int:pk>/vue/", views.see, name="see"),
    path("comprendre/alertes/<int:pk>/expliquer/", views.explain, name="explain"),
]
