"""Fuzz one way in, guided by the lines of the generator that inputs reach (atheris, on libFuzzer).

    python tests/fuzz/campaign.py TARGET [--seconds N] [--runs N] [--seed N] [--keep DIR]

Begins from the demonstration registry's shapes and the hostile corpus. An input that breaks something, takes more than ten
seconds or a gibibyte and a half stays in the folder, named after its kind, and the program ends with an error; it belongs into
`tests/fuzz/crashers/<target>/` then, where the tests try it for ever.
"""

import argparse
import json
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["generator", "markdown_it"]):
    from tests.checks.base import FILES
    from tests.fuzz.targets import PARTS, PATHS, TARGETS, workbook_parts
    from tests.hostile.corpus import ADDRESSES, TEXTS, quoted
    from tests.sheets import files

SECONDS_AN_INPUT = 10
MEBIBYTES = 1_536
LONGEST = 16_384


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with: what is right, and every hostile text within it."""
    texts = [attack.text for attack in (*TEXTS, *ADDRESSES) if len(attack.text) < 4_000]
    if target == "markdown":
        table = '|甲|乙|\n|--:|---|\n|1|[丙](https://x.example/ "丁")|\n\n> 1. `戊`\n\n```己\n庚\n```\n\n<div>\n\n***\n'
        return [table.encode(), *(text.encode("utf-8", "replace") for text in texts)]
    if target == "sheet":
        lines = "".join(f"{number},哈尔滨示例{number}公司,智能工厂{number},哈尔滨市\n" for number in range(3))
        parts = [bytes([2 + number]) + workbook_parts()[part] for number, part in enumerate(PARTS)]
        rows = [
            b"\1" + f'1,"{text.replace(chr(34), chr(34) * 2)}",甲,哈尔滨市\n'.encode("utf-8", "replace")
            for text in texts
        ]
        return [b"\1" + lines.encode(), b"\0" + files.text(files.LISTED, encoding="gb18030"), *parts, *rows]
    records = [FILES[path].encode() for path in PATHS]
    hostile = [f"name: {quoted(text)}\nwebsite: {quoted(text)}\n".encode() for text in texts]
    if target == "reader":
        return [*records, *hostile]
    unit = PATHS.index("factories/230100/2301-0001.yml")
    return [bytes([number]) + record for number, record in enumerate(records)] + [
        bytes([unit]) + one for one in hostile
    ]


def words(folder: Path) -> Path:
    """What files are made of, for libFuzzer to try: field names, marks of YAML, XML and Markdown."""
    keys = {
        line.split(":")[0].strip(" -{") for text in FILES.values() for line in text.split("\n") if ":" in line
    }
    marks = ["- ", ": ", "{", "}", "[", "]", "|\n  ", ">-\n", "&a ", "*a", "!!x ", "---\n", "? ", "\\u0000", "\"", "〔2025〕",
             "<c r=\"A1\"", " t=\"s\"", "<v>", "<f>", "<mergeCell ref=\"A1:XFD1048576\"/>", "<!DOCTYPE x>", "&#65;", "](", "<!--",
             "](javascript:", "\n\n", "\t", "![", "```", "|---|"]  # fmt: skip
    lines = [json.dumps(word, ensure_ascii=True) for word in (*sorted(keys), *marks)]
    plain = [line for line in lines if "\\u" not in line and "\\n" not in line and "\\t" not in line]
    place = folder / "words.txt"
    place.write_text("\n".join(plain) + "\n", encoding="utf-8")
    return place


def main() -> None:
    """Run one campaign."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target", choices=sorted(TARGETS))
    asked.add_argument("--seconds", type=int, default=0)
    asked.add_argument("--runs", type=int, default=-1)
    asked.add_argument("--seed", type=int, default=0, help="0 is another one each time")
    asked.add_argument("--keep", type=Path, default=ROOT / "build/fuzz")
    given = asked.parse_args()
    folder: Path = given.keep / given.target
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(given.target)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    atheris.Setup(
        [
            "campaign",
            str(corpus),
            f"-dict={words(folder)}",
            f"-artifact_prefix={folder}/",
            f"-max_total_time={given.seconds}",
            f"-runs={given.runs}",
            f"-seed={given.seed}",
            f"-timeout={SECONDS_AN_INPUT}",
            f"-rss_limit_mb={MEBIBYTES}",
            f"-max_len={LONGEST}",
            "-print_final_stats=1",
        ],
        TARGETS[given.target],
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
