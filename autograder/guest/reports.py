"""Reports on cells: how each ended, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping

from .channel import Channel
from .outputs import Outputs
from .wire import WireError


def send_changed(channel: Channel, outputs: Outputs, outcomes: Mapping[int, str]) -> None:
    """Report every cell whose outputs have changed since the last time."""
    for index, cell in outputs.take_changed().items():
        report = {"kind": "cell", "cell": index, "outcome": outcomes[index]}
        try:
            channel.send(report | {"outputs": cell.finished(), "cut": cell.cut})
        except WireError:  # each output could be sent, but all of them are too much
            channel.send(report | {"outputs": [], "cut": True})
