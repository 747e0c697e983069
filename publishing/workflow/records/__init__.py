"""Records of review: a release, who wrote and approved each sentence of it, and the evidence, signed.

A record is verified without the database, by anybody who has the public key.
"""

from .building import build
from .checking import check
from .keys import make_key, public_key, signing_key
from .signing import read, signed

__all__ = ["build", "check", "make_key", "public_key", "read", "signed", "signing_key"]
