"""Work spread over processes, where a task that crashes, hangs or eats all memory costs itself alone.

`concurrent.futures` gives up as a whole when one of its processes dies; here the process is replaced and the rest goes
on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pkgutil
import queue
import resource
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from ficshelf.errors import LibraryError

AHEAD = 2  # tasks handed to a process before their turn, so that it never waits for the next
WINDOW = 256  # tasks whose results may wait for one before them
WAITING_BYTES = 256 << 20  # and how much these results may take


Work = Callable[[Any], bytes] | str


class Died(NamedTuple):
    """A task that ended its process, or had to be ended: why, in words."""

    reason: str


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: deque[int] = field(default_factory=deque)
    since: float = 0.0  # when it began with the first of its tasks


def run(
    work: Work,
    tasks: Iterable[Any],
    *,
    memory: int,
    seconds: Callable[[Any], float],
    processes: int | None = None,
) -> Iterator[tuple[Any, bytes | Died]]:
    """`work(task)` for each task, on all cores; the pairs (task, result) come in the order of the tasks.

    `work` is a function of a module and returns bytes; where it is given by its name (`package.module:function`), only
    the processes load that module. Tasks are pickled. A process may take `memory` bytes, a task `seconds(task)`. An
    exception in `work` ends the task as `Died` with its name and message.
    """
    crew = _Crew(work, iter(tasks), memory, seconds, processes or os.cpu_count() or 1)
    try:
        yield from crew.results()
    finally:
        crew.close()


class _Crew:
    """The processes, and the thread that keeps them fed while the caller is busy with results."""

    def __init__(
        self,
        work: Work,
        tasks: Iterator[Any],
        memory: int,
        seconds: Callable[[Any], float],
        processes: int,
    ) -> None:
        self._work, self._source, self._memory, self._seconds = work, tasks, memory, seconds
        self._context = multiprocessing.get_context("forkserver")
        module = work.partition(":")[0] if isinstance(work, str) else work.__module__
        self._context.set_forkserver_preload(["__main__", module])
        self._count = processes
        self._workers: list[_Worker] = []
        self._tasks: dict[int, Any] = {}
        self._again: deque[int] = deque()  # tasks whose process died before their turn
        self._next = 0
        self._exhausted = False
        self._taken = 0  # results that the caller has taken
        self._waiting = 0  # bytes in results not taken yet
        self._counting = threading.Lock()
        self._done: queue.Queue[tuple[int, Any] | BaseException | None] = queue.Queue()
        self._wake, self._woken = self._context.Pipe(duplex=False)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="pool", daemon=True)

    def results(self) -> Iterator[tuple[Any, bytes | Died]]:
        self._thread.start()
        ready: dict[int, Any] = {}
        while True:
            found = self._done.get()
            if found is None:
                return
            if isinstance(found, BaseException):
                raise found
            ready[found[0]] = found[1]
            while self._taken in ready:
                result = ready.pop(self._taken)
                task = self._tasks.pop(self._taken)
                self._taken += 1
                with self._counting:
                    self._waiting -= len(result)
                self._woken.send_bytes(b".")
                yield task, result

    def close(self) -> None:
        """End the thread and the processes. What they are at is lost; nothing of it was acknowledged."""
        self._closing = True
        if self._thread.is_alive():
            with contextlib.suppress(OSError):
                self._woken.send_bytes(b".")
            self._thread.join()
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def _run(self) -> None:
        try:
            while not self._closing:
                self._feed()
                busy = [worker for worker in self._workers if worker.tasks]
                if not busy and not self._again and self._exhausted:
                    break
                self._listen(busy)
        except BaseException as error:  # the caller's thread raises it
            self._done.put(error)
        else:
            self._done.put(None)

    def _feed(self) -> None:
        for depth in range(AHEAD):
            for place in range(self._count):
                if place < len(self._workers) and len(self._workers[place].tasks) > depth:
                    continue
                index = self._take()
                if index is None:
                    return
                if place == len(self._workers):
                    self._workers.append(self._hire())
                worker = self._workers[place]
                if not worker.tasks:
                    worker.since = time.monotonic()
                worker.tasks.append(index)
                with contextlib.suppress(OSError):  # it has died; `_listen` notices
                    worker.pipe.send(self._tasks[index])

    def _take(self) -> int | None:
        """The next task to hand out; None when there is none, or too many results are waiting."""
        if self._again:
            return self._again.popleft()
        if self._exhausted or self._next - self._taken >= WINDOW or self._waiting > WAITING_BYTES:
            return None
        try:
            task = next(self._source)
        except StopIteration:
            self._exhausted = True
            return None
        self._tasks[self._next] = task
        self._next += 1
        return self._next - 1

    def _listen(self, busy: list[_Worker]) -> None:
        """Wait for what happens next: a result, a death, a time limit, or a result that the caller took."""
        now = time.monotonic()
        patience = min((self._end(worker) - now for worker in busy), default=None)
        ready = wait([self._wake, *(worker.pipe for worker in busy)], None if patience is None else max(patience, 0))
        while self._wake in ready and self._wake.poll():
            self._wake.recv_bytes()
        for worker in busy:
            if worker.pipe in ready:
                try:
                    result = worker.pipe.recv_bytes()
                except (EOFError, OSError):
                    worker.process.join()
                    self._replace(worker, _why(worker.process.exitcode))
                    continue
                self._finish(worker, result[1:] if result[:1] == b"+" else Died(result[1:].decode()))
            elif time.monotonic() >= self._end(worker):
                worker.process.kill()
                worker.process.join()
                self._replace(worker, f"it took longer than {time.monotonic() - worker.since:.0f} seconds")

    def _end(self, worker: _Worker) -> float:
        """When the task that a process is at has had its time."""
        return worker.since + self._seconds(self._tasks[worker.tasks[0]])

    def _finish(self, worker: _Worker, result: bytes | Died) -> None:
        worker.since = time.monotonic()
        with self._counting:
            self._waiting += len(result)
        self._done.put((worker.tasks.popleft(), result))

    def _replace(self, worker: _Worker, reason: str) -> None:
        """Another process for one that is gone: its task has failed, those behind that one are handed out again."""
        self._finish(worker, Died(reason))
        self._again.extend(worker.tasks)
        worker.pipe.close()
        self._workers.remove(worker)

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(self._work, theirs, self._memory), name="ficshelf reader", daemon=True
        )
        process.start()
        theirs.close()
        try:
            ours.recv_bytes()  # it is ready: what ends it from now on is a task
        except EOFError:
            process.join()
            raise LibraryError(
                f"The processes that read files cannot start (exit code {process.exitcode}). Close other programs to "
                "free memory and try again."
            ) from None
        return _Worker(process, ours)


def _serve(work: Work, pipe: Connection, memory: int) -> None:
    """What a process does: one task after the other, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process
    call = pkgutil.resolve_name(work) if isinstance(work, str) else work
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    pipe.send_bytes(b"ready")
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = b"+" + call(task)
        except MemoryError:
            result = b"-" + f"it needs more than {memory >> 20} MB of memory".encode()
        except Exception as error:
            result = b"-" + f"{type(error).__name__}: {error}".encode("utf-8", "replace")
        try:
            pipe.send_bytes(result)
        except OSError:
            return


def _why(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        try:
            name = signal.Signals(-exitcode).name
        except ValueError:
            name = f"signal {-exitcode}"
        return f"reading it ended the reading process ({name})"
    return f"reading it ended the reading process (exit code {exitcode})"
