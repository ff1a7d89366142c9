"""What the pages, styles and scripts of a package do, whoever made it.

`markup.py`, `css.py`, `javascript.py`, `charset.py` and `address.py` read what browsers make of bytes, in one pass.
All of it takes time in proportion to the bytes, whatever they are.
"""
