"""LibreOffice as a second opinion: converts a workbook to one with computed values."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sheets.computing import Reader

SECONDS_MAX = 240
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""


def office_reader(content: bytes, folder: Path) -> Reader:
    """Compute a workbook; without LibreOffice the test is skipped, or fails when CI=true."""
    program = shutil.which("soffice")
    if program is None:
        missing = "LibreOffice is not installed: apt-get install libreoffice-calc"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    profile = profile_in(folder)
    source = folder / "book.xlsx"
    source.write_bytes(content)
    out = folder / "computed"
    command = [
        program,
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_MAX)
    workbook = load_workbook(out / "book.xlsx", data_only=True)

    def read(tab: str, row: int, column: int) -> object:
        return workbook[tab].cell(row + 1, column + 1).value

    return read


def profile_in(folder: Path, locale: str = "en-US") -> Path:
    """A fresh profile: without it LibreOffice would believe cached values, wherever a file has them."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(locale=locale))
    return profile
