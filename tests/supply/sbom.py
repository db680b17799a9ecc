"""The software bill of materials of a release: CycloneDX 1.6 of what `make` installs to build a site, with licences.

    python -m tests.supply.sbom FILE

The same lock file gives the same bytes: there is no time in it, and the serial number follows from the content.
"""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.supply.licences import TABLE
from tests.supply.locks import ROOT


def sbom() -> str:
    """Return the bill of materials as JSON, or raise ValueError where it does not fit its schema."""
    made = subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--no-validate"),
            *("--sv", "1.6", "--of", "JSON", "--pyproject", "pyproject.toml", "requirements.lock"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    found: dict[str, Any] = json.loads(made.stdout)
    found["components"].sort(key=lambda component: (component["name"], component["version"]))
    for component in found["components"]:
        # The line of the lock file, hashes and all, which stand in the references as well.
        del component["description"]
        component["licenses"] = [{"expression": TABLE["packages"][component["name"]]}]
    content = json.dumps(found, sort_keys=True)
    found["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, content).urn
    text = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(f"not CycloneDX 1.6: {wrong}")
    return text


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sbom(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"已写出 {target}。\n")
