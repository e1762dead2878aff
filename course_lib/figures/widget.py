"""What a notebook is given of a widget: the widget, and a still picture where none can run."""

from __future__ import annotations

from typing import Any, Protocol

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Still(Protocol):
    """A picture in HTML; its repr says the same in words."""

    def _repr_html_(self) -> str: ...


def bundle(widget: Any, still: Still) -> dict[str, Any]:
    """The MIME bundle of an ipywidgets widget, with `still` for printed and exported notebooks.

    The view is written out, because ipywidgets 7 (Colab's) and 8 build their own differently.
    """
    return {
        WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id},
        "text/html": still._repr_html_(),
        "text/plain": repr(still),
    }
