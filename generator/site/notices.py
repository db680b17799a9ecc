"""Notices of what ends, ended or was cancelled, of yearly reports, and the documents behind it all."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.documents import document_pages, documents_page
from generator.views.notices import expired_pages, expiring_pages, reports_page, revoked_page
from generator.views.tables import Link

_DOCUMENTS = Link(text="文件", address=urls.DOCUMENTS)


def notices(press: Press) -> Iterator[Page]:
    """Yield the notices."""
    book = press.book
    for expiring in expiring_pages(book):
        yield press.part(
            "expiring.html",
            expiring,
            expiring.pager,
            address=urls.NOTICES,
            section=urls.NOTICES,
            title="到期预告",
            description="未来 36 个月到期的单元，按月排列。",
        )
    for expired in expired_pages(book):
        yield press.part(
            "expired.html",
            expired,
            expired.pager,
            address=urls.EXPIRED,
            section=urls.NOTICES,
            title="已到期",
            description="有效期届满、已不在名单中的单元。",
        )
    yield press.page(
        "revoked.html",
        revoked_page(book),
        address=urls.REVOKED,
        section=urls.NOTICES,
        title="撤销与限制",
        description="被撤销的称号，和仍在限制期内的企业。",
    )
    yield press.page(
        "reports.html",
        reports_page(book),
        address=urls.REPORTS,
        section=urls.NOTICES,
        title="年度进展报告",
        description="应报和已报的年度进展报告。",
    )


def documents(press: Press) -> Iterator[Page]:
    """Yield the list of documents and the pages of each."""
    book = press.book
    yield press.page(
        "documents.html",
        documents_page(book),
        address=urls.DOCUMENTS,
        section=urls.NOTICES,
        title="文件",
        description="授予和撤销称号所依据的文件。",
    )
    for document in book.registry.documents.values():
        for page in document_pages(book, document):
            yield press.part(
                "document.html",
                page,
                page.pager,
                address=book.document_address(document),
                section=urls.NOTICES,
                title=document.number,
                description=document.title,
                trail=(_DOCUMENTS,),
            )
