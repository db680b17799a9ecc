"""The published data: stable shapes that others build on (contract, section 6). Version 1 only ever gains fields.

The only importer of msgspec but for the feeds. May import `rules`, `views` and `records`. Absent values are null, days
ISO 8601, cities and industries codes; a code that people do not know by heart has its name beside it.
"""
