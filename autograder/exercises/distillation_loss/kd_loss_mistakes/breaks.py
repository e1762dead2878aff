"""Which properties of `kd_loss` a wrong value costs."""

from __future__ import annotations

AWAY_FROM_A_MATCH = frozenset({"value", "any shape", "shift", "stable", "gradient", "ruled out"})
EVERYWHERE = AWAY_FROM_A_MATCH | {"match"}
