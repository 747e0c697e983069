"""The error of every exchange format: one clear sentence, and the line it is about."""


class CatalogError(ValueError):
    """An exchange file that cannot be read, or content that it cannot carry.

    `message` is one sentence without the line; `line` counts from 1 and is None where no line is meant
    (a file too large, a unit that cannot be written).
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.message = message
        self.line = line


def excerpt(text: str, limit: int = 40) -> str:
    """A short quotation for an error message, on one line and in printable characters whatever comes in."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return ascii(shown) if not shown.isprintable() else f"‘{shown}’"
