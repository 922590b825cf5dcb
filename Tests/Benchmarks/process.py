"""Runs one whole process and says what it took."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One run of one contender: wall clock, processor time, peak memory; `None` = not told."""

    seconds: float
    cpu_seconds: float | None
    peak_mebibytes: float | None


class RunFailed(Exception):
    """A contender ended with another status than 0."""


def wait_for_group(leader: int) -> None:
    """Waits for what a command leaves behind: Spark SQL's Java ends after its Python, and would take
    its last seconds from the next contender. A minute is enough, and a machine may keep its dead."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            os.killpg(leader, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)


def measure(
    argv: list[str], environment: dict[str, str], log: Path, logs_output: bool, is_counted: bool,
) -> Sample:
    """Runs a command to its end, its errors and, where wanted, its output going to a log file.

    `environment` is added to the driver's own.

    The kernel counts the peak memory from the fork on, so that no process can be seen to take less
    than this driver, which is some 20 MiB.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as errors:
        start = time.perf_counter()
        child = subprocess.Popen(
            argv, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
            stdout=errors if logs_output else subprocess.DEVNULL, stderr=errors,
            start_new_session=True)
        try:
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            wait_for_group(child.pid)
        except BaseException:
            # In a session of its own it hears of no key that is pressed here.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
            raise
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        raise RunFailed(f"{Path(argv[0]).name} ended with {child.returncode}: " + " / ".join(tail))
    if not is_counted:
        return Sample(seconds, None, None)
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
