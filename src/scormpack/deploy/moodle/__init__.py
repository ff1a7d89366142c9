"""Moodle, with our plugin `local_scormpack` in it."""
