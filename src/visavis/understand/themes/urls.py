"""Addresses of the taxonomy."""

from __future__ import annotations

from django.urls import path, re_path

from visavis.understand.themes import proposal_views, rereading_views, trial_views, version_views, views

app_name = "themes"
_HERE = "comprendre/themes/"
_ONE = f"{_HERE}theme/<str:code>/"
_VERSIONS = f"{_HERE}versions/"
_SECOND = f"{_HERE}relectures/<int:pk>/"
_PROPOSALS = f"{_HERE}propositions/"
urlpatterns = [
    path(_HERE, views.themes, name="list"),
    path(f"{_HERE}nouveau/", views.new, name="new"),
    path(_ONE, views.theme, name="theme"),
    path(f"{_ONE}effet/", views.effects, name="effect"),
    path(f"{_ONE}retirer/", views.retire, name="retire"),
    path(f"{_ONE}reprendre/", views.reinstate, name="reinstate"),
    path(f"{_ONE}fusionner/", views.merge, name="merge"),
    path(f"{_ONE}annuler/", views.discard, name="discard"),
    path(f"{_HERE}essai/", trial_views.trial, name="trial"),
    path(f"{_HERE}tests/", trial_views.tests, name="tests"),
    path(f"{_HERE}brouillon/", version_views.draft, name="draft"),
    path(f"{_HERE}brouillon/annuler/", version_views.discard, name="discard_all"),
    path(f"{_HERE}fichier/", version_views.bring_in, name="file"),
    re_path(rf"^{_HERE}export\.(?P<form>csv|json)$", version_views.export, name="export"),
    path(_VERSIONS, version_views.versions, name="versions"),
    path(f"{_VERSIONS}comparer/", version_views.compare, name="compare"),
    path(f"{_VERSIONS}<int:number>/reprendre/", version_views.bring_back, name="bring_back"),
    path(f"{_VERSIONS}<int:number>/relire/", rereading_views.start, name="reread"),
    path(_SECOND, rereading_views.one, name="rereading"),
    path(f"{_SECOND}adopter/", rereading_views.adopt, name="adopt"),
    path(f"{_SECOND}laisser/", rereading_views.leave, name="leave"),
    path(_PROPOSALS, proposal_views.proposals, name="proposals"),
    path(f"{_PROPOSALS}<int:pk>/", proposal_views.one, name="proposal"),
    path(f"{_PROPOSALS}<int:pk>/fusionner/", proposal_views.merge, name="merge_proposal"),
    path(f"{_PROPOSALS}<int:pk>/refuser/", proposal_views.refuse, name="refuse_proposal"),
]
