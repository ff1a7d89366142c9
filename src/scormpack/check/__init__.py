"""Rules: what content, packages and sessions have to be, and what is said of each rule.

`content/` is about what authors write, `package/` about packages of any maker, `session/` about what a course says to
its platform. `rule.py` is how all of them are written, `catalogue.py` lists every code.
"""
