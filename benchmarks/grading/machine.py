"""On what it was measured, in words."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks import processor
from benchmarks.grading.race import PROCESSORS


def words() -> str:
    """Processors, versions, the day, and how busy the machine was with other things."""
    releases = {name: version(name).partition("+")[0] for name in ("nbgrader", "torch")}
    packages = ", ".join(f"{name} {release}" for name, release in releases.items())
    load = os.getloadavg()[2]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} on {PROCESSORS} of {os.cpu_count()} processors "
        f"({processor.model()}), Python {platform.python_version()}, {packages}. "
        f"The machine's load over the last quarter of an hour was {load:.1f}: above {PROCESSORS}, "
        "others were at work on it too, and wall times are longer than on a machine of one's own."
    )
