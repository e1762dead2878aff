"""Clean the HTML that student notebooks bring into feedback and formgrader pages.

Those pages are opened in the browser of an instructor, on the origin of a Jupyter server: a script
in them would run with the instructor's rights.
"""

from __future__ import annotations

from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TAGS = nh3.ALLOWED_TAGS | {
    "details", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "img", "mark",
    "section", "span", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip

ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir", "style", "role", "aria-label", "aria-hidden"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}

STYLES = {
    "background", "background-color", "border", "border-left", "color", "font-style",
    "font-weight", "margin", "margin-left", "max-width", "padding", "text-align", "width",
}  # fmt: skip


def clean_html(element: str | bytes) -> str:
    """Keep text, tables, links and embedded images; drop scripts, forms, frames and loads.

    An image must carry its data: one that is loaded from elsewhere would tell its server who opened
    the page, and when.
    """
    html = element.decode("utf-8", "replace") if isinstance(element, bytes) else str(element)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filter,
        filter_style_properties=STYLES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
    )


@pass_context
def clean_markdown(context: Any, source: str) -> str:
    """Turn Markdown into clean HTML: nbgrader's pages show text cells and comments as they are.

    `context` is the template's, whose cell may have images attached.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments)
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if value.startswith("data:image/") and "svg" not in value[:30] else None
    if attribute == "href":
        return None if value.lower().lstrip().startswith("data:") else value
    if attribute == "style":
        return None if "url(" in value.lower() else value
    return value
