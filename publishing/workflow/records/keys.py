"""The keys that records are signed with: Ed25519 (RFC 8032), as PEM files (PKCS #8 and SubjectPublicKeyInfo)."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..errors import Refused

LARGEST = 10_000  # bytes of a key's file


class NoKey(Refused):
    message = _(
        "There is no key to sign with: make one by manage.py make_record_key FILE, and set REVIEW_RECORD_KEY to it."
    )


class UnusableKey(Refused):
    message = _(
        "%(path)s is no Ed25519 key of this kind (%(reason)s): give the file that make_record_key made."
    )


class KeyThere(Refused):
    message = _("%(path)s is there already: a key is never overwritten. Give another name.")


class KeyNotWritten(Refused):
    message = _("%(path)s cannot be written: %(reason)s.")


def make_key(path: Path) -> Path:
    """Writes a new private key for its owner's eyes alone, and beside it the public one; returns the latter's path.

    Raises KeyThere where either file exists, KeyNotWritten.
    """
    key, public = Ed25519PrivateKey.generate(), path.with_name(f"{path.name}.pub")
    for each in (path, public):
        if each.exists():
            raise KeyThere(path=str(each))
    _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    _write(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    return public


def _write(path: Path, data: bytes, mode: int) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
    except FileExistsError:
        raise KeyThere(path=str(path)) from None
    except OSError as error:
        raise KeyNotWritten(path=str(path), reason=error.strerror) from None


def signing_key() -> Ed25519PrivateKey:
    """The key of REVIEW_RECORD_KEY. Raises NoKey, UnusableKey."""
    if not settings.REVIEW_RECORD_KEY:
        raise NoKey
    path = Path(settings.REVIEW_RECORD_KEY)
    try:
        found = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableKey(path=str(path), reason=type(error).__name__) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise UnusableKey(path=str(path), reason=type(found).__name__)
    return found


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key of a file. Raises UnusableKey."""
    try:
        found = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKey(path=str(path), reason=type(error).__name__) from None
    if not isinstance(found, Ed25519PublicKey):
        raise UnusableKey(path=str(path), reason=type(found).__name__)
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise UnusableKey(path=str(path), reason=error.strerror) from None
