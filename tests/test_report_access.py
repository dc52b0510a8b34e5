"""The page under axe-core in a real browser: nothing serious, nothing asked of any network.

axe-core (MPL-2.0) is no dependency of the project. The test finds it where ENVELOPPE_AXE names `axe.min.js`, or in a
`node_modules` folder above the tests; elsewhere it says that it was not run.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM, browsed
from click.testing import CliRunner
from report_findings import findings, tiny
from test_report_browser import branches
from tiny import TINY

from enveloppe.cli import main
from reports.page import page


def axe_core() -> Path | None:
    """Where axe-core is on this machine."""
    named = os.environ.get("ENVELOPPE_AXE")
    places = [Path(named)] if named else []
    places += [above / "node_modules" / "axe-core" / "axe.min.js" for above in Path(__file__).resolve().parents]
    return next((place for place in places if place.is_file()), None)


AXE = axe_core()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.deep,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
LOOK = """<script>addEventListener("load", async () => {
  document.querySelectorAll("details").forEach(part => { part.open = true });
  const found = await axe.run(document, {resultTypes: ["violations", "incomplete"]});
  const told = list => list.map(one => ({id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html)}));
  const out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify({violations: told(found.violations), incomplete: told(found.incomplete)});
  document.body.replaceChildren(out);
})</script></body>"""


def seen_by_axe(html: str, folder: Path) -> dict[str, Any]:
    """What axe-core finds in a page whose every fold is open."""
    assert AXE is not None
    file = folder / "page.html"
    text = html.replace("default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'")
    script = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    file.write_text(text.replace("</body>", f"<script>{script}</script>{LOOK}"), encoding="utf-8")
    words = ("--virtual-time-budget=60000", "--window-size=1280,1000", "--dump-dom")
    dumped = browsed(file, folder / "profile", *words)
    told = re.search(r'<pre id="found">(.*?)</pre>', dumped, re.DOTALL)
    assert told, dumped[:300]
    plain = told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
    found: dict[str, Any] = json.loads(plain)
    return found


@pytest.mark.skipif(AXE is None, reason="axe-core is not on this machine (npm install axe-core; ENVELOPPE_AXE)")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["tiny", "thirty-two"])
def test_axe_finds_nothing_serious(name: str, language: str, tmp_path: Path) -> None:
    found = tiny() if name == "tiny" else findings(branches(32))
    seen = seen_by_axe(page(found, language), tmp_path)
    serious = [one for one in seen["violations"] if one["impact"] in ("serious", "critical")]
    assert serious == []
    assert [one["id"] for one in seen["violations"]] == []


@pytest.mark.skipif(AXE is None, reason="axe-core is not on this machine (npm install axe-core; ENVELOPPE_AXE)")
def test_axe_finds_nothing_serious_in_a_comparison(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("compare", str(TINY), str(TINY), "--runs", "4", "--jobs", "1", "--lang", "fr", "--out", str(out))
    assert CliRunner().invoke(main, list(words)).exit_code == 0
    seen = seen_by_axe((out / "compare.html").read_text(encoding="utf-8"), tmp_path)
    assert [one["id"] for one in seen["violations"]] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_asks_no_network_for_anything(language: str, tmp_path: Path) -> None:
    """The browser's own log of requests holds none but the file itself."""
    file, log = tmp_path / "page.html", tmp_path / "net.json"
    file.write_text(page(tiny(), language), encoding="utf-8")
    words = (f"--log-net-log={log}", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom")
    browsed(file, tmp_path / "profile", *words)
    asked = set(re.findall(r'"url":"((?:https?|wss?|ftp)://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))
    own = {url for url in asked if re.match(r"https?://[^/]*\.(?:google|googleapis|gvt1)\.com/", url)}
    assert asked - own == set()
