"""Whether a published site speaks of today.

May import `urls`. The day is handed in; a site is asked by the manifest that it publishes.
"""

import json
from datetime import date
from pathlib import Path

from generator import urls


def published_day(site: Path) -> date | None:
    """Return the day a site speaks of, or None where there is no readable manifest.

    Args:
        site: the folder of the site.
    """
    try:
        found = json.loads((site / urls.MANIFEST).read_bytes())
        return date.fromisoformat(found["as_of"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def overdue(site: Path, *, as_of: date) -> str | None:
    """Return what is to be done about a site that does not speak of today, or None where it does.

    Args:
        site: the folder of the site.
        as_of: today, in Asia/Shanghai.
    """
    day = published_day(site)
    if day is None:
        return f"{site} 里没有可用的发布清单（{urls.MANIFEST}），网站可能还没有生成；请运行 make site。"
    if day < as_of:
        return (
            f"网站的数据截至 {day}，已落后 {(as_of - day).days} 天：每天零点过后的重新生成没有成功。"
            f"请查看生成任务的运行记录，改正后重新运行。"
        )
    return None
