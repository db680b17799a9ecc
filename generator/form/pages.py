"""The files of the web form in the site: its page, its script, what it is told, and Decap CMS as npm installed it.

May import `config` and `settings`. The bundles are files of locked packages; where they are not there the build says so.
"""

import json
from html import escape
from pathlib import Path

from generator.form.settings import Settings
from generator.registry import Registry

ADDRESS = "admin/"
_HERE = Path(__file__).parent / "files"
_OWN = ("chinese.js", "form.css", "form.js", "record.js")
# From the packages in `npm/package-lock.json`: where each file lies below node_modules, and its name in the site.
BUNDLES = {
    "decap-cms/dist/decap-cms.js": "decap-cms.js",
    "decap-cms/dist/decap-cms.js.LICENSE.txt": "decap-cms.js.LICENSE.txt",
    "js-yaml/dist/browser/js-yaml.umd.min.js": "js-yaml.js",
    "js-yaml/LICENSE": "js-yaml.js.LICENSE.txt",
}


class MissingBundleError(Exception):
    """The packages of the form are not installed where they should be; the message is for the person who builds."""


def pages(settings: Settings, registry: Registry, *, name: str, base: str, modules: Path) -> dict[str, bytes]:
    """Return the files of the form by their paths in the site.

    Args:
        settings: where records are kept.
        registry: the registry whose fields and vocabularies the form shows.
        name: the name of the registry.
        base: the address of the site with a closing slash.
        modules: the folder node_modules that npm installed the locked packages into.

    Raises:
        MissingBundleError: a bundle is not there.
    """
    # Most sites have no form; the command that could make one asks for this module's error all the same.
    from generator.form.config import told

    page = (_HERE / "index.html").read_text(encoding="utf-8")
    page = page.replace("@NAME@", escape(name)).replace("@POLICY@", escape(policy(settings)))
    facts = json.dumps(told(settings, registry, name=name, base=base), ensure_ascii=False)
    files = {"index.html": page.encode(), "form.json": facts.encode()}
    files |= {own: (_HERE / own).read_bytes() for own in _OWN}
    try:
        files |= {called: (modules / there).read_bytes() for there, called in BUNDLES.items()}
    except OSError as error:
        raise MissingBundleError(
            f"网上填报所用的 Decap CMS 还没有取到（缺 {error.filename}）；请先运行 make form，"
            "或去掉 --admin 生成不带填报的网站。"
        ) from error
    return {ADDRESS + path: content for path, content in files.items()}


def policy(settings: Settings) -> str:
    """Return the Content-Security-Policy of the page: everything from this site, words with the code host alone.

    Decap compiles the check of its configuration ('unsafe-eval') and styles its parts by inline style elements
    ('unsafe-inline' for styles). Scripts come from files of this site only.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src data:",
            f"connect-src 'self' blob: {' '.join(settings.addresses)}",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )
