"""One way in, on every system: sets up a private environment beside this file, then does what is asked.

    python3 go.py run convention-2i     set up, then any `enveloppe` command
    python3 go.py test                  set up, then the quick suite
    python3 go.py test --deep           set up, then the deep suite

On Windows write `py go.py ...`. Needs Python 3.11 or newer with venv and pip, and nothing else.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
INSIDE = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = INSIDE / ("python.exe" if os.name == "nt" else "python")


def stamp() -> str:
    """What the environment was made from; another stamp means setting up again."""
    made_from = [(HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join([*made_from, sys.version.encode()])).hexdigest()


def set_up() -> None:
    """Make the environment where it is missing or made from something else."""
    mark = HOME / "made-from"
    if PYTHON.exists() and mark.exists() and mark.read_text() == stamp():
        return
    print("setting up .venv (once, a minute or two) ...", file=sys.stderr)
    venv.create(HOME, with_pip=True, clear=True)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-c", "constraints.txt", "-e", ".[dev]"], cwd=HERE, check=True)
    mark.write_text(stamp())


def main(words: list[str]) -> int:
    """Set up, then run the tests or the `enveloppe` command with the words given."""
    if sys.version_info < (3, 11):
        print("Python 3.11 or newer is needed; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    if not words:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        set_up()
    except subprocess.CalledProcessError as error:
        print(f"setting up failed (pip ended with {error.returncode}); its own words stand above", file=sys.stderr)
        return 1
    if words[0] != "test":
        return subprocess.call([str(INSIDE / "enveloppe"), *words])
    rest = words[1:]
    suite = ["-m", "deep"] if "--deep" in rest else ["-m", "not deep"]
    options = [word for word in rest if word != "--deep"]
    workers = ["-n", str(min(os.cpu_count() or 1, 4))]
    command = [str(PYTHON), "-m", "pytest", "-q", "-rs", *workers, *suite, *options]
    return subprocess.call(command, cwd=HERE)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
