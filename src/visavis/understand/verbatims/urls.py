"""Addresses of the explorer and of one return."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.verbatims import gestures, original_views, saved_views, views

app_name = "verbatims"
urlpatterns = [
    path("ecouter/retours/", views.explore, name="list"),
    re_path(r"^ecouter/retours/export\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("ecouter/retours/lectures/", gestures.correct_many, name="correct_many"),
    path("ecouter/retours/lectures/retour/", gestures.take_back, name="take_back"),
    path("vues/", saved_views.saved_views, name="saved"),
    path("vues/<int:pk>/", saved_views.rename, name="rename"),
    path("vues/<int:pk>/supprimer/", saved_views.delete, name="delete"),
    path("ecouter/retours/<int:pk>/", views.one, name="one"),
    path("ecouter/retours/<int:pk>/mots/", original_views.original_words, name="originals"),
    path("ecouter/retours/textes/<int:pk>/lecture/", views.correct, name="correct"),
    path("ecouter/retours/textes/<int:pk>/moment/", gestures.correct_moment, name="correct_moment"),
    path("ecouter/retours/textes/<int:pk>/theme/", views.add_theme, name="add_theme"),
]
