"""Other programs that make as many pages: Hugo, and MkDocs with Material as it is by default."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.running import timed


def hugo(site: Path, folder: Path, pages: int) -> tuple[float, float | None]:
    """Have Hugo make as many unit pages from Markdown, with a page of ours as its layout: the same frame, the same body."""
    sample = next((site / "factories").iterdir()) / "index.html"
    layout = re.sub(r"\{\{|\}\}", r'{{"\g<0>"}}', sample.read_text(encoding="utf-8"))
    layout = layout.replace("</article>", f"{LAYOUT}</article>", 1)
    layouts, content = folder / "layouts/_default", folder / "content/factories"
    layouts.mkdir(parents=True)
    content.mkdir(parents=True)
    (layouts / "single.html").write_text(layout, encoding="utf-8")
    (folder / "config.toml").write_text(
        'baseURL = "https://registry.example/"\n'
        'disableKinds = ["home", "taxonomy", "term", "RSS", "sitemap", "section"]\n',
        encoding="utf-8",
    )
    for number in range(pages):
        front = json.dumps(front_matter(number), ensure_ascii=False)
        (content / f"{number}.md").write_text(f"{front}\n\n{BODY}", encoding="utf-8")
    return timed("hugo", "--quiet", cwd=folder)


def front_matter(number: int) -> dict[str, object]:
    """What a page of a unit shows, as the front matter of a page of Hugo's."""
    names = ("编号", "类别", "统一社会信用代码", "所在地", "行业", "网站")
    title = {
        "title": "先进级数字化车间",
        "date": "2025-11-20",
        "document": "示例〔2025〕88号",
        "listing": "先进级",
    }
    return {
        "title": f"叶片加工数字化车间{number}",
        "enterprise": f"哈尔滨示例第{number}有限公司",
        "facts": [{"name": name, "value": f"{name}{number}"} for name in names],
        "titles": [{**title, "address": f"../../documents/{number}/"}] * 2,
    }


BODY = "截至2026年11月24日，该车间为先进级智能工厂。\n\n数据截至2026年11月24日。\n"
LAYOUT = """<h1>{{ .Title }}</h1><p class="owner">{{ .Params.enterprise }}</p>
<dl class="facts">{{ range .Params.facts }}<div><dt>{{ .name }}</dt><dd>{{ .value }}</dd></div>{{ end }}</dl>
<table><tbody>{{ range .Params.titles }}<tr><th>{{ .title }}</th><td>{{ .date }}</td>
<td><a href="{{ .address }}">{{ .document }}</a></td><td>{{ .listing }}</td></tr>{{ end }}</tbody></table>
{{ .Content }}"""


def material(folder: Path, pages: int, *, lean: bool) -> tuple[float, float | None]:
    """Have MkDocs and Material make ordinary pages from Markdown.

    Args:
        folder: where they go.
        pages: how many.
        lean: leave them out of the navigation and the search, which MkDocs puts all pages into unless told otherwise.
    """
    docs = folder / "docs/factories"
    docs.mkdir(parents=True)
    (docs.parent / "index.md").write_text("# 名录\n", encoding="utf-8")
    for number in range(pages):
        facts: dict[str, Any] = front_matter(number)
        rows = "".join(f"| {fact['name']} | {fact['value']} |\n" for fact in facts["facts"])
        titles = "".join(
            f"| {title['title']} | {title['date']} | [{title['document']}](https://registry.example/) |\n"
            for title in facts["titles"]
        )
        (docs / f"{number}.md").write_text(
            f"# {facts['title']}\n\n{facts['enterprise']}\n\n{BODY}\n| 项目 | 内容 |\n|---|---|\n{rows}\n"
            f"## 称号\n\n| 称号 | 日期 | 文件 |\n|---|---|---|\n{titles}",
            encoding="utf-8",
        )
    settings = "plugins: []\nnav: [index.md]\nvalidation: {omitted_files: ignore}\n" if lean else ""
    (folder / "mkdocs.yml").write_text(
        f"site_name: 名录\ntheme: {{name: material, font: false}}\nmarkdown_extensions: [tables]\n{settings}",
        encoding="utf-8",
    )
    return timed(sys.executable, "-m", "mkdocs", "build", "--quiet", cwd=folder)
