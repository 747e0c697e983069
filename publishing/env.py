"""Typed readers of the environment: the one place where a setting's text becomes a value.

Each reader takes the variable's name and a default, and fails loudly with the name of the variable,
what it holds and what would be right, because a site that starts with a misread setting fails later
and elsewhere.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class BadSetting(ValueError):
    """A variable that cannot be read; the message names it and says what it should hold."""


def text(name: str, default: str = "") -> str:
    """The variable's text without edge blanks, or the default where it is absent or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise BadSetting(f"{name} is {raw!r}: give true or false")


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = text(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise BadSetting(f"{name} is {raw!r}: give a whole number") from None


def address(name: str) -> str:
    """An https address, or plain http on this machine; empty where there is none. It may hold what is secret."""
    raw = text(name)
    if not raw:
        return ""
    try:
        parts = urlsplit(raw)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or not raw.isprintable() or " " in raw or parts.scheme not in {"http", "https"}:
        raise BadSetting(f"{name} is no address: give one that begins with https://")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise BadSetting(
            f"{name} is plain http to another machine: give an address that begins with https://"
        )
    return raw


def listing(name: str, default: str = "") -> list[str]:
    """Words separated by commas or blanks, in order."""
    return [word for word in text(name, default).replace(",", " ").split() if word]


def figures(name: str) -> dict[str, int]:
    """Whole numbers by name, `deepl=500000,google=0`."""
    found: dict[str, int] = {}
    for pair in listing(name):
        key, sign, value = pair.partition("=")
        if not (key and sign and value.isascii() and value.isdigit()):
            raise BadSetting(
                f"{name} has {pair!r}: give names with whole numbers, such as deepl=500000,google=0"
            )
        found[key] = int(value)
    return found


def secret(name: str, kept_in: Path) -> str:
    """The variable, the content of the file that NAME_FILE names, or a key made once and kept in a file.

    The file is readable by its owner alone. Two processes that start together agree on one key: it is
    complete before it gets its name, and the name is taken only once.
    """
    if value := text(name):
        return value
    if path := text(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if not kept_in.exists():
        _keep(kept_in, secrets.token_urlsafe(50))
    return kept_in.read_text(encoding="utf-8").strip()


def _keep(path: Path, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(value, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first, and its key holds
    finally:
        draft.unlink()
