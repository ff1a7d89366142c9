"""Launches of content that speaks with a record store: units of cmi5, and Tin Can."""
