"""Addresses of the documents on data, of the settings, of the models, of people's requests."""

from __future__ import annotations

from django.urls import path

from visavis.share.law import request_views, views

app_name = "law"
_ROOT = "admin/donnees/"
_ONE = f"{_ROOT}demandes/<int:pk>/"
urlpatterns = [
    path(_ROOT, views.home, name="home"),
    path(f"{_ROOT}dossier.zip", views.pack, name="pack"),
    path(f"{_ROOT}entreprise/", views.company_facts, name="facts"),
    path(f"{_ROOT}documents/<slug:code>/", views.document, name="document"),
    path(f"{_ROOT}documents/<slug:code>.pdf", views.document_pdf, name="document_pdf"),
    path(f"{_ROOT}durees/", views.keeping, name="keeping"),
    path(f"{_ROOT}durees/<slug:purpose>/", views.change_days, name="days"),
    path(f"{_ROOT}changements/<int:pk>/signer/", views.sign, name="sign"),
    path(f"{_ROOT}changements/<int:pk>/refuser/", views.refuse, name="refuse"),
    path(f"{_ROOT}reglages/", views.settings_log, name="settings"),
    path(f"{_ROOT}ia/", views.models, name="models"),
    path(f"{_ROOT}ia/<slug:code>/", views.switch, name="switch"),
    path(f"{_ROOT}demandes/", request_views.requests, name="requests"),
    path(f"{_ROOT}demandes/nouvelle/", request_views.new, name="new_request"),
    path(f"{_ROOT}retours/<int:pk>/effacer/", request_views.erase_return, name="erase_return"),
    path(_ONE, request_views.one, name="request"),
    path(f"{_ONE}donnees.<slug:form>", request_views.file, name="file"),
    path(f"{_ONE}rectifier/", request_views.rectify, name="rectify"),
    path(f"{_ONE}effacer/", request_views.erase, name="erase"),
    path(f"{_ONE}repondre/", request_views.close, name="close"),
]
