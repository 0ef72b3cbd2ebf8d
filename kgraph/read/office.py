"""Old Word and WPS documents (.doc, .wps, .rtf), turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from kgraph.errors import UnreadableReport
from kgraph.read.content import Content
from kgraph.read.docx import read_docx

SECONDS = 50
NAMES = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macros, no linked files, no active content: a document cannot reach outside."""


def read_office(data: bytes) -> Content:
    """The text of an old Word or WPS document. Raises ``UnreadableReport`` where LibreOffice is missing, fails or takes too long."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise UnreadableReport(
            "old Word and WPS files are read by LibreOffice, which is not installed (no soffice on the PATH); or save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="kgraph-") as folder:
        root = Path(folder)
        profile = root / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = root / ("report.rtf" if data.startswith(b"{\\rtf") else "report.doc")
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", "--nologo", f"-env:UserInstallation={(root / 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(root / "out"), str(source),
        ]  # fmt: skip
        keep = {
            key: value
            for key, value in os.environ.items()
            if key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
        }
        proxies = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}  # nothing listens there
        try:
            subprocess.run(
                command,
                cwd=root,
                env={**keep, **proxies, "HOME": str(root)},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableReport(f"LibreOffice had not converted it after {SECONDS} seconds") from None
        except OSError as error:
            raise UnreadableReport(f"LibreOffice could not be started ({error.strerror})") from None
        made = root / "out" / "report.docx"
        if not made.is_file():
            raise UnreadableReport("LibreOffice could not convert it: broken, or protected by a password")
        return read_docx(made.read_bytes())
