"""manage.py demo: the sample article set up and served, site and worker together, until Ctrl-C."""

import os
import signal
import subprocess
import sys
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.demo import cast, staging
from publishing.models import Document, Edition, Translation
from publishing.models.translation import State
from publishing.worker import loop

from ._command import HouseCommand

ADDRESS = "127.0.0.1:8000"


class Command(HouseCommand):
    help = (
        "Sets the sample up, then serves site and worker on 127.0.0.1:8000 until Ctrl-C. Safe to run twice."
    )
    requires_system_checks: list[str] = []  # what they would remark on is about to be set up

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="set up, do the jobs, and end")
        parser.add_argument(
            "--engines",
            nargs="*",
            default=[],
            metavar="ENGINE",
            help="ask these engines instead of the shipped memory",
        )
        parser.add_argument("--address", default=ADDRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_interface")
        call_command("migrate", verbosity=0)
        document = staging.stage(options["engines"], loop.drain)
        loop.drain()
        for line in welcome(document, options["address"]):
            self.stdout.write(line)
        if not options["no_serve"]:
            serve(options["address"])


def welcome(document: Document, address: str) -> list[str]:
    """Three logins, five addresses, and what to try."""
    site = f"http://{address}"
    slugs = dict(Edition.objects.filter(document=document).values_list("language", "slug"))
    turkish = f"{site}/tr/{slugs['tr']}/" if slugs.get("tr") else f"{site}/tr/"
    people = [
        _("  %(login)-6s  %(name)s, %(role)s")
        % {"login": role.username, "name": f"{role.first_name} {role.last_name}", "role": what}
        for role, what in zip(
            cast.CAST,
            (_("translator, Turkish and English"), _("translator, Russian"), _("editor")),
            strict=True,
        )
    ]
    return [
        "",
        _("Logins (password: %(password)s)") % {"password": cast.PASSWORD},
        *people,
        "",
        _("Addresses"),
        _("  %(address)s  the article in English") % {"address": f"{site}/en/{slugs['en']}/"},
        _("  %(address)s  the same in Turkish") % {"address": turkish},
        _("  %(address)s  the Russian front page: empty until you release") % {"address": f"{site}/ru/"},
        _("  %(address)s  the newsroom: log in here") % {"address": f"{site}/admin/"},
        _("  %(address)s  the Russian queue") % {"address": f"{site}/admin/queue/ru/"},
        "",
        *what_to_try(document),
        "",
    ]


def what_to_try(document: Document) -> list[str]:
    """The way to the Russian release; or, where an engine left segments without a draft, what becomes of them."""
    bare = Translation.objects.of_document(document.pk, "ru").filter(state=State.MISSING).count()
    if bare:
        return [
            ngettext(
                "%(number)d Russian segment has no draft yet: the engine gave none.",
                "%(number)d Russian segments have no draft yet: the engine gave none.",
                bare,
            )
            % {"number": bare},
            _("The worker asks again; run the demo once more to go on, or translate in the newsroom."),
        ]
    return [
        _(
            "Try: log in as boris and review what waits in Russian (one segment is returned, one is held by a finding);"
        ),
        _("then log in as carol, approve what boris wrote himself, and release the Russian edition."),
    ]


def serve(address: str) -> None:
    """Runs site and worker as two processes of this Python; ends both when told to, or when one ends."""
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    processes = [
        subprocess.Popen([*manage, "runserver", "--noreload", address], env=environment),  # noqa: S603 -- ourselves
        subprocess.Popen([*manage, "worker"], env=environment),  # noqa: S603 -- ourselves
    ]

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        os.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
