"""Addresses of the company's sign-in service; they answer once one is configured."""

from __future__ import annotations

from django.urls import path

from visavis.people.accounts import saml_views, views

app_name = "sign_on"
urlpatterns = [
    path("aller/", views.begin, name="begin"),
    path("retour/", views.back, name="back"),
    path("metadonnees/", saml_views.metadata, name="metadata"),
    path("assertion/", saml_views.assertion, name="assertion"),
    path("assertion/lue/", saml_views.asserted, name="asserted"),
]
