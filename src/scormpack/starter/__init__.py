"""A library to begin with, and things to add to one: files for an author to write over.

What they say lies here as files: `library/` is what `scormpack init` makes, `new/` what `scormpack new` makes.
"""
