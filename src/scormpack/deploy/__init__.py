"""Learning platforms that are loaded by machine: what was released is put there, and what is there is looked at.

Each platform has a file or a folder here, behind the door in `door.py`. It needs `scormpack[deploy]`.
"""
