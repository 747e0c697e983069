"""Dragoman: one Django app, cut into floors. Imports point downwards only (see CONTRIBUTING.md)."""
