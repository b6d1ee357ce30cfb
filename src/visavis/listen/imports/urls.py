"""Addresses of the imports."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import path

from visavis.listen.imports import views, wizard

app_name = "imports"
urlpatterns = [
    path("admin/imports/", login_required(views.imports), name="list"),
    path("admin/imports/nouveau/", login_required(wizard.new), name="new"),
    path("admin/imports/<int:pk>/", login_required(views.run), name="run"),
    path("admin/imports/<int:pk>/colonnes/", login_required(wizard.columns), name="columns"),
    path("admin/imports/<int:pk>/lecture/", login_required(wizard.reading), name="reading"),
    path("admin/imports/<int:pk>/modele/", login_required(wizard.mapping), name="mapping"),
    path("admin/imports/<int:pk>/verification/", login_required(wizard.check), name="check"),
    path("admin/imports/<int:pk>/lancer/", login_required(views.start), name="start"),
    path("admin/imports/<int:pk>/arreter/", login_required(views.cancel), name="cancel"),
    path("admin/imports/<int:pk>/reprendre/", login_required(views.resume), name="resume"),
    path("admin/imports/<int:pk>/rejets.csv", login_required(views.rejects), name="rejects"),
]
