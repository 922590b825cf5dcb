"""What a reader needs to judge the numbers: machine, kernel, versions, day."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from contenders import SPARK


def facts(popstat: Path, root: Path) -> dict[str, str]:
    """Names and values in the order of the report. Nothing names the host or a path."""
    return {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory_bytes() / 2 ** 30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "popstat": first_line([str(popstat), "--version"]),
        "commit": first_line(["git", "-C", str(root), "describe", "--always", "--dirty"]),
        "Swift": first_line(["swift", "--version"]),
        "Python": platform.python_version(),
        **{name: metadata.version(name) for name in ("duckdb", "polars", "chdb")},
        "spark": first_line([
            str(SPARK / "python3"), "-c",
            "from importlib.metadata import version; print(version('pyspark'))"]),
        "Java": java(),
    }


def java() -> str:
    """Java tells its version among the errors."""
    try:
        done = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return (done.stderr.splitlines() or ["unknown"])[0]


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else "unknown"
