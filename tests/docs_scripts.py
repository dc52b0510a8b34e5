"""The scripts that stand beside pages of docs/, imported as modules."""

import importlib.util
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
