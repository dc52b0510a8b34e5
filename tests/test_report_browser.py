"""The page in a real browser: nothing hangs over the edge of a telephone, and paper gets one committee's page."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from chromium import CHROMIUM, browsed
from report_findings import findings

from reports.page import page

MEASURE = """<script>addEventListener("load", () => {
  const wide = [...document.querySelectorAll("body *")].filter(e => !e.closest(".scroll") && !e.closest(".skip")
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className);
  for (const e of document.querySelectorAll("svg text")) {
    const box = e.getBoundingClientRect(), room = e.closest("svg").getBoundingClientRect();
    if (room.width && (box.right > room.right + 1 || box.left < room.left - 1)) wide.push("label:" + e.textContent);
  }
  document.title = "measured " + document.documentElement.scrollWidth + " of " + innerWidth + " " + wide.join(" ");
})</script></body>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.deep,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def branches(count: int) -> list[tuple[str, str, str, int]]:
    long = "Fabrication et commerce de produits à usage pharmaceutique, parapharmaceutique et vétérinaire"
    return [
        (f"b{at}", f"{long} {at}" if at % 4 == 0 else f"Branche {at}", f"Branch {at}", 100 * at) for at in range(count)
    ]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_committee_s_page_holds_all_thirty_two_branches_on_one_sheet(language: str, tmp_path: Path) -> None:
    """Verdict, headline figures, trajectory and every branch on the first sheet of A4."""
    html, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    html.write_text(page(findings(branches(32)), language), encoding="utf-8")
    browsed(html, tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    done = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    name = "Branche" if language == "fr" else "Branch"
    assert re.search(r"22[\s,]?100", done.stdout)
    assert all(re.search(rf"{name} {at}\b", done.stdout) for at in range(1, 32) if at % 4 or language == "en")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [400, 800, 1400])
def test_nothing_hangs_over_the_edge(language: str, width: int, tmp_path: Path) -> None:
    """Headless windows are never narrower than 500: the page is measured in a frame of the wanted width."""
    text = page(findings(branches(32)), language).replace(
        "default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"
    )
    inner = tmp_path / "inner.html"
    inner.write_text(text.replace("</body>", MEASURE), encoding="utf-8")
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<iframe src="inner.html" width="{width}" height="900" style="border:0"></iframe><script>'
        "setInterval(() => { document.title = frames[0].document.title }, 300)</script>",
        encoding="utf-8",
    )
    words = ("--allow-file-access-from-files", "--virtual-time-budget=60000", "--window-size=1500,1000", "--dump-dom")
    dumped = browsed(outer, tmp_path / "profile", *words)
    measured = re.search(r"<title>measured (\d+) of (\d+) ?([^<]*)</title>", dumped)
    assert measured, dumped[:500]
    assert int(measured[2]) == width
    assert int(measured[1]) <= width, measured[3]
    assert measured[3].strip() == ""
