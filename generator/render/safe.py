"""HTML made from the Markdown of records, reduced to what prose needs: the second lock behind the first.

The only importer of nh3. markdown-it already escapes raw HTML; whatever it or a later version of it lets through, what
leaves here holds these elements, these attributes and addresses of these schemes, and nothing else.
"""

import nh3

ELEMENTS = frozenset(
    "p br hr h2 h3 h4 h5 h6 blockquote ul ol li pre code em strong a table thead tbody tr th td div".split()
)
# `div` and `tabindex` are the frame that tables scroll in.
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"scope", "align"},
    "td": {"align"},
    "div": {"tabindex", "role", "aria-label"},
}
CLASSES = {"div": {"wide"}, "table": {"inset"}, "th": {"n"}, "td": {"n"}}
SCHEMES = frozenset({"http", "https", "mailto"})

_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(),
    attributes={element: set(names) for element, names in ATTRIBUTES.items()},
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    generic_attribute_prefixes=set(),
    link_rel=None,
    strip_comments=True,
)


def cleaned(html: str) -> str:
    """Return HTML with nothing in it that could act; the text stays."""
    return _CLEANER.clean(html)
