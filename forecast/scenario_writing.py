"""A fitted inflow as a scenario file that extends its base and says where each value comes from."""

from typing import Any

import yaml

from forecast.fitted import Written
from scenarios.yaml_reading import Node, plain


def scenario_text(
    name: str, base: str, titles: dict[str, str], written: list[Written], origin: str, comment: str
) -> str:
    """The text of a calibrated scenario.

    Args:
        name: of the new scenario.
        base: what it extends.
        titles: "title_fr" and "title_en".
        written: its values.
        origin: what every source begins with, after "derived: ".
        comment: the first lines of the file, without the sign of a comment.

    Returns:
        YAML that `enveloppe check` reads.
    """
    tree: dict[str, Any] = {"extends": base, "name": name, **titles}
    for one in written:
        place = tree
        for step in one.key[:-1]:
            place = place.setdefault(step, {})
        source = f"derived: {origin}: {one.source}"
        held = place.get(one.key[-1])
        if isinstance(one.value, dict):
            place[one.key[-1]] = {**(held or {}), **one.value, "source": source}
        else:
            place[one.key[-1]] = {"value": one.value, "source": source}
    return _dumped(tree, comment)


class _Plain(yaml.SafeDumper):
    """Writes every value out: anchors and aliases are not accepted in scenarios."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never abbreviate."""
        return True


def _dumped(tree: Any, comment: str) -> str:
    text = yaml.dump(tree, Dumper=_Plain, sort_keys=False, allow_unicode=True, default_flow_style=False, width=110)
    return "".join(f"# {line}\n" for line in comment.splitlines()) + str(text)


def tree_text(tree: Node, comment: str) -> str:
    """A resolved scenario as one file, each value with its source; for a base that is no shipped name."""
    return _dumped(_told(tree), comment)


def _told(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _told(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list) and any(isinstance(inner.value, dict) for inner in node.value):
        return [_told(inner) for inner in node.value]
    value = list(plain(node)) if isinstance(node.value, list) else node.value
    return value if node.source is None else {"value": value, "source": node.source}
