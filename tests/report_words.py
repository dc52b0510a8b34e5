"""The texts that reports translate, read off the code and the templates."""

import ast
from pathlib import Path

from jinja2 import Environment, nodes

REPORTS = Path(__file__).parent.parent / "reports"


def texts_in_use() -> dict[str, str]:
    """Every text marked for translation, with the file that marks it."""
    texts: dict[str, str] = {}
    for file in sorted(REPORTS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "msg":
                texts.setdefault(ast.literal_eval(node.args[0]), file.name)
    for file in sorted(REPORTS.rglob("*.j2")):
        tree = Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "words":
                texts.setdefault(call.args[0].as_const(), file.name)
    return texts
