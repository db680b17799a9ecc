"""What the forms ask of a document: RSS 2.0, Atom (RFC 4287), archives (RFC 5005), JSON Feed 1.1. Each fault in words."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"

TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9/._-]+")
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} 00:00:00 \+0800"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+08:00")

ELEMENTS = set(
    "a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split()
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
VOID = {"br", "hr"}


def absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in (address or "")


class _Markup(HTMLParser):
    """Collects what a reader's program would stumble over in a text."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.faults.append(f"element {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.faults.append(f"attribute {name} of {tag}")
            if name == "href":
                self.links.append(value or "")
                if not absolute(value):
                    self.faults.append(f"relative link {value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(f"unbalanced {tag}")


def html_faults(text: str) -> list[str]:
    """The faults of a full text."""
    markup = _Markup()
    markup.feed(text)
    markup.close()
    return [*markup.faults, *(f"unclosed {tag}" for tag in markup.open)]


def html_links(text: str) -> list[str]:
    """The links of a full text."""
    markup = _Markup()
    markup.feed(text)
    return markup.links


def _alone(parent: Xml.Element, *names: str) -> Iterator[str]:
    for name in names:
        if len(parent.findall(name)) != 1:
            yield f"{len(parent.findall(name))} times {name}"
        elif not (parent.findtext(name) or "").strip() and name.removeprefix(ATOM) != "author":
            yield f"empty {name}"


def _identified(ids: list[str | None]) -> Iterator[str]:
    yield from (f"no tag: {found}" for found in ids if not TAG.fullmatch(found or ""))
    yield from (f"twice {found}" for found, number in Counter(ids).items() if number > 1)


def _dated(days: list[date], *, as_of: date) -> Iterator[str]:
    yield from (f"dated after the build: {day}" for day in days if day > as_of)
    if days != sorted(days, reverse=True):
        yield "not newest first"


def rss_faults(content: bytes, *, address: str, as_of: date) -> list[str]:
    """The faults of an RSS 2.0 document (rssboard.org/rss-specification)."""
    root = Xml.fromstring(content)
    return [*_rss(root, address, as_of)]


def _rss(root: Xml.Element, address: str, as_of: date) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        yield "not an RSS 2.0 document"
        return
    channel = root[0]
    yield from _alone(channel, "title", "link", "description", "language", "lastBuildDate")
    plain = set("title link description language copyright lastBuildDate pubDate item".split())
    yield from (
        f"unknown {child.tag}" for child in channel if "{" not in child.tag and child.tag not in plain
    )
    own = [(link.get("rel"), link.get("href"), link.get("type")) for link in channel.findall(f"{ATOM}link")]
    if own != [("self", address, "application/rss+xml")]:
        yield f"self {own}"
    if not absolute(channel.findtext("link")):
        yield "relative link of the channel"
    items = channel.findall("item")
    days = []
    for item in items:
        yield from _alone(item, "title", "link", "description", "guid", "pubDate", CONTENT)
        known = set("title link description guid pubDate category".split()) | {CONTENT}
        yield from (f"unknown {child.tag}" for child in item if child.tag not in known)
        if [guid.get("isPermaLink") for guid in item.findall("guid")] != ["false"]:
            yield "a guid that is taken for a link"
        if not absolute(item.findtext("link")):
            yield f"relative link {item.findtext('link')}"
        if "<" in (item.findtext("description") or ""):
            yield "markup in a description"
        yield from html_faults(item.findtext(CONTENT) or "")
        if RFC_822.fullmatch(item.findtext("pubDate") or ""):
            days.append(parsedate_to_datetime(item.findtext("pubDate") or "").date())
        else:
            yield f"no date {item.findtext('pubDate')}"
        if not item.findall("category"):
            yield "no category"
    yield from _identified([item.findtext("guid") for item in items])
    yield from _dated(days, as_of=as_of)
    built = channel.findtext("lastBuildDate") or ""
    if not RFC_822.fullmatch(built):
        yield f"no date {built}"
    elif days and parsedate_to_datetime(built).date() != days[0]:
        yield "built on another day than that of the newest"


def atom_faults(content: bytes, *, address: str, as_of: date) -> list[str]:
    """The faults of an Atom document (RFC 4287), an archive or not (RFC 5005, section 4)."""
    root = Xml.fromstring(content)
    return [*_atom(root, address, as_of)]


def relations(root: Xml.Element) -> dict[str, str]:
    """The links of an Atom document itself by their relation."""
    return {link.get("rel", "alternate"): link.get("href", "") for link in root.findall(f"{ATOM}link")}


def _atom(root: Xml.Element, address: str, as_of: date) -> Iterator[str]:
    if root.tag != f"{ATOM}feed":
        yield "not an Atom document"
        return
    yield from _alone(root, *(ATOM + name for name in ("id", "title", "updated", "subtitle", "author")))
    if not (root.findtext(f"{ATOM}author/{ATOM}name") or "").strip():
        yield "an author without a name"
    if not root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "no language"
    yield from _identified([root.findtext(f"{ATOM}id")])
    rels = Counter(link.get("rel", "alternate") for link in root.findall(f"{ATOM}link"))
    links = relations(root)
    yield from (f"relative link {there}" for there in links.values() if not absolute(there))
    yield from (f"{number} times link {rel}" for rel, number in rels.items() if number > 1)
    if links.get("self") != address or "alternate" not in links:
        yield f"self or alternate {links}"
    archive = root.find(ARCHIVE) is not None
    if archive != ("current" in links):
        yield "an archive without its current feed"
    if not archive and "next-archive" in links:
        yield "a subscription document has nothing newer"
    entries = root.findall(f"{ATOM}entry")
    days, stamps = [], [root.findtext(f"{ATOM}updated") or ""]
    for entry in entries:
        names = ("id", "title", "updated", "published", "summary", "content", "link")
        yield from _alone(entry, *(ATOM + name for name in names if name != "link"))
        known = {ATOM + name for name in (*names, "category")}
        yield from (f"unknown {child.tag}" for child in entry if child.tag not in known)
        if [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")] != ["alternate"]:
            yield "not one alternate link"
        if not absolute(entry.find(f"{ATOM}link").get("href")):  # type: ignore[union-attr]
            yield "relative link of an entry"
        if entry.find(f"{ATOM}content").get("type") != "html":  # type: ignore[union-attr]
            yield "content of another type than html"
        yield from html_faults(entry.findtext(f"{ATOM}content") or "")
        if "<" in (entry.findtext(f"{ATOM}summary") or ""):
            yield "markup in a summary"
        published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
        stamps += [published or "", updated or ""]
        if (updated or "") < (published or ""):
            yield "updated before it was published"
        days.append(datetime.fromisoformat(published or "").date())
        if not [found for found in entry.findall(f"{ATOM}category") if found.get("term")]:
            yield "no category"
    yield from (f"no date {stamp}" for stamp in stamps if not RFC_3339.fullmatch(stamp))
    yield from _identified([entry.findtext(f"{ATOM}id") for entry in entries])
    yield from _dated(days, as_of=as_of)
    if entries and stamps[0] != max(stamps[1:]):
        yield "updated on another day than the newest entry"


def json_faults(content: bytes, *, address: str, as_of: date) -> list[str]:
    """The faults of a JSON Feed (jsonfeed.org/version/1.1)."""
    return [*_json(json.loads(content), address, as_of)]


def _json(feed: dict[str, Any], address: str, as_of: date) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "not a JSON Feed 1.1"
    if feed.get("feed_url") != address or not absolute(feed.get("home_page_url")):
        yield "addresses of the feed"
    for name in ("title", "description", "language"):
        if not isinstance(feed.get(name), str) or not feed[name]:
            yield f"no {name}"
    if [author.keys() for author in feed["authors"]] != [{"name", "url"}]:
        yield "no author"
    known = set("id url title summary content_html date_published date_modified tags".split())
    days = []
    for item in feed["items"]:
        yield from (f"unknown {name}" for name in item.keys() - known)
        yield from (f"no {name}" for name in known - {"date_modified"} - item.keys())
        if not absolute(item.get("url")):
            yield "relative link of an item"
        yield from html_faults(item.get("content_html", ""))
        stamps = [item["date_published"], item.get("date_modified", item["date_published"])]
        yield from (f"no date {stamp}" for stamp in stamps if not RFC_3339.fullmatch(stamp))
        if stamps != sorted(stamps):
            yield "updated before it was published"
        if datetime.fromisoformat(stamps[1]).date() > as_of:
            yield "updated after the build"
        days.append(datetime.fromisoformat(stamps[0]).date())
        if not item.get("tags"):
            yield "no tag"
    yield from _identified([item.get("id") for item in feed["items"]])
    yield from _dated(days, as_of=as_of)
