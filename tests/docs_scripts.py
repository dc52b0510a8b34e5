"""What stands in docs/ and can be run: scripts beside pages, imported as modules, and examples in pages."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parent.parent / "docs"


def docs_script(folder: str, name: str) -> ModuleType:
    """The module of docs/<folder>/<name>.py."""
    spec = importlib.util.spec_from_file_location(f"{folder}_{name}".replace("-", "_"), DOCS / folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def examples_run(page: str) -> int:
    """Run every block of Python of docs/<page>, one after the other, in one set of names; says how many there were."""
    blocks: list[str] = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, f"docs/{page}", "exec"), names)
    return len(blocks)
