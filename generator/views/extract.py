"""The part of a book that is told of some units: their own records and all that these name.

May import `views.book`. Whoever is given the book of an extract can look at nothing else, so that its digest stands, on
one day and under the same rules, for all that can be said from it.
"""

from collections.abc import Iterable

from msgspec import Struct

from generator.cache import digest
from generator.records import Case, Document, Unit
from generator.registry import Registry
from generator.views.book import Book


class Extract(Struct, frozen=True):
    """Some records of a book, by what each kind is known by.

    `units` are the units asked for, those of the same enterprises, and their successors.
    """

    whole: Book
    units: dict[str, Unit]
    documents: dict[str, Document]
    cases: dict[str, Case]

    @classmethod
    def around(cls, book: Book, some: Iterable[str]) -> "Extract":
        """Return the extract for some units.

        Args:
            book: the registry on its day.
            some: the numbers of the units.
        """
        registry, accounts = book.registry, book.ledger.accounts
        named: set[str] = set()
        cases: dict[str, Case] = {}
        for unit in some:
            named.update(accounts[unit].enterprise)
            closed = registry.units[unit].closed
            if closed and closed.successor:
                named.add(closed.successor)
            for case in book.cases_by_unit.get(unit, ()):
                cases[case.id] = case
        units = {unit: registry.units[unit] for unit in sorted(named)}
        numbers: set[str] = set()
        for found in units.values():
            for award in found.titles:
                numbers.add(award.document)
            for revocation in found.revocations:
                numbers.add(revocation.document)
        documents = {number: registry.documents[number] for number in sorted(numbers)}
        return cls(book, units, documents, cases)

    @property
    def made_of(self) -> bytes:
        """The digest of the records; the day, the policy and the vocabularies are those of the whole book."""
        files = self.whole.registry.files
        keys = [
            *(("factories", unit) for unit in self.units),
            *(("documents", number) for number in self.documents),
            *(("cases", case) for case in self.cases),
        ]
        return digest([(key, files[key].digest) for key in keys])

    @property
    def book(self) -> Book:
        """A book of these records alone."""
        whole = self.whole.registry
        registry = Registry(
            policy=whole.policy,
            cities=whole.cities,
            industries=whole.industries,
            scenes=whole.scenes,
            units=self.units,
            documents=self.documents,
            cases=self.cases,
            files={
                **{("factories", unit): whole.files["factories", unit] for unit in self.units},
                **{("documents", number): whole.files["documents", number] for number in self.documents},
                **{("cases", case): whole.files["cases", case] for case in self.cases},
            },
        )
        return Book(registry, self.whole.ledger.part(self.units), self.whole.as_of)
