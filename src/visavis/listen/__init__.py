"""Écouter: how a voice comes in."""
