"""What web servers have to know of an exported site: headers, redirects, what is gone, and which language `/` leads to.

Three dialects: `_headers` and `_redirects` for hosts of static sites, `.htaccess` for Apache, two files to be
included for nginx. Only addresses that `naming.is_sound` took, and headers of our own settings, stand in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publishing.languages import CODES

from .naming import GONE, NOT_FOUND

FOR_GOOD = "public, max-age=31536000, immutable"
"""Cache-Control of what never changes under its name."""
FORMS = {"br": ".br", "gzip": ".gz"}
"""Codings in which pages lie beside themselves, the shorter first, and the endings of their names."""
_FORM = r"(?:\.br|\.gz)?"


@dataclass(slots=True)
class Rules:
    """What the files do not say by themselves.

    `types` are of pages whose name does not tell their type; `types_beside` of files that every article has
    beside its page, by name: one rule for all of them. `for_good` are the folders of files that are named after
    their content; hosts that would add the one rule to the other keep these like pages.
    """

    headers: Mapping[str, str]
    moved: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    types_beside: dict[str, str] = field(default_factory=dict)
    for_good: list[str] = field(default_factory=list)

    def gone_pages(self) -> dict[str, str]:
        return {path: f"{path}{GONE}" for path in self.gone}


def configuration(rules: Rules) -> dict[str, bytes]:
    """The files, by name."""
    texts = {
        "_headers": _hosts_headers(rules),
        "_redirects": _hosts_redirects(rules),
        ".htaccess": _apache(rules),
        ".nginx/http.conf": _nginx_http(rules),
        ".nginx/server.conf": _nginx_server(rules),
    }
    for path in rules.gone:
        texts[f"{path.strip('/')}/.htaccess"] = iter([f"ErrorDocument 410 {path}{GONE}"])
    for code in CODES:
        texts[f"{code}/.htaccess"] = iter([f"ErrorDocument 404 /{code}/{NOT_FOUND}"])
    return {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in texts.items()}


def _hosts_headers(rules: Rules) -> Iterator[str]:
    yield "/*"
    yield from (f"  {name}: {value}" for name, value in rules.headers.items())
    for code in CODES:
        yield from (f"/{code}/*", f"  Content-Language: {code}")
    for path, kind in rules.types.items():
        yield from (path, f"  Content-Type: {kind}")
    for name, kind in rules.types_beside.items():
        yield from (f"/:language/:slug/{name}", f"  Content-Type: {kind}")


def _hosts_redirects(rules: Rules) -> Iterator[str]:
    yield from (f"{old} {new} 301" for old, new in rules.moved.items())
    yield from (f"{path} {page} 410" for path, page in rules.gone_pages().items())
    yield from (f"/ /{code}/ 302! Language={code}" for code in CODES)


def _apache(rules: Rules) -> Iterator[str]:
    yield "DirectoryIndex index.html"
    yield "Options -Indexes"
    yield "AddDefaultCharset utf-8"
    yield f"ErrorDocument 404 /{NOT_FOUND}"
    yield "FileETag MTime Size"
    yield "<IfModule mod_mime.c>"
    yield "RemoveType .gz .br"
    yield from (f"AddEncoding {coding} {ending}" for coding, ending in FORMS.items())
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    yield from (f'Header always set {name} "{_quoted(value)}"' for name, value in rules.headers.items())
    for code in CODES:
        yield f'Header always set Content-Language {code} "expr=%{{REQUEST_URI}} =~ m#^/{code}/#"'
    for folder in rules.for_good:
        yield f'Header always set Cache-Control "{FOR_GOOD}" "expr={_sent_from(folder)}"'
    yield "</IfModule>"
    for path, kind in rules.types.items():
        yield f'<If "%{{REQUEST_URI}} =~ m#^{_literal(path)}{_FORM}$#">'
        yield f'ForceType "{_quoted(kind)}"'
        yield "</If>"
    for name, kind in rules.types_beside.items():
        yield f'<FilesMatch "^{_literal(name)}{_FORM}$">'
        yield from (f'ForceType "{_quoted(kind)}"', "</FilesMatch>")
    yield "<IfModule mod_rewrite.c>"
    yield "RewriteEngine on"
    yield r"RewriteRule (?:^|/)\. - [R=404,L]"
    yield from (f"RewriteRule ^{_literal(old[1:])}$ {new} [R=301,L]" for old, new in rules.moved.items())
    yield from (f"RewriteRule ^{_literal(path[1:])}$ - [G]" for path in rules.gone)
    for code in CODES:
        yield rf"RewriteCond %{{HTTP:Accept-Language}} {_first_is(code)} [NC]"
        yield f"RewriteRule ^$ /{code}/ [R=302,L,E=CHOSEN:1]"
    yield f"RewriteRule ^$ /{CODES[0]}/ [R=302,L,E=CHOSEN:1]"
    yield from _apache_forms()
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    yield "Header merge Vary Accept-Encoding"
    yield "Header always merge Vary Accept-Language env=CHOSEN"
    yield "Header always merge Vary Accept-Language env=REDIRECT_CHOSEN"
    yield "</IfModule>"


def _apache_forms() -> Iterator[str]:
    """A page's compressed form, where it lies beside it and the browser takes it."""
    for coding, ending in FORMS.items():
        for index, address in (("index.html", "(?:.*/)?"), ("", ".*[^/]")):
            yield rf"RewriteCond %{{HTTP:Accept-Encoding}} \b{coding}\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))"
            yield f"RewriteCond %{{REQUEST_FILENAME}}{index}{ending} -f"
            yield f"RewriteRule ^({address})$ $1{index}{ending} [L]"


