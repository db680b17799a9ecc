"""A registry in which every text that can be hostile is, and still passes the checks; and its twin, where all say something plain.

Both have the same shape, so that their sites may differ in text alone.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.checks.base import CITIES, FILES, POLICY, SCENES, build
from tests.hostile.corpus import ADDRESSES, TEXTS, quoted

ACCEPTED = tuple(attack.text for attack in TEXTS if not attack.code and len(attack.text) < 30_000)
LONG = tuple(attack.text for attack in TEXTS if not attack.code and len(attack.text) >= 30_000)
WEB = tuple(attack.text for attack in ADDRESSES if not attack.code and len(attack.text) < 30_000)
# Texts of several lines, or those that no check looks for markup in.
MARKUP = tuple(attack.text for attack in TEXTS if "<" in attack.text)

# Short enough for the pictures of the statistics, which are laid out otherwise for long names.
SHORT = "甲\"'&lt;"

NUMBER = "黑示例发〔2025〕88号"
CANCELLED = "黑示例发〔2026〕20号"


def hostile(text: str) -> str:
    """Return a text as it is."""
    return text


def plain(text: str) -> str:
    """Return something that means no harm in the place of a text."""
    return "https://a.example/" if text.startswith("https://") else "甲"


def files(say: Callable[[str], str]) -> Mapping[str, str]:
    """Return the files of the registry.

    Args:
        say: `hostile` or `plain`.
    """

    def q(text: str, mark: str = "") -> str:
        return quoted(say(text) + mark)

    found: dict[str, str] = {}
    worst = (
        "".join(MARKUP[:6]) + "&lt;/title&gt;&lt;script&gt;window.hit=1&lt;/script&gt;\"' onload=window.hit=1"
    )
    quiet = ACCEPTED[4] + ACCEPTED[0]
    found["policy.yml"] = (
        POLICY.replace("示例省智能工厂梯度培育名录", q(quiet, "名录"))
        .replace("黑龙江省工业和信息化厅", q(quiet, "厅"))
        .replace("revocable: true}", f"revocable: true, clause: {q(worst)}}}")
        .replace("tier: excellent}", f"tier: excellent, clause: {q(worst)}}}")
        .replace("demonstration: true\n", f"demonstration: true\nbasis: [{q(worst)}]\n")
        + "site:\n"
        + f"  organizer: {q(quiet)}\n  icp: {q(quiet)}\n  police: {q(quiet)}\n  site_code: {q(quiet)}\n  licence: {q(quiet)}\n"
        + f"  find_error: {quoted(say(WEB[1]))}\n  licence_url: {quoted(say(WEB[2]))}\n"
    )
    found["cities.yml"] = CITIES.replace("name: 香坊区", f"name: {q(quiet, '区')}").replace(
        "short: 齐齐哈尔", f"short: {q(SHORT)}"
    )
    found["scenes.yml"] = SCENES.replace("车间智能排产", q(quiet, "场景")).replace(
        "生产管理", q(quiet, "环节")
    )
    found["documents/hlj/2025-88.yml"] = (
        f"number: {NUMBER}\ntitle: {q(quiet)}\ndate: 2025-11-20\nurl: {quoted(say(WEB[2]))}\n"
    )
    for number, text in enumerate((*ACCEPTED, *LONG), start=10):
        long = text in LONG
        place = f"factories/230100/2301-{number:04}.yml"
        found[place] = (
            f"name: {q(ACCEPTED[0] if long else text, f'{number}')}\nkind: 数字化车间\n"
            f"enterprise: {q(ACCEPTED[0] if long else text, f'厂{number}')}\n"
            f"former_names:\n  - {{name: {q(quiet if long else text, f'旧厂{number}')}, until: 2024-03-01}}\n"
            f"city: 哈尔滨市\ncounty: {q(quiet, '区')}\nzone: {q(text)}\nindustry: 341\n"
            f"website: {quoted(say(WEB[number % len(WEB)]))}\n"
            f"titles:\n  - {{title: 先进级数字化车间, document: {NUMBER}, exception: {q(quiet if long else text)}}}\n"
            f"corrections:\n  - {{date: 2026-02-01, fields: [{q(quiet if long else text)}], reason: {q(text)}}}\n"
            + (
                f"revocations:\n  - {{title: 先进级数字化车间, document: {CANCELLED}, reason: {q(quiet if long else text)}}}\n"
                if number % 3 == 0
                else ""
            )
        )
        markup = MARKUP[number % len(MARKUP)]
        # One paragraph in both, so that the elements are the same.
        body = quoted(say(markup.replace("\n", " ")) + " " + say(quiet.replace("*", "")))
        found[f"cases/2026/2026-{number:04}.yml"] = (
            f"title: {q(ACCEPTED[0] if long else text, f'案例{number}')}\nfactory: 2301-{number:04}\nedition: 2025\nscenes: [3]\n"
            f"published: 2026-03-12\nsummary: {quoted((say(markup) + '　' + say(text[:100]) + '甲' * 20)[:300])}\n"
            f"metrics:\n  - {{name: {q(quiet if long else text)}, before: {q(quiet)}, after: {q(quiet)}, unit: {q(quiet)}}}\n"
            f"  - {{name: 乙, change: {q(quiet if long else text)}}}\n"
            f"body: {body}\nsource: {quoted(say(WEB[number % len(WEB)]))}\n"
            + (f"withdrawn: {{date: 2026-08-01, reason: {q(text)}}}\n" if number % 7 == 0 else "")
        )
    return found


def write(root: Path, say: Callable[[str], str]) -> None:
    """Write the registry into a folder."""
    own = files(say)
    base = {path: None for path in FILES if path.startswith(("factories/", "cases/"))}
    build(root, {**base, **own})
