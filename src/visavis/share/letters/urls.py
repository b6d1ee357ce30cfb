"""Addresses of the e-mails: who is sent what, what a letter says, the outbox, the door to stop them."""

from __future__ import annotations

from django.urls import path

from visavis.share.letters import outbox_views, views

app_name = "letters"
_ONE = "partager/envois/<int:pk>"
_LETTER = "partager/envois/lettres/<int:pk>"
urlpatterns = [
    path("partager/envois/", views.subscriptions, name="subscriptions"),
    path("partager/envois/nouveau/", views.new, name="new"),
    path(f"{_ONE}/", views.subscription, name="subscription"),
    path(f"{_ONE}/apercu/", views.preview, name="preview"),
    path(f"{_ONE}/apercu/courriel/", views.preview_page, name="preview_page"),
    path(f"{_ONE}/pause/", views.pause, name="pause"),
    path(f"{_ONE}/reprendre/", views.resume, name="resume"),
    path(f"{_ONE}/terminer/", views.end, name="end"),
    path(f"{_ONE}/ne-plus-recevoir/", views.stop_own, name="stop_own"),
    path(f"{_ONE}/recevoir/", views.take_up, name="take_up"),
    path(f"{_LETTER}/", views.letter, name="letter"),
    path(f"{_LETTER}/courriel/", views.letter_page, name="letter_page"),
    path("admin/envois/", outbox_views.outbox, name="outbox"),
    path("admin/envois/laisser-partir/", outbox_views.let_go, name="let_go"),
    path("admin/envois/<int:pk>/reessayer/", outbox_views.retry, name="retry"),
    path("ne-plus-recevoir/<str:signed>/", outbox_views.stop, name="stop"),
]
