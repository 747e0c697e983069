"""How far a person's text is from the draft that it was made of, in the numbers that the field uses.

`edit_ratio` counts characters (0 to 1), `ter` words and their moves (per cent, may exceed 100), `chrf` what
is shared (per cent, 100 is the same). The draft is always the first argument, the person's text the second.
"""

from .characters import chrf, edit_ratio
from .moves import ter

__all__ = ["chrf", "edit_ratio", "ter"]
