"""The example row of each sheet: filled from the vocabularies, visibly fictional, never imported.

May import `columns`, `forms`, `registry` and `wordlists`.
"""

from datetime import date, timedelta

from generator import forms
from generator.parse.unit_fields import CLOSING_REASONS, METHODS
from generator.registry import Registry
from generator.sheets.wordlists import industry_words, word_lists

Cells = dict[str, str | int | date]


def example(kind: str, registry: Registry, as_of: date) -> Cells:
    """Return the example row of a sheet, by the fields of its columns.

    Args:
        kind: the kind of act.
        registry: whose words are used.
        as_of: the day the template is made on, of whose year the example speaks.
    """
    day = date(as_of.year, 1, 1) + timedelta(days=19)
    lists = word_lists(registry)
    city = registry.cities.prefectures[0]
    title = registry.policy.titles[0]
    first = f"91{city.code}EX0000001"
    code = first + forms.uscc_check_character(first)
    number = next(iter(lists["documents"]), f"示例工信发〔{day.year}〕1号")
    who: Cells = {
        "enterprise": f"{city.short}示例机械有限公司",
        "name": f"示例部件加工{title.kind}",
        "uscc": code,
    }
    act: Cells = {"title": title.name, "document": number, "date": day}
    if kind == "award":
        industries = lists["industries"]
        found = next((section.divisions[0].code for section in registry.industries.sections[-1:]), "")
        preferred = "34" if registry.industry("34") else found
        county = next((county.name for county in city.counties), "")
        return {
            **who,
            "kind": title.kind,
            "city": city.name,
            "county": county,
            "industry": industry_words(preferred, registry) if preferred else industries[0],
            **act,
        }
    if kind == "renewal":
        return {**who, **act}
    if kind == "revocation":
        return {**who, **act, "reason": "申报材料与实际不符"}
    if kind == "maturity":
        return {**who, "date": day, "level": 2, "method": METHODS[0]}
    if kind == "rename":
        return {
            "enterprise": f"{city.short}示例机械厂",
            "uscc": code,
            "new_name": who["enterprise"],
            "until": day,
        }
    if kind == "closing":
        return {**who, "date": day, "reason": CLOSING_REASONS[0]}
    edition = registry.scenes.editions[-1] if registry.scenes.editions else None
    return {
        **who,
        "case_title": "示例部件的在线质量检测",
        "edition": edition.edition if edition else "2025",
        "scenes": "、".join(str(scene) for scene in sorted(edition.names)[:2]) if edition else "1、2",
        "published": day,
        "summary": "在加工中测量尺寸并自动补偿刀具磨损，成品合格率由九成五提高到九成九，返工减少一半。",
        "metrics": "返工工时|减少 50%\n成品合格率|95%|99%|",
        "body": "## 基本情况\n\n这里写正文，段落之间空一行。\n\n## 建设内容\n\n各节的标题前写两个井号和一个空格。",
    }
