"""What holds for all tests: in CI nothing is skipped, long soaks run only when they are asked for, and what has to be
on the machine is a fixture: a test that needs a browser takes `chromium`, one that needs Java takes `java`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# No test looks at a clock: a busy machine would make it lie.
settings.register_profile("ficshelf", deadline=None)
settings.load_profile("ficshelf")

IN_CI = os.environ.get("CI") == "true"
SOAK_MARK = "slow"


def _program(names: tuple[str, ...], package: str) -> str:
    """The path of the first of these programs that is there; the test is skipped by name where none is."""
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.skip(f"{package} is not installed; to run this test:  sudo apt-get install {package}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome, to show pages in."""
    return _program(("chromium", "chromium-browser", "google-chrome"), "chromium")


@pytest.fixture(scope="session")
def java() -> str:
    """The path of a `java` that is part of a JDK: it runs epubcheck from a source file."""
    return _program(("javac",), "default-jdk-headless").removesuffix("c")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soaks out, unless `-m` says which marks to run."""
    if config.option.markexpr:
        return
    soaks = [item for item in items if item.get_closest_marker(SOAK_MARK)]
    if soaks:
        config.hook.pytest_deselected(items=soaks)
        items[:] = [item for item in items if item not in soaks]


def _fail_if_skipped(report: Any) -> None:
    """Turn the report of a skip into that of a failure, in CI: nobody looks there for what did not run."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"With CI=true a skipped test is a failure. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    _fail_if_skipped(report)
    return report
