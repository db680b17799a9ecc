"""The addresses told without making pages are those of the pages that are made."""

import re

from generator import urls
from generator.effects.addresses import pages
from generator.site.contents import Site
from generator.site.press import Page
from tests.books import book

# Pages that every registry has, whatever is in it.
EVERYWHERE = {
    urls.HOME,
    urls.DIRECTORY,
    urls.TIERS,
    urls.CITIES,
    urls.INDUSTRIES,
    urls.SCENES,
    urls.CASES,
    urls.DOCUMENTS,
    urls.NOTICES,
    urls.EXPIRED,
    urls.REVOKED,
    urls.REPORTS,
    urls.STATISTICS,
    urls.CHANGES,
    urls.LISTS,
    urls.ABOUT,
    urls.RULES,
    urls.DATA,
    urls.SUBSCRIBE,
}


def test_addresses_are_those_of_the_pages() -> None:
    for name in ("tests/registries/qingdao-2024", "registry"):
        found = book(name=name)
        made = {
            piece.address
            for piece in Site(found, base="https://x.example/").pieces()
            if isinstance(piece, Page)
        }
        first = {
            address
            for address in made
            if not (
                (further := re.fullmatch(r"(.*/)\d+/", address))
                and further[1] in made - {urls.SCENES, urls.CASES, urls.LISTS, urls.CITIES, urls.INDUSTRIES}
            )
        }
        assert set(pages(found)) == {
            address
            for address in first - EVERYWHERE
            if not re.fullmatch(r"(?:cases|lists)/\d{1,3}/", address)
        }
