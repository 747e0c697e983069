"""From a source file to blocks, from blocks to sentences, and from released blocks to HTML.

Pure functions: no Django, no network, no files. `Block` and `Tag` are what every other room exchanges.
"""

from publishing.markup.blocks import KINDS, Block, Tag

__all__ = ["KINDS", "Block", "Tag"]
