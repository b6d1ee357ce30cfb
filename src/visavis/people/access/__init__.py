"""Grants, the viewer, the policy, the journal."""
