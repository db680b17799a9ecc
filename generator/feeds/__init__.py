"""Feeds of typical cases and of list changes: RSS 2.0, Atom with yearly archives, JSON Feed.

`issue` is what a build publishes; `entries` gives each piece of news its identifier and text, once for all feeds;
`syndication` is the only importer of feedgen, `json_feed` writes JSON. May import `views`, `render` and `urls`. Days are
days of publication or of the change, in +0800; nothing in a feed tells when the site was built.
"""
