"""LibreOffice as a person would use it: open, type, save. Every test has a profile of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

TIMEOUT = 120
Edit = tuple[str, str, str | float]
"""A sheet, a cell, and what is typed into it: a text, a number, or «=…», a formula in English."""

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Typist"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typist" script:language="StarBasic">{code}
</script:module>
"""


class Office:
    """LibreOffice Calc without a window."""

    def __init__(self, program: str, profile: Path) -> None:
        self.program = program
        self.profile = profile

    def edit(self, source: Path, target: Path, edits: Sequence[Edit]) -> None:
        """Open a workbook, type into it and save it as .xlsx (or .ods, by the target's name)."""
        kind = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}[target.suffix]
        lines = [_typed(*edit) for edit in edits]
        code = "\n".join(
            [
                "Sub Main",
                "Dim hidden(0) As New com.sun.star.beans.PropertyValue",
                'hidden(0).Name = "Hidden" : hidden(0).Value = True',
                f'doc = StarDesktop.loadComponentFromURL("{source.as_uri()}", "_blank", 0, hidden())',
                *lines,
                "Dim saving(0) As New com.sun.star.beans.PropertyValue",
                f'saving(0).Name = "FilterName" : saving(0).Value = "{kind}"',
                f'doc.storeToURL("{target.as_uri()}", saving())',
                "doc.close(True)",
                "End Sub",
            ]
        )
        self._library(code)
        self._run("macro:///Standard.Typist.Main")
        assert target.is_file(), "LibreOffice saved nothing"

    def jump(self, source: Path, targets: Sequence[str]) -> list[str]:
        """Follow links within a workbook; return the cell each leads to, as «$Лист.$A$1»."""
        told = self.profile.parent / "jumps.txt"
        listed = ", ".join(f'"{target}"' for target in targets)
        code = [
            "Sub Main",
            "Dim hidden(0) As New com.sun.star.beans.PropertyValue",
            "Dim mark(0) As New com.sun.star.beans.PropertyValue",
            'hidden(0).Name = "Hidden" : hidden(0).Value = True',
            f'doc = StarDesktop.loadComponentFromURL("{source.as_uri()}", "_blank", 0, hidden())',
            'dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")',
            f"targets = Array({listed})",
            'found = ""',
            "For place = 0 To UBound(targets)",
            'mark(0).Name = "Bookmark" : mark(0).Value = targets(place)',
            'dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:JumpToMark", "", 0, mark())',
            "found = found & doc.CurrentSelection.AbsoluteName & chr(10)",
            "Next place",
            "number = FreeFile",
            f'Open "{told}" For Output As #number',
            "Print #number, found",
            "Close #number",
            "doc.close(True)",
            "End Sub",
        ]
        self._library("\n".join(code))
        self._run("macro:///Standard.Typist.Main")
        return told.read_text(encoding="utf-8").split()

    def convert(self, source: Path, kind: str, folder: Path) -> Path:
        """Open a workbook and save it in another format without typing anything; return the file."""
        self._run("--convert-to", kind, "--outdir", str(folder), str(source))
        target = folder / f"{source.stem}.{kind}"
        assert target.is_file(), "LibreOffice saved nothing"
        return target

    def convert_all(self, sources: Sequence[Path], kind: str, folder: Path) -> None:
        """Open workbooks and save each in another format, all in one run; they keep their names."""
        self._run("--convert-to", kind, "--outdir", str(folder), *map(str, sources))

    def _library(self, code: str) -> None:
        """Put the macro into the profile's own library, once LibreOffice has made it."""
        standard = self.profile / "user" / "basic" / "Standard"
        if not standard.is_dir():
            self._run("--terminate_after_init")
        (standard / "Typist.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
        (standard / "script.xlb").write_text(_LIBRARY, encoding="utf-8")

    def _run(self, *arguments: str) -> None:
        command = [
            self.program,
            f"-env:UserInstallation={self.profile.as_uri()}",
            "--headless",
            "--norestore",
            *arguments,
        ]
        settings = {**os.environ, "LC_ALL": "C.UTF-8"}  # names of workbooks are Cyrillic
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, env=settings
        ) as running:
            try:
                output, _ = running.communicate(timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                # A mistake in a macro waits for somebody to press OK; the program itself is a child of its starter.
                os.killpg(running.pid, signal.SIGKILL)
                raise
        assert running.returncode == 0, output


def _typed(sheet: str, cell: str, value: str | float) -> str:
    place = f'doc.Sheets.getByName("{sheet}").getCellRangeByName("{cell}")'
    if isinstance(value, str):
        quoted = value.replace('"', '""')
        return f'{place}.setFormula("{quoted}")' if value.startswith("=") else f'{place}.setString("{quoted}")'
    return f"{place}.setValue({value})"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """LibreOffice with a profile of this test alone."""
    return Office("soffice", tmp_path / "profile")
