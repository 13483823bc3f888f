"""`ficshelf serve`: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import signal
import socket
import urllib.request
from pathlib import Path

import pytest
import typer
from servers import serving
from typer.testing import CliRunner

from ficshelf.cli import serve
from ficshelf.errors import FicshelfError

app = typer.Typer()
serve.register(app)


def refused(*arguments: str) -> str:
    """What is said instead of serving."""
    result = CliRunner().invoke(app, list(arguments))
    assert isinstance(result.exception, FicshelfError), result.output
    return str(result.exception)


def test_a_busy_port_is_told_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        said = refused("--library", str(tmp_path / "new"), "--port", str(port))
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said
    assert not (tmp_path / "new").exists()  # nothing was made on the way


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org"])
def test_other_machines_are_let_in_only_when_that_is_said(tmp_path: Path, host: str) -> None:
    said = refused("--library", str(tmp_path), "--host", host)
    assert host in said
    assert "--public" in said


def test_public_alone_means_every_address_of_this_machine(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("0.0.0.0", 0))
        busy.listen()
        port = busy.getsockname()[1]
        said = refused("--library", str(tmp_path), "--port", str(port), "--public")
    assert f"http://{socket.gethostname()}:{port}" in said


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_addresses_of_this_machine_alone(host: str) -> None:
    assert serve.is_own(host)


def test_an_address_of_another_machine_is_told() -> None:
    assert "192.0.2.7" in refused("--host", "192.0.2.7", "--public")


@pytest.mark.parametrize(
    ("host", "port", "shown"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("::1", 80, "http://[::1]:80"),
        ("0.0.0.0", 81, f"http://{socket.gethostname()}:81"),
    ],
)
def test_the_address_is_one_to_open(host: str, port: int, shown: str) -> None:
    assert serve.address(host, port) == shown


def test_an_empty_library_is_served_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with serving(tmp_path / "library") as (address, server):
        page = urllib.request.urlopen(address, timeout=5)
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert b"ficshelf add" in page.read()
        server.send_signal(signal.SIGINT)
        assert server.wait(15) == 0
        assert "Traceback" not in server.stdout.read()


def test_a_library_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    assert "not a library" in refused("--library", str(tmp_path), "--port", "59321")
