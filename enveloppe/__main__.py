"""`python -m enveloppe` is the command line."""

from enveloppe.cli import main

if __name__ == "__main__":
    main(prog_name="enveloppe")
