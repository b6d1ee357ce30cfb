"""Scheduled e-mails of the restitutions, from an outbox."""
