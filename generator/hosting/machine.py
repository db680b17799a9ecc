"""The settings for the department's own machine: an nginx site and systemd units, filled in.

May import nothing of the package. The templates lie in `files/`; their marks are `@NAME@`, so that neither nginx's `$` nor
systemd's `%` needs an escape.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

_FILES = Path(__file__).parent / "files"
_MARK = re.compile(r"@([A-Z_]+)@")


class Machine(Struct, frozen=True, kw_only=True):
    """A machine that publishes the site.

    `domain` is the host name; `root` the absolute folder of the repository, `site` that of the site inside it; `user` runs
    the builds; `path` is where on the host the site lies, with a slash at both ends; `certificate` and `key` are absolute
    paths, both None where the machine speaks plain HTTP; `admin` is the file with the settings of the web form, from the
    folder of the repository, None for a site without it.
    """

    domain: str
    root: str
    user: str
    certificate: str | None = None
    key: str | None = None
    path: str = "/"
    admin: str | None = None

    @property
    def documents(self) -> str:
        """The folder that stands for the root of the host."""
        return f"{self.root}/site"

    @property
    def site(self) -> str:
        """The folder the site is written to: below that of the host as its address is below the host's."""
        return f"{self.documents}{self.path}".rstrip("/")

    @property
    def standby(self) -> str:
        """The folder of the site before, as `publish` keeps it."""
        folder, _, name = self.site.rpartition("/")
        return f"{folder}/.{name}.standby"

    @property
    def address(self) -> str:
        """The public address of the site, with a closing slash."""
        return f"{'https' if self.certificate else 'http'}://{self.domain}{self.path}"


def files(machine: Machine) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file: `nginx/…`, `systemd/…`, in order of their paths."""
    marks = {
        "DOMAIN": machine.domain,
        "ROOT": machine.root,
        "SITE": machine.site,
        "DOCUMENTS": machine.documents,
        "STANDBY": machine.standby,
        "PATH": machine.path,
        "ELSEWHERE": _elsewhere(machine),
        "USER": machine.user,
        "FORM_POLICY": _form_policy(machine),
        "FORM_SETTINGS": f"\nEnvironment=ADMIN={machine.admin}" if machine.admin else "",
        "ADDRESS": machine.address,
        "LISTEN": _listen(machine),
        "REDIRECT": _redirect(machine),
    }
    for path in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        yield path.relative_to(_FILES).as_posix(), _MARK.sub(lambda mark: marks[mark[1]], text)


def _form_policy(machine: Machine) -> str:
    """What is said of the pages of the web form, which tell their policy themselves, but for who may frame them."""
    if not machine.admin:
        return ""
    return f"    # 网上填报页自己写明策略。\n    ~^{machine.path}admin/ \"frame-ancestors 'none'\";\n"


def _elsewhere(machine: Machine) -> str:
    """What is said of the site's folder without its slash, where the site is below the root of the host."""
    if machine.path == "/":
        return ""
    return f"    location = {machine.path.rstrip('/')} {{\n        return 301 {machine.path};\n    }}\n"


def _listen(machine: Machine) -> str:
    if not machine.certificate:
        return "    listen 80;\n    listen [::]:80;"
    return (
        "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n"
        f"    ssl_certificate {machine.certificate};\n    ssl_certificate_key {machine.key};\n"
        "    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_session_cache shared:registry:1m;\n"
        '    add_header Strict-Transport-Security "max-age=31536000" always;\n'
        # Who logs in to a code host from the web form does it in a window that must be able to answer.
        f'    add_header Cross-Origin-Opener-Policy "same-origin{"-allow-popups" if machine.admin else ""}" always;'
    )


def _redirect(machine: Machine) -> str:
    if not machine.certificate:
        return ""
    return (
        "\nserver {\n    listen 80;\n    listen [::]:80;\n"
        f"    server_name {machine.domain};\n    return 301 https://{machine.domain}$request_uri;\n}}\n"
    )
