"""A server on one core and a client on another: how many requests a second it answers, and how long each takes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.measure import FICSHELF, Figure, percentile

CLIENTS = 8  # connections at a time, each kept open
SECONDS = 8.0  # of one run
RUNS = 3
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


@contextmanager
def served(library: Path, core: int = 0) -> Iterator[int]:
    """The library, served by processes that share one core; gives the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [FICSHELF, "serve", "--library", str(library), "--port", str(port)]
    pinned = ["taskset", "--cpu-list", str(core), *command]
    process = subprocess.Popen(pinned, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("The server does not answer.")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def load(port: int, paths: Sequence[str], core: int = 1) -> tuple[list[float], list[float], list[float]]:
    """Ask for these paths in a random order for some seconds, from another process on another core: of each run the
    requests a second, the median and the 99th percentile of their times in milliseconds."""
    cores = sorted(os.sched_getaffinity(0))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        arguments = (port, list(paths), cores[min(core, len(cores) - 1)])
        pool.apply(_run, (*arguments, 2.0))  # warm
        runs = [pool.apply(_run, (*arguments, SECONDS)) for _ in range(RUNS)]
    rates = [len(times) / SECONDS for times in runs]
    return rates, [percentile(times, 0.5) for times in runs], [percentile(times, 0.99) for times in runs]


def figures(what: str, port: int, paths: Sequence[str], rate: float, p99: float | None = None) -> list[Figure]:
    """The figures of a page: requests a second at least, and the 99th percentile in milliseconds at most."""
    rates, medians, slowest = load(port, paths)
    note = f"{CLIENTS} clients, {len(paths):,} addresses"
    return [
        Figure(f"{what}: requests on one core", tuple(rates), "/s", at_least=rate, note=note),
        Figure(f"{what}: median", tuple(medians), "ms"),
        Figure(f"{what}: p99", tuple(slowest), "ms", at_most=p99),
    ]


def _run(port: int, paths: list[str], core: int, seconds: float) -> list[float]:
    os.sched_setaffinity(0, {core})
    return asyncio.run(_clients(port, paths, seconds))


async def _clients(port: int, paths: list[str], seconds: float) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_client(port, paths, end, random.Random(number), times) for number in range(CLIENTS)))
    return times


async def _client(port: int, paths: list[str], end: float, rng: random.Random, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ask = b"GET %b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept-Encoding: gzip\r\n\r\n"
    while (began := time.perf_counter()) < end:
        path = rng.choice(paths)
        writer.write(ask % (path.encode(), port))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"{path}: {head[:60]!r}")
        length = _LENGTH.search(head)
        if length:
            await reader.readexactly(int(length[1]))
        else:  # in chunks
            while size := int(await reader.readuntil(b"\r\n"), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        times.append((time.perf_counter() - began) * 1000)
    writer.close()
