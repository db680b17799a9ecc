"""Every address of the site: one function a kind of page or file, and the relative link from one to another.

Imports nothing of the package. An address has no leading slash; pages end in one; the home page is "".
"""

HOME = ""
DIRECTORY = "directory/"
DIRECTORY_INDEX = "directory/index/"
TIERS = "tiers/"
CITIES = "cities/"
INDUSTRIES = "industries/"
SCENES = "scenes/"
CASES = "cases/"
DOCUMENTS = "documents/"
NOTICES = "notices/"
EXPIRED = "notices/expired/"
REVOKED = "notices/revoked/"
REPORTS = "notices/reports/"
STATISTICS = "statistics/"
CHANGES = "changes/"
LISTS = "lists/"
ABOUT = "about/"
RULES = "rules/"
UPDATE = "update/"
DATA = "data/"
DATABASE = f"{DATA}registry.sqlite"
DATABASE_LABELS = f"{DATA}metadata.json"
PACKAGE = f"{DATA}datapackage.json"
CHECKSUMS = f"{DATA}SHA256SUMS"
SUBSCRIBE = "subscribe/"

CASES_FEED = "feeds/cases.xml"
EXPIRY_CALENDAR = "calendar/expiry.ics"
API = "api/v1/"
MANIFEST = f"{API}manifest.json"
# What follows the address of a file in that of its compressed copy.
PACKED = ".gz"
SCHEMA = "schema/"
SITEMAP = "sitemap.xml"
LICENCES = "assets/licences.txt"
ROBOTS = "robots.txt"
FEEDS_SITEMAP = "feeds/sitemap.xml"


def tier(tier_id: str) -> str:
    """Return the address of a tier's page."""
    return f"{TIERS}{tier_id}/"


def city(code: str) -> str:
    """Return the address of a city's page, by its six-digit code."""
    return f"{CITIES}{code}/"


def industry(code: str) -> str:
    """Return the address of a division's page; a group lives on its division's page."""
    return f"{INDUSTRIES}{code[:2]}/"


def scene(number: int) -> str:
    """Return the address of a scene's page, by its number in the present edition."""
    return f"{SCENES}{number}/"


def unit(unit_id: str) -> str:
    """Return the permanent address of a unit."""
    return f"factories/{unit_id}/"


def record(unit_id: str) -> str:
    """Return the address of the copy of a unit's YAML record."""
    return f"factories/{unit_id}/record.yml"


def case(case_id: str) -> str:
    """Return the permanent address of a case."""
    return f"{CASES}{case_id}/"


def cases_of_year(year: int) -> str:
    """Return the address of the cases published in a year."""
    return f"{CASES}{year}/"


def changes_of_month(year: int, month: int) -> str:
    """Return the address of what changed in the lists in a month."""
    return f"{CHANGES}{year}-{month:02d}/"


def year_list(year: int) -> str:
    """Return the address of a yearly list."""
    return f"{LISTS}{year}/"


def feed(key: str, form: str) -> str:
    """Return the address of a feed, by the key of its topic and its form: `xml` (RSS), `atom` or `json`."""
    return f"feeds/{key}.{form}"


def archive(key: str, year: int) -> str:
    """Return the address of a feed's archive of one year, in Atom (RFC 5005)."""
    return f"feeds/{key}-{year}.atom"


def calendar(key: str) -> str:
    """Return the address of a calendar, by the key of its topic."""
    return f"calendar/{key}.ics"


def unit_calendar(unit_id: str) -> str:
    """Return the address of a unit's own calendar."""
    return calendar(f"unit-{unit_id}")


def badge(unit_id: str) -> str:
    """Return the address of a unit's badge."""
    return f"badges/{unit_id}.svg"


def api(name: str) -> str:
    """Return the address of a file of the API, by its name without the ending: `listings`, `changes/2026-06`."""
    return f"{API}{name}.json"


def factory(unit_id: str) -> str:
    """Return the address of the file of a unit in the API."""
    return api(f"factories/{unit_id}")


def schema(name: str) -> str:
    """Return the address of the JSON Schema of a file of the API."""
    return f"{SCHEMA}{name}.schema.json"


def download(name: str, form: str) -> str:
    """Return the address of a download, by its name and ending: `units`, `csv`."""
    return f"{DATA}{name}.{form}"


def list_name(year: int) -> str:
    """Return the name of a yearly list among the downloads."""
    return f"list-{year}"


def document(path: str) -> str:
    """Return the address of a document from the path of its file, `…/<authority>/<stem>.yml`."""
    *_, authority, file = path.split("/")
    return f"{DOCUMENTS}{authority}-{file.removesuffix('.yml')}/"


def sitemap(number: int) -> str:
    """Return the address of a part of the site map, counted from 1."""
    return f"sitemap-{number}.xml"


def numbered(address: str, page: int) -> str:
    """Return the address of a further page of a long list; page 1 is the list's own address."""
    return address if page == 1 else f"{address}{page}/"


def relative(here: str, there: str) -> str:
    """Return the relative link from a page to an address, fragments kept.

    Args:
        here: the address of the page that holds the link.
        there: the address it leads to.
    """
    up = "../" * here.count("/")
    return (up + there) or "./"
