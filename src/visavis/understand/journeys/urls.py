"""Addresses of the moments."""

from __future__ import annotations

from django.urls import path

from visavis.understand.journeys import views

app_name = "journeys"
urlpatterns = [
    path("comprendre/moments/", views.moments, name="moments"),
    path("comprendre/moments/nouveau/", views.edit, name="new"),
    path("comprendre/moments/versions/", views.versions, name="versions"),
    path("comprendre/moments/versions/<int:number>/", views.version, name="version"),
    path("comprendre/moments/propositions/", views.propose, name="propose"),
    path("comprendre/moments/propositions/<int:pk>/repondre/", views.answer, name="answer"),
    path("comprendre/moments/<str:code>/", views.moment, name="moment"),
    path("comprendre/moments/<str:code>/modifier/", views.edit, name="edit"),
    path("comprendre/moments/<str:code>/abandonner/", views.discard, name="discard"),
    path("comprendre/moments/<str:code>/revoir/", views.review, name="review"),
]