def _nginx_http(rules: Rules) -> Iterator[str]:
    yield "# include in http { }"
    yield "map_hash_bucket_size 512;"
    yield "map_hash_max_size 65536;"
    yield from _map("$http_accept_language", "home", {f"~*{_first_is(code)}": f"/{code}/" for code in CODES},
                    default=f"/{CODES[0]}/")  # fmt: skip
    yield from _map("$uri", "language", {f"~^/{code}/": code for code in CODES}, default="")
    yield from _map(
        "$uri",
        "not_found",
        {f"~^/{code}/": f"/{code}/{NOT_FOUND}" for code in CODES},
        default=f"/{NOT_FOUND}",
    )
    yield from _map("$uri", "moved", rules.moved, default="")


def _map(of: str, name: str, entries: Mapping[str, str], *, default: str) -> Iterator[str]:
    yield f"map {of} $dragoman_{name} {{"
    yield f'    default "{default}";'
    yield from (f'    "{key}" "{value}";' for key, value in entries.items())
    yield "}"


def _nginx_server(rules: Rules) -> Iterator[str]:
    """A language's address is a prefix of its own, which keeps its pages from the patterns of everything else.

    Vary is said by a line of ours: to say it, gzip_vary would open the compressed file for readers who want the other.
    """
    headers = [f'add_header {name} "{_quoted(value)}" always;' for name, value in rules.headers.items()]
    vary = "add_header Vary Accept-Encoding always;"
    sending = ["gzip_static on;", "gzip_vary off;", *headers, vary]
    yield "# include in server { }, beside: root /the/exported/folder;"
    yield "charset utf-8;"
    yield "error_page 404 $dragoman_not_found;"
    choosing = [*headers, "add_header Vary Accept-Language always;", "return 302 $dragoman_home;"]
    yield from _place("= /", choosing)
    for code in CODES:
        in_the_language = [*sending, f"add_header Content-Language {code} always;"]
        yield from _place(f"^~ /{code}/", list(_nginx_places(rules, f"/{code}/", in_the_language)))
    yield from _nginx_places(rules, "/", sending)
    yield from _place(
        "@elsewhere",
        [
            "if ($dragoman_moved) { return 301 $dragoman_moved; }",
            f"if (-f $document_root${{uri}}{GONE}) {{ return 410; }}",
            "if (-f $document_root$uri/index.html) { rewrite ^(.+)$ $1/ redirect; }",
            "return 404;",
            f"error_page 410 ${{uri}}{GONE};",
            "error_page 404 $dragoman_not_found;",
            *sending,
            "add_header Content-Language $dragoman_language always;",
        ],
    )


def _nginx_places(rules: Rules, prefix: str, sending: Sequence[str]) -> Iterator[str]:
    """Pages first, which most readers ask for: nginx tries patterns in their order and takes the first."""
    yield from _place("~ /$", ["try_files ${uri}index.html @elsewhere;", *sending])
    yield from _place(r"~ /\.", ["return 404;"])
    names = "|".join(map(_literal, (GONE, NOT_FOUND)))
    yield from _place(f"~ /(?:{names})$", ["internal;", *sending])
    of_type = {f"= {path}": kind for path, kind in rules.types.items() if _is_right_below(prefix, path)}
    if prefix != "/":
        of_type |= {f"~ /{_literal(name)}$": kind for name, kind in rules.types_beside.items()}
    kept = [line for line in sending if "Cache-Control" not in line]
    for folder in rules.for_good:
        if _is_right_below(prefix, folder):
            # Not “always”: what is not there may come.
            for_good = ["try_files $uri =404;", *kept, f'add_header Cache-Control "{FOR_GOOD}";']
            yield from _place(f"^~ {folder}", for_good)
    for place, kind in of_type.items():
        typed = ["types { }", f'default_type "{_quoted(kind)}";', "charset off;"]
        yield from _place(place, [*typed, "try_files $uri @elsewhere;", *sending])
    yield from _place(prefix, ["try_files $uri @elsewhere;", *sending])


def _is_right_below(prefix: str, path: str) -> bool:
    """Whether an address belongs in the block of this prefix: of a language, or of what is in none."""
    language = next((f"/{code}/" for code in CODES if path.startswith(f"/{code}/")), "/")
    return language == prefix


def _place(where: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"location {where} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


def _sent_from(folder: str) -> str:
    """Apache's words for: a file of the folder is there."""
    return f"%{{REQUEST_URI}} =~ m#^{folder}# && -f %{{REQUEST_FILENAME}}"


def _first_is(code: str) -> str:
    """A pattern for an Accept-Language in which this is the first of our languages; weights are left aside."""
    return rf"^(?:(?!\s*(?:{'|'.join(CODES)})\b)[^,]*,)*\s*{code}\b"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _literal(text: str) -> str:
    """A pattern for an address, of which only the stops mean something in one."""
    return text.replace(".", r"\.")
