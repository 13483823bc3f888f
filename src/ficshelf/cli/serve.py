"""`ficshelf serve`: the library in a browser."""

from __future__ import annotations

import errno
import os
import socket
from ipaddress import ip_address
from typing import Annotated

import typer

from ficshelf.cli.options import Library
from ficshelf.errors import FicshelfError

WORKERS = 2  # processes: one keeps answering while the other renders a long chapter
THREADS = 2  # in each
OWN, EVERY = "127.0.0.1", "0.0.0.0"  # what to listen on: this machine's own address, all of its addresses


class AddressError(FicshelfError):
    """An address that cannot be served on."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Show the library in a browser.\n\nExample: ficshelf serve --library ~/ficshelf")(serve)


def serve(
    library: Library = None,
    host: Annotated[
        str | None,
        typer.Option(help=f"The address to listen on: {OWN}, or with --public every address of this machine."),
    ] = None,
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Let other machines in. Everyone who can reach this one can then read every story, whatever its "
            "rating, and download the originals; nobody is asked who they are, and what is sent is not encrypted. It "
            "answers to its addresses and to this machine's own name; list other names in $FICSHELF_HOSTS.",
        ),
    ] = False,
) -> None:
    host = host or (EVERY if public else OWN)
    if not public and not is_own(host):
        raise AddressError(
            f"{host}: this address lets other machines in, and whoever reaches it can read the whole library. "
            "Say --public if that is what you want, or leave --host away."
        )
    check_free(host, port)

    import ficshelf.library

    folder = ficshelf.library.setup(library)

    from granian import Granian
    from granian.constants import Interfaces

    from ficshelf.web.owner import SERVED_AT_HOME

    # Each worker opens the library by itself; it only ever reads there.
    os.environ["FICSHELF_LIBRARY"] = str(folder)
    at_home = not public and not os.environ.get("FICSHELF_HOSTS")
    os.environ[SERVED_AT_HOME] = "here" if at_home else "elsewhere"
    server = Granian(
        "ficshelf.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        log_level="warning",
    )
    server.on_startup(lambda: print(f"Your library is at {address(host, port)}\nCtrl-C ends.", flush=True))
    server.serve()


def is_own(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_free(host: str, port: int) -> None:
    """Raise AddressError, saying what to do, unless one can listen there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise AddressError(f"{host}: this machine has no such address. Leave --host away.") from None
    family, kind, protocol, _, where = found[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(where)
        except PermissionError:
            raise AddressError(
                f"Port {port} may not be used by you. Try --port {port + 8000 if port < 1024 else 8001}."
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressError(
                    f"Port {port} is in use, perhaps by another ficshelf. Open {address(host, port)} to see, "
                    f"or choose another one: --port {port + 1 if port < 65535 else 8001}"
                ) from None
            raise AddressError(f"{host}: cannot listen there ({error.strerror}). Leave --host away.") from None


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
