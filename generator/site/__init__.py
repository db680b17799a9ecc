"""What is published: `contents` is the table of contents, `press` makes pages, the others are families of pages.

May import everything but the faces.
"""
