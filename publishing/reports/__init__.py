"""Reads across nouns: what waits, how far things are, what holds a release up, what happened."""
