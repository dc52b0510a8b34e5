"""`extends:` and `--set`: a scenario says only what differs from another.

Precedence, from weakest to strongest: the extended scenario, the file itself, `--set`. Sections are merged key by
key; lists and plain values replace what they override, with their source.
"""

import re
import unicodedata
from importlib import resources
from pathlib import Path

from scenarios.problems import InputRefused, Place, Problem
from scenarios.spelling import likely
from scenarios.workbook_reading import is_workbook, read_workbook
from scenarios.yaml_reading import LARGEST_FILE, Node, read_yaml

LONGEST_CHAIN = 10


def shipped_names() -> tuple[str, ...]:
    """The names of the scenarios that come with the engine, in order."""
    folder = resources.files("scenarios") / "library"
    names = [entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(sorted(name for name in names if not name.startswith("_")))


def shipped_text(name: str) -> str:
    """The text of a shipped scenario (or of a part shared by several, whose name starts with `_`)."""
    return (resources.files("scenarios") / "library" / f"{name}.yaml").read_text(encoding="utf-8")


def _is_shipped(name: str) -> bool:
    if len(name) > 100:
        return False
    return (
        name.replace("-", "").replace("_", "").isalnum()
        and (resources.files("scenarios") / "library" / f"{name}.yaml").is_file()
    )


def read_file(path: Path, shown: str) -> Node:
    """Read one file, YAML or workbook, under the guards of its kind; raises InputRefused with its problems."""
    return read_workbook(path, shown) if is_workbook(path) else read_yaml(text_of(path, shown), shown)


def text_of(path: Path, shown: str) -> str:
    """The text of a YAML file; raises InputRefused where it is too large, not UTF-8 or cannot be read."""
    place = Place(shown)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputRefused([Problem(place, "too_large", details={"limit": LARGEST_FILE})])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused([Problem(place, "not_utf8")]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputRefused([Problem(place, "unreadable", details={"reason": reason})]) from None


def resolve(question: str) -> Node:
    """The tree of a scenario with everything it extends.

    Args:
        question: a shipped name, the path of a YAML file or of a workbook, or of a folder that holds `scenario.yaml`.

    Returns:
        The merged tree, without `extends`.

    Raises:
        InputRefused: with every problem found.
    """
    if len(question) > 4_000 or any(len(part) > 255 for part in Path(question).parts) or "\0" in question:
        place = Place(question[:60])
        raise InputRefused([Problem(place, "not_found", details={"shipped": list(shipped_names())})])
    path = Path(question)
    if path.is_dir() and (path / "scenario.yaml").is_file():
        path, question = path / "scenario.yaml", str(path / "scenario.yaml")
    if _is_shipped(question) and not path.is_file():
        return _extended(read_yaml(shipped_text(question), f"{question}.yaml"), None, [question])
    if not path.is_file():
        details = {"shipped": list(shipped_names()), "likely": likely(question, shipped_names())}
        raise InputRefused([Problem(Place(question), "not_found", details=details)])
    real = path.resolve()
    return _extended(read_file(real, question), real.parent, [str(real)])


def _extended(node: Node, folder: Path | None, chain: list[str]) -> Node:
    base = node.value.pop("extends", None)
    if base is None:
        return node
    name = base.value
    if len(chain) >= LONGEST_CHAIN:
        raise InputRefused([Problem(base.place, "extends_too_long", "extends", {"limit": LONGEST_CHAIN})])
    if not isinstance(name, str):
        raise InputRefused([Problem(base.place, "text", "extends", {"found": name})])
    if _is_shipped(name):
        if name in chain:
            raise InputRefused([Problem(base.place, "extends_cycle", "extends", {"chain": [*chain, name]})])
        below = _extended(read_yaml(shipped_text(name), f"{name}.yaml"), None, [*chain, name])
        return merged(below, node)
    if folder is None:
        raise InputRefused([Problem(base.place, "extends_outside", "extends", {"found": name})])
    try:
        target = (folder / name).resolve()
        known = target.is_file()
    except (OSError, ValueError):
        known, target = False, folder
    if not target.is_relative_to(folder):
        raise InputRefused([Problem(base.place, "extends_outside", "extends", {"found": name})])
    if not known:
        details = {"shipped": list(shipped_names()), "likely": likely(name, shipped_names())}
        raise InputRefused([Problem(base.place, "not_found", "extends", details)])
    if str(target) in chain:
        names = [Path(entry).name for entry in [*chain, str(target)]]
        raise InputRefused([Problem(base.place, "extends_cycle", "extends", {"chain": names})])
    shown = str(Path(node.place.file).parent / name)
    return merged(_extended(read_file(target, shown), target.parent, [*chain, str(target)]), node)


def merged(below: Node, above: Node) -> Node:
    """One tree over another: sections key by key, everything else replaced whole, and so a section of another kind."""
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)) or _of_another_kind(below, above):
        return above
    entries = dict(below.value)
    for key, node in above.value.items():
        entries[key] = merged(entries[key], node) if key in entries else node
    problems = [*below.problems, *above.problems]
    return Node(entries, above.place, above.key_place, blanks=above.blanks, problems=problems)


