"""`enveloppe draws`: the draws kept on this machine, and how to be rid of them."""

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere


@click.command(
    epilog="\b\nExamples:\n  enveloppe draws             where they are kept, how much there is\n"
    "  enveloppe draws --empty     delete them; they are drawn again when they are needed"
)
@click.option("--empty", is_flag=True, help="Delete them all.")
@everywhere
def command(empty: bool, console: Console) -> None:
    """Tell where the draws of runs are kept, so that changing one cap draws nothing again (docs/sweeps.md)."""
    raise SystemExit(guarded(console, lambda: _draws(console, empty=empty)))


def _draws(console: Console, *, empty: bool) -> int:
    from enveloppe.draws_folder import cap_bytes, discard_draws, draws_kept, draws_place
    from enveloppe.folder import FolderRefused

    place = draws_place()
    if place is None:
        console.result({"kept": False}, console.say("draws_off"))
        return exit_codes.DONE
    if empty:
        try:
            discard_draws()
        except OSError as error:
            raise FolderRefused(place, error) from None
    size, cap = sum(of for _, of, _ in draws_kept()), cap_bytes()
    told = {"kept": True, "folder": str(place), "bytes": size, "most_bytes": cap}
    text = console.say("draws_kept", folder=place, size=f"{size / 1e6:.0f}", cap=f"{cap / 1e6:.0f}")
    console.result(told, text)
    return exit_codes.DONE
