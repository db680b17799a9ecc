"""Badges as SVG that stands on its own: as an image on another host's page it may ask for nothing and run nothing.

May import `views.badges`. Colour and type are presentation attributes, for a style might be forbidden where it is
shown; the ground is its own, so that it reads the same on light and on dark pages.
"""

from functools import partial
from html import escape as escaped

from generator.views.badges import GAP, HEAD, LINE, PAD, SMALL, Badge

# In an element, quotation marks are what they are.
escape = partial(escaped, quote=False)

# The light tokens of the theme (theme/assets/register.css): ground and ink of each rung, inks of the marks, paper.
RUNGS = (("#e3edf5", "#1d4d75"), ("#a9cbe6", "#10344f"), ("#1d5a8a", "#ffffff"), ("#f0cf74", "#4a3300"))
INKS = {"valid": "#1c6b3f", "expiring": "#8a4b00"}
SHEET, INK, SOFT, PLAIN = "#ffffff", "#1c2429", "#55626b", "#f1f3f4"
# Seen on white as on black.
EDGE = "#8a949b"

_FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
_RING = '<circle cx="8" cy="8" r="5.6" fill="none" stroke="{0}" stroke-width="1.8"/>'
_STROKE = '<path d="{1}" fill="none" stroke="{0}" stroke-width="1.8"/>'
# The shapes of templates/parts.html, in a box of 16.
SHAPES = {
    "valid": '<circle cx="8" cy="8" r="6.5" fill="{0}"/>',
    "expiring": _RING + '<path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="{0}"/>',
    "expired": _RING,
    "revoked": _RING + _STROKE.replace("{1}", "M4 12 12 4"),
    "closed": _STROKE.replace("{1}", "M2 8h12"),
    "upcoming": _RING + '<circle cx="8" cy="8" r="2" fill="{0}"/>',
    "unlisted": '<circle cx="8" cy="8" r="3" fill="{0}"/>',
}
_BOX = 16


def svg(badge: Badge) -> bytes:
    """Return a badge as a file."""
    width, height, panel = badge.frame.width, badge.frame.height, badge.frame.panel
    ground, ink = _colours(badge)
    middle, left = panel / 2, panel + PAD
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="title text" xml:lang="zh-Hans" font-family="{_FONTS}">
<title id="title">{escape(badge.title)}</title>
<desc id="text">{escape(badge.text)}</desc>
<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="5.5" fill="{SHEET}"/>
<path d="M{panel} 0.5V{height - 0.5}H6A5.5 5.5 0 0 1 0.5 {height - 6}V6A5.5 5.5 0 0 1 6 0.5z" fill="{ground}"/>
<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="5.5" fill="none" stroke="{EDGE}"/>
<g text-anchor="middle" fill="{ink}">
{_head(badge, middle)}</g>
<g fill="{SOFT}" font-size="{SMALL}">
{_line(badge, left)}<text x="{left}" y="39">{escape(badge.source)}</text>
<text x="{left}" y="54">{escape(badge.day)}</text>
</g>
</svg>
""".encode()


def _colours(badge: Badge) -> tuple[str, str]:
    """Ground and ink of the panel: the tier's own where one is held, plain otherwise. Rungs above gold are gold."""
    return RUNGS[min(badge.step, len(RUNGS)) - 1] if badge.step else (PLAIN, INK)


def _head(badge: Badge, middle: float) -> str:
    word = f'<text x="{middle}" y="{{}}" font-size="{HEAD}" font-weight="700">{escape(badge.head)}</text>\n'
    if badge.step:
        return (
            word.format(31) + f'<text x="{middle}" y="49" font-size="{SMALL}">{escape(badge.below)}</text>\n'
        )
    shape = SHAPES[badge.mark.key].format(SOFT)
    return f'<g transform="translate({middle - _BOX / 2} 11)">{shape}</g>\n' + word.format(49)


def _line(badge: Badge, left: float) -> str:
    """What holds: with the mark before it where a tier is held; where none is, the panel has the mark."""
    text = f'<text x="{{}}" y="22" fill="{INK}" font-size="{LINE}">{escape(badge.line)}</text>\n'
    if not badge.step:
        return text.format(left)
    colour = INKS[badge.mark.key]
    shape = SHAPES[badge.mark.key].format(colour)
    word = left + LINE + GAP
    return (
        f'<g transform="translate({left} 11) scale({LINE / _BOX})">{shape}</g>\n'
        f'<text x="{word}" y="22" fill="{colour}" font-size="{LINE}" font-weight="600">{badge.mark.word}</text>\n'
        + text.format(word + LINE * len(badge.mark.word) + 2 * GAP)
    )
