"""Drafts of units to files: gives every unit its number and cites its documents.

May import `writing` and the modules of this package above it.
"""

from collections.abc import Sequence

from generator import writing
from generator.demo.drafts import Draft
from generator.demo.papers import Papers


class UnitFiles:
    """Numbers the units of each city from 1 and writes them down."""

    def __init__(self, papers: Papers) -> None:
        """Keep the papers that awards are cited from."""
        self._papers = papers
        self._last: dict[str, int] = {}

    def number(self, drafts: Sequence[Draft]) -> list[str]:
        """Return the ids of some new units, in their order."""
        ids = []
        for draft in drafts:
            place = draft.city.code[:4]
            self._last[place] = self._last.get(place, 0) + 1
            ids.append(f"{place}-{self._last[place]:04d}")
        for draft, unit_id in zip(drafts, ids, strict=True):
            draft.id = unit_id
        return ids

    def file(self, draft: Draft, unit_id: str) -> tuple[str, str]:
        """Return (path, text) of a unit, fields in the order of the format (contract, section 2)."""
        enterprise = draft.enterprise
        fields: dict[str, writing.Plain] = {
            "name": draft.name,
            "kind": draft.kind,
            "enterprise": enterprise.name,
        }
        if enterprise.uscc:
            fields["uscc"] = enterprise.uscc
        if enterprise.uscc_note:
            fields["uscc_note"] = enterprise.uscc_note
        if draft.former_names:
            fields["former_names"] = [{"name": name, "until": until} for name, until in draft.former_names]
        fields["city"] = draft.city.name
        if draft.county:
            fields["county"] = draft.county.name
        if draft.zone:
            fields["zone"] = draft.zone
        fields["industry"] = enterprise.product.industry
        if draft.website:
            fields["website"] = draft.website
        if draft.maturity:
            fields["maturity"] = [
                {"date": day, "level": level, "method": method} for day, level, method in draft.maturity
            ]
        fields["titles"] = [self._award(draft, place) for place in range(len(draft.awards))]
        if draft.revocations:
            fields["revocations"] = [
                {
                    "title": revocation.title.name,
                    "document": self._papers.cite(revocation.authority, revocation.day, revocation.subject),
                    "reason": revocation.reason,
                }
                for revocation in draft.revocations
            ]
        if draft.closed:
            day, reason = draft.closed
            closing: dict[str, writing.Plain] = {"date": day, "reason": reason}
            if draft.successor:
                closing["successor"] = draft.successor.id
            fields["closed"] = closing
        if draft.reports:
            fields["reports"] = [{"year": year, "date": day} for year, day in draft.reports]
        if draft.corrections:
            fields["corrections"] = [
                {"date": day, "fields": [field], "reason": reason} for day, field, reason in draft.corrections
            ]
        return f"factories/{draft.city.code}/{unit_id}.yml", writing.dump(fields)

    def _award(self, draft: Draft, place: int) -> dict[str, writing.Plain]:
        award = draft.awards[place]
        row: dict[str, writing.Plain] = {
            "title": award.title.name,
            "document": self._papers.cite(award.authority, award.day, award.subject),
        }
        if award.exception:
            row["exception"] = award.exception
        return row
