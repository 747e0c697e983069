"""A record as a file: canonical JSON with an Ed25519 signature, read again only if each byte is as it was written."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from ..auditing import canonical
from ..errors import Refused

ALGORITHM = "Ed25519"


class NotTheRecord(Refused):
    message = _("This is no record as it was written: it was changed, cut, or never was one.")


class AnotherKey(Refused):
    message = _("The record was signed with another key than the one given.")


class ForgedRecord(Refused):
    message = _("The signature is not that of this record: it was changed after it was signed.")


def signed(record: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The file's bytes: one line, the record and the signature of its canonical JSON in UTF-8."""
    signature = {
        "algorithm": ALGORITHM,
        "key": _name(key.public_key()),
        "value": key.sign(canonical(record).encode()).hex(),
    }
    return canonical({"record": record, "signature": signature}).encode() + b"\n"


def read(data: bytes, key: Ed25519PublicKey) -> dict[str, Any]:
    """The record of a file that the holder of the key has signed. Raises NotTheRecord, AnotherKey, ForgedRecord.

    The bytes have to be the canonical ones, so that no blank can be added and no name given twice.
    """
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_none)
        whole = canonical(found).encode() + b"\n" == data
        record, signature = found["record"], found["signature"]
        value = bytes.fromhex(signature["value"])
        named, exact = signature["key"], set(found) == {"record", "signature"} and isinstance(record, dict)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotTheRecord from None
    if not whole or not exact or signature != {"algorithm": ALGORITHM, "key": named, "value": value.hex()}:
        raise NotTheRecord
    if named != _name(key):
        raise AnotherKey
    try:
        key.verify(value, canonical(record).encode())
    except InvalidSignature:
        raise ForgedRecord from None
    return dict(record)


def _name(key: Ed25519PublicKey) -> str:
    """The public key's 32 bytes in hexadecimal digits."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _none(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
