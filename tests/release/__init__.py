"""Releases: what is given out, what is on record, and what has arrived."""
