"""`/api/v1/factories.json` is exactly what the contract, section 6, says."""

import json
from pathlib import Path
from typing import Any

import pytest

FACTORY = {
    "id": str,
    "name": str,
    "kind": str,
    "enterprise": str,
    "uscc": str | None,
    "city": str,
    "county": str | None,
    "industry": str,
    "status": str,
    "tier": str | None,
    "since": str | None,
    "valid_through": str | None,
    "expiring": bool,
    "barred_through": str | None,
    "listings": list,
}
LISTING = {
    "tier": str,
    "from": str,
    "through": str | None,
    "ended_by": str | None,
    "title": str,
    "document": str,
}


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))
    return found


def test_fields_and_types(published: dict[str, Any]) -> None:
    assert list(published) == ["as_of", "next_transition", "factories"]
    assert published["as_of"] == "2026-11-24"
    for factory in published["factories"]:
        assert list(factory) == list(FACTORY)
        assert all(isinstance(factory[key], kind) for key, kind in FACTORY.items())
        for listing in factory["listings"]:
            assert list(listing) == list(LISTING)
            assert all(isinstance(listing[key], kind) for key, kind in LISTING.items())


def test_order(published: dict[str, Any]) -> None:
    ids = [factory["id"] for factory in published["factories"]]
    assert ids == sorted(ids)
    assert len(ids) == 340
    ranks = {"basic": 0, "advanced": 1, "excellent": 2, "leading": 3}
    for factory in published["factories"]:
        keys = [(listing["from"], ranks[listing["tier"]]) for listing in factory["listings"]]
        assert keys == sorted(keys)


def test_values_agree_with_each_other(published: dict[str, Any]) -> None:
    day = published["as_of"]
    for factory in published["factories"]:
        covering = [
            listing
            for listing in factory["listings"]
            if listing["from"] <= day and (listing["through"] is None or day <= listing["through"])
        ]
        assert (factory["status"] == "listed") == bool(covering)
        assert (factory["tier"] is None) == (not covering)
        if covering:
            assert factory["tier"] in {listing["tier"] for listing in covering}
    assert published["next_transition"] > day
