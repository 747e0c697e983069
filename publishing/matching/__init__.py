"""Finding what belongs together: sentences of two versions of a text, sentences and memory.

Pure functions: no Django, no database.
"""