def _of_another_kind(below: Node, above: Node) -> bool:
    """Whether both say their `kind`, and not the same: the keys of the one mean nothing to the other."""
    kinds = [side.value["kind"].value if "kind" in side.value else None for side in (below, above)]
    # A table may have an entry of that name: it is no kind.
    return all(isinstance(kind, str) for kind in kinds) and kinds[0] != kinds[1]


OVERRIDE = "override: --set"


def override(tree: Node, text: str) -> tuple[str, str]:
    """Apply one `--set KEY=VALUE` to a tree, in place.

    Args:
        tree: the resolved tree.
        text: "key=value"; the key is dotted, list entries are numbered from 0; the value is read as YAML.

    Returns:
        The key and the value as given.

    Raises:
        InputRefused: when the text is not of that form or goes through a single value.
    """
    place = Place(f"--set {text.split('=', 1)[0]}")
    key, equals, value = text.partition("=")
    if not equals or not key.strip("."):
        raise InputRefused([Problem(place, "set_form", details={"found": text})])
    parsed: Node = read_yaml(f"value: {value}", place.file).value.get("value", Node(None, place))
    leaf = _placed(parsed, place)
    node = tree
    steps = key.split(".")
    for step in steps[:-1]:
        node = _step(node, step, place)
    if isinstance(node.value, list):
        index = _index(node, steps[-1], place)
        node.value[index] = leaf
    elif isinstance(node.value, dict):
        node.value[steps[-1]] = leaf
    else:
        raise InputRefused([Problem(place, "set_path", details={"found": ".".join(steps[:-1])})])
    return key, value


def _placed(node: Node, place: Place) -> Node:
    """The node and all below it, standing on the command line and sourced from it."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _placed(inner, place) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_placed(inner, place) for inner in value]
    return Node(value, place, place, OVERRIDE)


def _index(node: Node, step: str, place: Place) -> int:
    if not step.isdecimal() or int(step) >= len(node.value):
        raise InputRefused([Problem(place, "set_path", details={"found": step})])
    return int(step)


def _step(node: Node, step: str, place: Place) -> Node:
    if isinstance(node.value, dict):
        if step not in node.value:
            node.value[step] = Node({}, place, place)
        inner: Node = node.value[step]
        return inner
    if isinstance(node.value, list):
        entry: Node = node.value[_index(node, step, place)]
        return entry
    raise InputRefused([Problem(place, "set_path", details={"found": step})])


def starting_text(language: str, name: str = "") -> str:
    """The text of a scenario file to start from.

    Args:
        language: "fr" or "en", of its comments.
        name: of the scenario, a valid code; by default "mon-scenario" or "my-scenario".
    """
    text = (resources.files("scenarios") / "starting" / f"scenario.{language}.yaml").read_text(encoding="utf-8")
    return text.replace(STARTING_NAMES[language], name) if name else text


STARTING_NAMES = {"fr": "mon-scenario", "en": "my-scenario"}
"""What a scenario to start from is called where nothing else is known."""


def name_after(folder: str) -> str:
    """The name of a scenario that stands in a folder: its letters and digits, the rest as dashes.

    Args:
        folder: its name.

    Returns:
        A valid code of ASCII; "" where the folder gives none, or that of a shipped scenario.
    """
    plain = unicodedata.normalize("NFKD", folder).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:64].rstrip("-")
    if not name or name in (*shipped_names(), "true", "false", "null"):
        return ""
    # A letter in front: YAML would read 2021 as a number.
    return name if name[0].isalpha() else f"plan-{name}"[:64].rstrip("-")


def starting_tree(language: str, name: str = "") -> Node:
    """The shipped agreement, whole, under the name of a scenario to start from (as `starting_text`)."""
    tree = resolve("convention-2i")
    started = read_yaml(starting_text(language, name), "starting")
    for key in ("name", "title_fr", "title_en", "language"):
        tree.value[key] = started.value.get(key, tree.value[key])
    return tree
