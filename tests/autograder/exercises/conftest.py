"""Solutions are data: they are executed as text, never collected."""

import sys
from pathlib import Path

import pytest

collect_ignore = ["solutions"]
pytest.register_assert_rewrite("examined")
sys.path.insert(0, str(Path(__file__).resolve().parent))
