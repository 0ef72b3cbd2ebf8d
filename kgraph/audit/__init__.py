"""Auditing reports: what in them does not agree, or needs a look. ``run.audit`` runs the checks over a graph."""
