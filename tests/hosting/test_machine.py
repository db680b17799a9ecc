"""The department's own machine: what `hosting` writes is taken by nginx and systemd, and serves as it should."""

import gzip
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.hosting.machine import Machine, files
from generator.packing import KINDS
from tests.conftest import AS_OF, ROOT, run
from tests.hosting.nginx import command, free_port

UNITS = [
    "systemd/registry-alarm@.service",
    "systemd/registry-build.service",
    "systemd/registry-build.timer",
    "systemd/registry-follow.service",
    "systemd/registry-follow.timer",
    "systemd/registry-watch.service",
    "systemd/registry-watch.timer",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_the_command_writes_all_of_it(tmp_path: Path) -> None:
    done = run("hosting", tmp_path / "out", "--domain", "minglu.example.cn")
    assert done.code == 0, done.err
    assert done.out == "".join(f"{tmp_path}/out/{name}\n" for name in ["nginx/registry.conf", *UNITS]) + (
        "网站地址 http://minglu.example.cn/，网站目录 /srv/registry/site。安装步骤见 site_src/update/hosting.md。\n"
    )
    for path in (tmp_path / "out").rglob("*.*"):
        if path.is_file():
            assert not re.search("@[A-Z_]+@", path.read_text(encoding="utf-8"))


WRONG = {
    "domain": ("--domain", "https://x.cn", "“https://x.cn”不是可用的域名，例如 minglu.example.cn。"),
    "injection": ("--domain", "a.cn; include x", "“a.cn; include x”不是可用的域名，例如 minglu.example.cn。"),
    "root": ("--root", "srv", "“srv”不是可用的目录（要写完整路径），例如 /srv/registry。"),
    "blank": ("--root", "/srv/a b", "“/srv/a b”不是可用的目录（要写完整路径），例如 /srv/registry。"),
    "path": ("--path", "/a", "“/a”不是可用的路径（首尾都要有斜线），例如 /registry/。"),
    "settings": (
        "--admin",
        "../admin.yml",
        "“../admin.yml”不是可用的文件（从代码库的目录算起），例如 admin.yml。",
    ),
    "user": ("--user", "管理员", "“管理员”不是可用的用户名，例如 registry。"),
    "key": ("--key", "key.pem", "“key.pem”不是可用的文件（要写完整路径），例如 /etc/ssl/registry.pem。"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_would_break_a_file_is_refused(tmp_path: Path, name: str) -> None:
    option, value, message = WRONG[name]
    given = [] if option == "--domain" else ["--domain", "a.cn"]
    done = run("hosting", tmp_path / "out", *given, option, value)
    assert (done.code, done.err.splitlines()[0]) == (2, f"{option} 的值不对：{message}")
    assert not (tmp_path / "out").exists()


def test_a_certificate_wants_its_key(tmp_path: Path) -> None:
    done = run("hosting", tmp_path / "out", "--domain", "a.cn", "--key", "/k.pem")
    assert (done.code, done.err.splitlines()[0]) == (2, "--certificate 和 --key 要同时写。")


def _write(machine: Machine, folder: Path) -> None:
    for name, text in files(machine):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    root = tmp_path / "registry"
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").symlink_to(sys.executable)
    _write(Machine(domain="a.example", root=str(root), user="root"), tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("registry-build.timer", ["*-*-* 00:10:00 Asia/Shanghai"]),
        ("registry-watch.timer", ["*-*-* 01:40:00 Asia/Shanghai", "*-*-* 08:10:00 Asia/Shanghai"]),
        ("registry-follow.timer", ["*-*-* 07..22:00/10:00 Asia/Shanghai"]),
    ],
)
def test_timers_are_of_shanghai(name: str, wanted: list[str]) -> None:
    text = dict(files(Machine(domain="a.example", root="/srv/registry", user="registry")))[f"systemd/{name}"]
    assert re.findall("^OnCalendar=(.*)$", text, re.MULTILINE) == wanted
    subprocess.run(["systemd-analyze", "calendar", *wanted], capture_output=True, timeout=60, check=True)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a running nginx that serves the shipped site, and a few things that lie about in its folder."""
    tmp = tmp_path_factory.mktemp("nginx")
    root = tmp / "registry"
    built = run("build", "--gzip", "--registry", ROOT / "registry", "--as-of", AS_OF, "--site", root / "site")
    assert built.code == 0, built.err
    (root / "site/.git").mkdir()
    (root / "site/.git/config").write_text("secret", encoding="utf-8")
    (root / "site/.htpasswd").write_text("secret", encoding="utf-8")
    (root / "secret").mkdir()
    (root / "secret/conf").write_text("secret", encoding="utf-8")
    (root / "site/data/link.txt").symlink_to(root / "secret/conf")
    (root / "site/linked").symlink_to(root / "secret")
    (root / ".site.standby/assets/scripts").mkdir(parents=True)
    (root / ".site.standby/about").mkdir()
    (root / ".site.standby/assets/scripts/abcdefabcdef.js").write_bytes(b"before")
    (root / ".site.standby/about/before.html").write_bytes(b"before")
    port = free_port()
    (root / "site/admin").mkdir()
    (root / "site/admin/index.html").write_bytes(b"form")
    machine = Machine(domain="minglu.example.cn", root=str(root), user="registry", admin="admin.yml")
    process = subprocess.Popen(command(tmp, machine, port), stderr=subprocess.DEVNULL)

    def answer(path: str, method: str = "GET", source: str = "127.0.0.1", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "minglu.example.cn", **named})
        found = connection.getresponse()
        body = found.read()
        connection.close()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, body)

    try:
        for _ in range(100):
            try:
                answer("/")
                break
            except OSError:
                assert process.poll() is None, (tmp / "error.log").read_text(encoding="utf-8")
                time.sleep(0.05)
        yield answer
    finally:
        process.terminate()
        process.wait(20)


TYPES = {
    "/": "text/html; charset=utf-8",
    "/factories/2301-0001/": "text/html; charset=utf-8",
    "/factories/2301-0001/record.yml": "text/yaml; charset=utf-8",
    "/assets/register.css": "text/css; charset=utf-8",
    "/assets/register.js": "text/javascript; charset=utf-8",
    "/assets/logo.svg": "image/svg+xml; charset=utf-8",
    "/badges/2301-0001.svg": "image/svg+xml; charset=utf-8",
    "/feeds/cases.xml": "application/rss+xml; charset=utf-8",
    "/feeds/cases.atom": "application/atom+xml; charset=utf-8",
    "/feeds/cases.json": "application/feed+json; charset=utf-8",
    "/feeds/sitemap.xml": "application/xml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/calendar/expiry.ics": "text/calendar; charset=utf-8",
    "/api/v1/factories.json": "application/json; charset=utf-8",
    "/data/units.csv": "text/csv; charset=utf-8",
    "/data/units.jsonl": "application/x-ndjson",
    "/data/units.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/data/registry.sqlite": "application/vnd.sqlite3",
    "/data/SHA256SUMS": "text/plain; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
}


@pytest.mark.parametrize("path", TYPES)
def test_every_file_has_its_media_type_and_the_guards(ask: Ask, site: Path, path: str) -> None:
    found = ask(path)
    assert found.status == 200
    assert found.headers["content-type"] == TYPES[path]
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"] == POLICY
    assert found.headers["x-frame-options"] == "DENY"
    assert found.headers["permissions-policy"].startswith("camera=(), ")
    assert found.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "strict-transport-security" not in found.headers
    assert found.headers["cache-control"] == "no-cache"
    assert "nginx/" not in found.headers["server"]
    name = path[1:] + ("index.html" if path.endswith("/") else "")
    assert found.body == (site / name).read_bytes()


def test_every_kind_of_file_of_the_site_is_told(site: Path) -> None:
    text = dict(files(Machine(domain="a.example", root="/srv/r", user="r")))["nginx/registry.conf"]
    types = re.search(r"types \{\n(.*?)\n    \}", text, re.DOTALL)
    assert types
    known = {word for line in types[1].splitlines() for word in line.strip(" ;").split()[1:]}
    assert {path.suffix[1:] for path in site.rglob("*") if path.is_file() and path.suffix} <= known


def test_data_is_open_to_other_sites_and_pages_are_not(ask: Ask) -> None:
    for path in ("/api/v1/factories.json", "/data/units.csv", "/feeds/cases.xml", "/badges/2301-0001.svg"):
        found = ask(path, Origin="https://other.example").headers
        assert found["access-control-allow-origin"] == "*"
        assert found["cross-origin-resource-policy"] == "cross-origin"
        asked = ask(path, "OPTIONS", Origin="https://other.example", Access_Control_Request_Method="GET")
        assert (asked.status, asked.body) == (204, b"")
        assert asked.headers["access-control-allow-origin"] == "*"
        assert "If-None-Match" in asked.headers["access-control-allow-headers"]
    page = ask("/").headers
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/",
        "/.htpasswd",
        "/api/",
        "/api/v1/",
        "/badges/",
        "/nothing/",
        "/%2e%2e/nginx.conf",
        "/.well-known/x",
    ],
)
def test_hidden_and_missing_things_and_folders_are_not_found(ask: Ask, site: Path, path: str) -> None:
    found = ask(path)
    assert found.status in ({404, 400} if "%2e" in path else {404})
    assert b"secret" not in found.body
    if found.status == 404:
        assert found.body == (site / "404.html").read_bytes()
        assert found.headers["x-content-type-options"] == "nosniff"


def test_a_folder_without_its_slash_is_led_to_it(ask: Ask) -> None:
    found = ask("/factories/2301-0001")
    assert (found.status, found.headers["location"]) == (301, "/factories/2301-0001/")


def test_what_is_not_new_is_not_sent_again(ask: Ask) -> None:
    first = ask("/api/v1/factories.json")
    again = ask("/api/v1/factories.json", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    since = ask("/", If_Modified_Since=ask("/").headers["last-modified"])
    assert (since.status, since.body) == (304, b"")
    packed = ask("/", Accept_Encoding="gzip")
    assert ask("/", Accept_Encoding="gzip", If_None_Match=packed.headers["etag"]).status == 304


@pytest.mark.parametrize(
    "path", ["/", "/feeds/cases.atom", "/calendar/expiry.ics", "/data/units.csv", "/data/units.jsonl"]
)
def test_text_is_packed(ask: Ask, path: str) -> None:
    found = ask(path, Accept_Encoding="gzip")
    assert found.headers["content-encoding"] == "gzip"
    assert found.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(found.body) == ask(path).body


@pytest.mark.parametrize("path", ["/data/units.csv", "/data/registry.sqlite", "/tiers/advanced/"])
def test_a_copy_that_lies_beside_a_file_is_sent_as_it_is(ask: Ask, path: str) -> None:
    """In the same form as the file: its type, its policy, its age; and 304 where it is not new."""
    plain, packed = ask(path), ask(path, Accept_Encoding="gzip")
    copy = ask(f"{path}index.html.gz" if path.endswith("/") else f"{path}.gz")
    assert (copy.status, copy.headers["content-type"]) == (200, "application/gzip")
    assert packed.body == copy.body
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-length"] == str(len(copy.body))
    alike = ("content-type", "cache-control", "content-security-policy", "x-content-type-options", "vary")
    assert [packed.headers[name] for name in alike] == [plain.headers[name] for name in alike]
    tag = packed.headers["etag"]
    assert tag != plain.headers["etag"]
    assert ask(path, Accept_Encoding="gzip", If_None_Match=tag).status == 304


def test_what_gets_a_copy_is_what_nginx_compresses_while_it_sends() -> None:
    text = dict(files(Machine(domain="a.example", root="/srv/registry", user="registry")))[
        "nginx/registry.conf"
    ]
    packed = re.findall("^    gzip_types (.*);$", text, re.MULTILINE)[0].split()
    types = re.findall("    types {\n(.*?)    }", text, re.DOTALL)[0]
    named = (line.strip(" ;").split() for line in types.splitlines())
    # nginx always compresses text/html.
    endings = {f".{ending}" for kind, *some in named if kind in {*packed, "text/html"} for ending in some}
    assert endings == KINDS


def test_packed_files_are_not_packed_again(ask: Ask) -> None:
    assert "content-encoding" not in ask("/data/units.xlsx", Accept_Encoding="gzip").headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/data/units.csv", "/feeds/cases.xml", "/nothing/"])
def test_only_reading_is_allowed(ask: Ask, method: str, path: str) -> None:
    assert ask(path, method).status == 405


def test_the_methods_that_are_allowed_are_told(ask: Ask) -> None:
    assert ask("/", "POST").headers["allow"] == "GET, HEAD, OPTIONS"
    assert "allow" not in ask("/").headers
    head = ask("/data/units.xlsx", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_what_has_its_digest_in_its_name_is_kept_and_nothing_else(ask: Ask, site: Path) -> None:
    """A file that is not there is never kept: its name may be a file tomorrow."""
    kept = {
        path.relative_to(site).as_posix()
        for folder in ("assets", "directory/index")
        for path in (site / folder).rglob("*.*")
        if path.suffix in {".js", ".css", ".json"}
        and "immutable" in ask(f"/{path.relative_to(site).as_posix()}").headers["cache-control"]
    }
    named = re.compile(
        r"assets/scripts/[0-9a-f]{12}\.js|assets/[a-z/]+\.[0-9a-f]{8}\.min\.(js|css)|directory/index/[a-z]+-[0-9a-f]{12}\.json"
    )
    for path in kept:
        assert named.fullmatch(path), path
        if "/javascripts/" not in path and "/stylesheets/" not in path:
            digest = re.search("[0-9a-f]{12}", path)
            assert digest
            assert sha256((site / path).read_bytes()).hexdigest().startswith(digest[0])
    assert {path.split("/")[1] for path in kept} == {"scripts", "javascripts", "stylesheets", "index"}
    missing = ask("/assets/scripts/000000000000.js")
    assert (missing.status, missing.headers["cache-control"]) == (404, "no-cache")


def test_a_visitor_has_a_share_and_no_more(ask: Ask) -> None:
    """One address that asks too fast is told so; what asks from the machine itself, as a proxy does, is not counted."""
    asked = [ask("/robots.txt", source="127.0.0.2").status for _ in range(700)]
    assert set(asked) <= {200, 429}
    assert asked[:200] == [200] * 200
    assert {ask("/robots.txt").status for _ in range(700)} == {200}


def test_links_are_not_followed(ask: Ask) -> None:
    for path in ("/data/link.txt", "/linked/conf"):
        found = ask(path)
        assert found.status == 404
        assert b"secret" not in found.body


def test_an_open_page_finds_its_scripts_after_the_swap(ask: Ask) -> None:
    """What a page of the replaced site names is in the standby; only what pages load is looked for there."""
    found = ask("/assets/scripts/abcdefabcdef.js")
    assert (found.status, found.body) == (200, b"before")
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert ask("/about/before.html").status == 404


def test_the_web_form_tells_its_policy_itself(ask: Ask) -> None:
    """Two policies hold together: that of all pages would stop the form, which tells a stricter one than none in its page."""
    form, page = ask("/admin/"), ask("/about/")
    assert (form.status, form.body) == (200, b"form")
    assert form.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert page.headers["content-security-policy"] == POLICY
    guards = ("x-frame-options", "x-content-type-options", "referrer-policy", "permissions-policy")
    assert [form.headers[name] for name in guards] == [page.headers[name] for name in guards]


def test_the_web_form_is_built_and_let_in_only_where_it_is_asked_for() -> None:
    plain = Machine(domain="a.example", root="/srv/a", user="a", certificate="/c.pem", key="/k.pem")
    with_form = replace(plain, path="/registry/", admin="admin.yml")
    asked = {name: text.splitlines() for name, text in files(with_form)}
    added = {
        name: set(text) - set(dict(files(replace(plain, path="/registry/")))[name].splitlines())
        for name, text in asked.items()
    }
    assert {name: lines for name, lines in added.items() if lines} == {
        "nginx/registry.conf": {
            "    # 网上填报页自己写明策略。",
            "    ~^/registry/admin/ \"frame-ancestors 'none'\";",
            '    add_header Cross-Origin-Opener-Policy "same-origin-allow-popups" always;',
        },
        "systemd/registry-build.service": {"Environment=ADMIN=admin.yml"},
        "systemd/registry-follow.service": {"Environment=ADMIN=admin.yml"},
    }
    assert "admin" not in "".join(text for _, text in files(plain))


def test_with_a_certificate(tmp_path: Path) -> None:
    """Plain HTTP leads to HTTPS, and nginx takes the whole of it."""
    subprocess.run(
        [
            *"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=a.example".split(),
            *("-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"),
        ],
        capture_output=True,
        timeout=60,
        check=True,
    )
    machine = Machine(
        domain="a.example",
        root=str(tmp_path),
        user="r",
        certificate=str(tmp_path / "cert.pem"),
        key=str(tmp_path / "key.pem"),
    )
    assert machine.address == "https://a.example/"
    text = dict(files(machine))["nginx/registry.conf"]
    assert "return 301 https://a.example$request_uri;" in text
    assert 'Strict-Transport-Security "max-age=31536000" always' in text
    done = subprocess.run(
        command(tmp_path, machine, 8443, "-t"), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "test is successful" in done.stderr
