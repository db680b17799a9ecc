"""Every feed is what its form asks for, by a feed reader's library and by the rules of the forms themselves."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from msgspec.structs import replace

from generator.records import Withdrawal
from generator.views.news import ROWS, case_streams, change_streams
from generator.views.topics import case_topics, change_topics
from tests.books import AS_OF_DAY as PRESENT
from tests.books import book
from tests.feeds import rules_of_forms as rules
from tests.feeds.shelf import BASE, ONE_DAY, issued, with_cases

FAULTS: dict[str, Callable[..., list[str]]] = {
    "xml": rules.rss_faults,
    "atom": rules.atom_faults,
    "json": rules.json_faults,
}


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return issued(book())


def test_every_topic_has_its_feeds(documents: dict[str, bytes]) -> None:
    found = book()
    keys = [topic.key for topics in (case_topics(found), change_topics(found)) for topic in topics]
    wanted = {f"feeds/{key}.{form}" for key in keys for form in ("xml", "atom")}
    wanted |= {"feeds/cases.json", "feeds/changes.json"}
    archives = {
        address for address in documents if re.fullmatch(r"feeds/(cases|changes)-\d{4}\.atom", address)
    }
    assert archives >= {"feeds/cases-2025.atom", "feeds/cases-2026.atom", "feeds/changes-2026.atom"}
    assert documents.keys() == wanted | archives
    assert len(wanted) > 150


@pytest.mark.parametrize("name", ["registry", "tests/registries/qingdao-2024"])
def test_every_document_keeps_the_rules_of_its_form(name: str) -> None:
    found = issued(book(name=name))
    faults = {
        address: FAULTS[address.rpartition(".")[2]](content, address=BASE + address, as_of=PRESENT)
        for address, content in found.items()
    }
    assert {address: list(dict.fromkeys(told)) for address, told in faults.items() if told} == {}


def test_a_feed_readers_library_finds_nothing_to_mend(documents: dict[str, bytes]) -> None:
    for address, content in documents.items():
        if address.endswith(".json"):
            continue
        feed: Any = feedparser.parse(content)
        assert not feed.bozo, address
        assert feed.version == ("rss20" if address.endswith(".xml") else "atom10"), address
        assert feed.feed.title.startswith("黑龙江省智能工厂梯度培育名录："), address
        assert feed.feed.language == "zh-CN", address
        for entry in feed.entries:
            assert entry.id.startswith("tag:registry.example,2026:c"), address
            assert entry.link.startswith(BASE), address
            assert entry.published_parsed[:3] <= (2026, 11, 24), address
            assert entry.tags, address
            assert entry.content[0].value.startswith("<p>"), address
            assert "<" not in entry.summary, address


def test_the_forms_of_a_topic_tell_the_same(documents: dict[str, bytes]) -> None:
    for address, content in documents.items():
        if address.endswith(".xml"):
            rss: Any = feedparser.parse(content)
            atom: Any = feedparser.parse(documents[address.replace(".xml", ".atom")])
            for part in ("id", "title", "link", "summary", "published_parsed"):
                assert [entry[part] for entry in rss.entries] == [entry[part] for entry in atom.entries]
            assert [entry.content[0].value for entry in rss.entries] == [
                entry.content[0].value for entry in atom.entries
            ]


def test_identifiers_and_dates_of_the_feed_of_cases_are_what_subscribers_have(
    documents: dict[str, bytes],
) -> None:
    found = book()
    feed: Any = feedparser.parse(documents["feeds/cases.xml"])
    cases = [case for case in found.cases if not found.withdrawn(case)][:50]
    assert feed.feed.title == "黑龙江省智能工厂梯度培育名录：典型案例"
    assert feed.feed.link == "https://registry.example/cases/"
    assert feed.feed.publisher == "黑龙江省智能工厂梯度培育名录"
    assert [entry.id for entry in feed.entries] == [
        f"tag:registry.example,2026:cases/{case.id}" for case in cases
    ]
    assert [entry.link for entry in feed.entries] == [f"{BASE}cases/{case.id}/" for case in cases]
    text = documents["feeds/cases.xml"].decode()
    assert text.count("<item>") == len(cases)
    for case in cases:
        assert f"<pubDate>{case.published:%a, %d %b %Y} 00:00:00 +0800</pubDate>" in text


def test_identifiers_never_change(documents: dict[str, bytes]) -> None:
    """Another address of the site, another day, another title: what is told keeps its name."""
    other = issued(book(PRESENT + 400 * ONE_DAY), base="https://other.example/sub/")
    for address in ("feeds/cases.atom", "feeds/changes-city-230100.atom"):
        old, new = Xml.fromstring(documents[address]), Xml.fromstring(other[address])
        assert old.findtext(f"{rules.ATOM}id") == new.findtext(f"{rules.ATOM}id")
    assert b"tag:registry.example,2026:feeds/cases<" in documents["feeds/cases.atom"]
    assert b"tag:registry.example,2026:changes/2026-11-13/listed<" in documents["feeds/changes.xml"]
    assert (
        b"tag:registry.example,2026:changes/2026-11-13/listed/230100<"
        in documents["feeds/changes-city-230100.xml"]
    )


def test_without_a_tagging_entity_the_host_tags() -> None:
    found = issued(book(name="tests/registries/qingdao-2024"), base="https://qd.example/x/")
    assert b"<id>tag:qd.example,2025:feeds/changes</id>" in found["feeds/changes.atom"]
    assert b'<guid isPermaLink="false">tag:qd.example,2025:changes/' in found["feeds/changes.xml"]


def test_a_feed_without_entries_is_a_feed() -> None:
    found = issued(book(name="tests/registries/qingdao-2024"))
    for form in ("xml", "atom"):
        feed: Any = feedparser.parse(found[f"feeds/cases.{form}"])
        assert not feed.bozo
        assert feed.entries == []
    assert b'"items": []' in found["feeds/cases.json"]


def test_nothing_in_a_feed_tells_the_day_of_the_build() -> None:
    """On a day without news every document is as the day before."""
    quiet = PRESENT + ONE_DAY
    assert not [case for case in book().registry.cases.values() if case.published == quiet]
    assert issued(book(quiet)) == issued(book(PRESENT))


def test_a_corrected_case_keeps_its_identifier_and_date_in_feeds_of_xml() -> None:
    present = book()
    case = next(case for case in present.cases if not present.withdrawn(case))
    changed = replace(
        case, title="更正后的题目", summary="更正后的摘要。", body="更正后的正文。", updated=PRESENT
    )
    before, after = issued(present), issued(with_cases(present, changed))
    for form in ("xml", "atom"):
        old, new = (feedparser.parse(found[f"feeds/cases.{form}"]) for found in (before, after))
        assert [entry.id for entry in old.entries] == [entry.id for entry in new.entries]
        assert [entry.published for entry in old.entries] == [entry.published for entry in new.entries]
        assert new.entries[0].title == "更正后的题目"
        assert "更正后的正文。" in new.entries[0].content[0].value
        assert "2026年11月24日更新" in new.entries[0].content[0].value
        if form == "atom":
            assert new.entries[0].updated == new.entries[0].published
            assert new.feed.updated == old.feed.updated
    assert b'"date_modified": "2026-11-24T00:00:00+08:00"' in after["feeds/cases.json"]
    later = issued(with_cases(present, replace(changed, updated=PRESENT + ONE_DAY)))
    for address, content in later.items():
        assert b"2026-11-25T" not in content, address
        assert "2026年11月25日" not in content.decode(), address


def test_links_and_tables_of_a_body_suit_any_reader() -> None:
    present = book()
    case = next(case for case in present.cases if not present.withdrawn(case))
    body = (
        '# 一\n\n见[前一篇](../2025-0001/ "说明")、[规则](/rules/?a=1&b=2#x)和[文件](https://example.org/a?b=1&c=2)。\n\n'
        '|项|数|\n|:-|-:|\n|甲|1|\n\n```yaml\na: <b>\n```\n\n3. 三\n\n<a href="x">不是链接</a>'
    )
    documents = issued(with_cases(present, replace(case, body=body)), base="https://host.example/sub/")
    feed: Any = feedparser.parse(documents["feeds/cases.atom"], sanitize_html=False)
    text = feed.entries[0].content[0].value
    assert rules.html_faults(text) == []
    assert '<a href="https://host.example/sub/cases/2025-0001/" title="说明">前一篇</a>' in text
    assert '<a href="https://host.example/rules/?a=1&amp;b=2#x">' in text
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in text
    assert '<td align="right">1</td>' in text
    assert "<pre><code>a: &lt;b&gt;\n</code></pre>" in text
    assert '&lt;a href="x"&gt;不是链接' in text


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://example.org/x.png)",
        "<div>\n\n# x\n</div>",
        "a ]]> <![CDATA[ &amp; b",
    ],
)
def test_what_a_record_says_is_never_markup(body: str) -> None:
    hostile = "</title><script>alert(1)</script>]]>\" onmouseover='x' &amp;"
    present = book()
    case = next(case for case in present.cases if not present.withdrawn(case))
    documents = issued(
        with_cases(present, replace(case, title=hostile, summary=hostile, body=body, source=None))
    )
    items = Xml.fromstring(documents["feeds/cases.xml"]).findall("channel/item")
    assert items[0].findtext("title") == hostile
    assert (items[0].findtext("description") or "").startswith(hostile)
    assert rules.html_faults(items[0].findtext(rules.CONTENT) or "") == []
    entry = Xml.fromstring(documents["feeds/cases.atom"]).findall(f"{rules.ATOM}entry")[0]
    assert rules.html_faults(entry.findtext(f"{rules.ATOM}content") or "") == []


def test_a_case_is_told_whole(documents: dict[str, bytes]) -> None:
    found = book()
    unit = found.registry.units["2309-0004"]
    feed: Any = feedparser.parse(documents["feeds/cases.xml"])
    entry = next(entry for entry in feed.entries if entry.id.endswith("cases/2026-0025"))
    text = entry.content[0].value
    assert [tag.term for tag in entry.tags] == [
        "先进过程控制",
        "污染在线管控",
        "先进级",
        "七台河市",
        "煤炭开采和洗选业",
    ]
    for part in (
        found.registry.cases["2026-0025"].summary,
        "<li>絮凝剂用量：58 → 43 克/吨入料</li>",
        "<h2>建设内容</h2>",
        f'<a href="{BASE}factories/2309-0004/">{unit.name}</a>',
        f"<li>企业：{unit.enterprise}</li>",
        f'<a href="{BASE}cities/230900/">七台河市</a>',
    ):
        assert part in text
    sourced = with_cases(
        found, replace(found.registry.cases["2026-0025"], source="https://example.org/?a=1&b=2")
    )
    told: Any = feedparser.parse(issued(sourced)["feeds/cases.xml"])
    assert '<a href="https://example.org/?a=1&amp;b=2">原文</a>' in told.entries[0].content[0].value


def test_what_the_feeds_link_to_is_there(site: Path, documents: dict[str, bytes]) -> None:
    """Pages and places on pages, of every entry of every feed of the built site."""
    there: set[str] = set()
    for address, content in documents.items():
        assert (site / address).read_bytes() == content, address
        if not address.endswith(".json"):
            feed: Any = feedparser.parse(content)
            there.update(link.href for link in feed.feed.links)
            for entry in feed.entries:
                there.add(entry.link)
                there.update(rules.html_links(entry.content[0].value))
    assert len(there) > 400
    for link in there:
        parts = urlsplit(link)
        assert link.startswith(BASE), link
        path = site / parts.path.lstrip("/")
        file = path / "index.html" if path.is_dir() else path
        assert file.is_file(), link
        if parts.fragment:
            assert f'id="{parts.fragment}"' in file.read_text(encoding="utf-8"), link


def test_long_batches_are_cut_and_lead_to_the_month() -> None:
    found = book()
    for stream in change_streams(found):
        for news in stream.news:
            rows = [row for ground in news.story.grounds for row in ground.rows]  # type: ignore[union-attr]
            assert 0 < len(rows) <= ROWS
    assert {news.day for stream in case_streams(found) for news in stream.news} <= {
        case.published for case in found.cases
    }


BROKEN = [
    ("xml", b'<guid isPermaLink="false">', b"<guid>", "a guid that is taken for a link"),
    ("xml", b" +0800</pubDate>", b"</pubDate>", "no date"),
    ("xml", b"<language>zh-CN</language>", b"", "0 times language"),
    ("xml", b'href="https://registry.example/feeds/cases.xml"', b'href="cases.xml"', "self"),
    ("xml", b'a href="https://registry.example', b'a href="', "relative link"),
    ("xml", b"&lt;/li&gt;", b"", "unbalanced"),
    ("xml", b"&lt;hr&gt;", b'&lt;hr class="x"&gt;', "attribute class"),
    ("xml", b"cases/2026-0024</guid>", b"cases/2026-0025</guid>", "twice"),
    (
        "xml",
        b"Fri, 20 Nov 2026 00:00:00 +0800</pubDate>",
        b"Wed, 25 Nov 2026 00:00:00 +0800</pubDate>",
        "dated after",
    ),
    ("atom", b'rel="self"', b'rel="via"', "self or alternate"),
    ("atom", b"<name>", b"<email>x</email><name>", "an author"),
    ("atom", b'type="html"', b'type="text"', "content of another type"),
    ("atom", b"<updated>2026-11-20T", b"<updated>2026-11-19T", "updated before"),
    ("atom", b"+08:00</published>", b"</published>", "no date"),
    ("json", b'"feed_url"', b'"url"', "addresses of the feed"),
    ("json", b'"date_published": "2026-11-20T00:00:00+08:00"', b'"date_published": "2026-11-20"', "no date"),
]


@pytest.mark.parametrize(("form", "old", "new", "fault"), BROKEN)
def test_the_rules_find_what_is_broken(
    documents: dict[str, bytes], form: str, old: bytes, new: bytes, fault: str
) -> None:
    address = f"feeds/cases.{form}"
    content = documents[address]
    assert old in content
    if fault == "an author":
        content = re.sub(rb"<name>[^<]*</name>", b"<name/>", content)
    told = FAULTS[form](content.replace(old, new), address=BASE + address, as_of=PRESENT)
    assert any(found.startswith(fault) for found in told), told


def test_a_withdrawn_case_leaves_every_feed_on_its_day() -> None:
    present = book()
    case = next(case for case in present.cases if not present.withdrawn(case))
    gone = with_cases(present, replace(case, withdrawn=Withdrawal(date=PRESENT)))
    name = f":cases/{case.id}".encode()
    before = issued(with_cases(gone, as_of=PRESENT - ONE_DAY))
    assert sum(name in content for content in before.values()) >= 9
    assert [address for address, content in issued(gone).items() if name in content] == []
