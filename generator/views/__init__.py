"""What each kind of page shows, as frozen, display-ready values: one module a family of pages.

May import what stands above (`registry`, `rules`, `urls`); knows no markup and reads no clock.
"""
