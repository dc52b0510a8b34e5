"""The ledger: integer cents that always add up (model.md, section 3).

authorised + shortfall = fee + reserve + unnotified + sum over lines of (open + to_pay + paid) + lapsed
"""

OF_ALL = ("authorised", "shortfall", "fee", "reserve", "unnotified", "lapsed", "committed")
OF_LINES = ("open", "to_pay", "paid", "notified")
"""The accounts by name, first those that are no line's."""


class Ledger:
    """The accounts of one run under one policy; every method moves whole cents and keeps the identity.

    Attributes:
        authorised: the envelope in force.
        shortfall: what a cut could not take, because it is committed.
        fee: set aside for the fund's running costs.
        reserve: kept back for all lines together.
        unnotified: not notified to any line (under one pot: the pot).
        open, to_pay, paid: by line: may be committed; committed and neither paid nor given back; paid.
        lapsed: given back after filing closed, and the fee that was not earned.
        notified: by line, what has been given to it so far, net of what was taken back; a count, no account.
        committed: to_pay + paid over all lines: commitments net of releases; a count, no account.
    """

    def __init__(self, authorised: int, fee: int, reserve: int, unnotified: int, lines: int) -> None:
        self.authorised = authorised
        self.shortfall = 0
        self.fee = fee
        self.reserve = reserve
        self.unnotified = unnotified
        self.open = [0] * lines
        self.to_pay = [0] * lines
        self.paid = [0] * lines
        self.lapsed = 0
        self.notified = [0] * lines
        self.committed = 0

    def difference(self) -> int:
        """Left side minus right side of the identity: 0, or the ledger is wrong."""
        held = self.fee + self.reserve + self.unnotified + self.lapsed
        lines = sum(self.open) + sum(self.to_pay) + sum(self.paid)
        return self.authorised + self.shortfall - held - lines

    def numbers(self) -> list[int]:
        """The accounts that are no line's, in the order of `sim.life_state`: AUTHORISED to COMMITTED."""
        return [getattr(self, name) for name in OF_ALL]

    def by_line(self) -> list[list[int]]:
        """The accounts of lines: open, to_pay, paid and notified."""
        return [list(getattr(self, name)) for name in OF_LINES]

    def notify(self, line: int, cents: int) -> None:
        """Unnotified to open; a negative amount takes money back."""
        self.unnotified -= cents
        self.open[line] += cents
        self.notified[line] += cents

    def draw_reserve(self, line: int, cents: int) -> None:
        """Reserve to open."""
        self.reserve -= cents
        self.open[line] += cents
        self.notified[line] += cents

    def commit(self, line: int, cents: int) -> None:
        """Open to to_pay (AE consumed)."""
        self.open[line] -= cents
        self.to_pay[line] += cents
        self.committed += cents

    def release(self, line: int, cents: int, filing_is_open: bool) -> int:
        """To_pay to open while filing is open, else to lapsed.

        Money given back first closes a shortfall: it was committed beyond what is authorised now, and may not be
        committed again.

        Returns:
            What came back to the line.
        """
        self.to_pay[line] -= cents
        return self._come_back(line, cents, filing_is_open)

    def recover(self, line: int, cents: int, filing_is_open: bool) -> int:
        """Paid to open while filing is open, else to lapsed: an advance that was not due after all comes back.

        Returns:
            What came back to the line; a shortfall is closed first, as by `release`.
        """
        self.paid[line] -= cents
        return self._come_back(line, cents, filing_is_open)

    def _come_back(self, line: int, cents: int, filing_is_open: bool) -> int:
        self.committed -= cents
        closing = min(self.shortfall, cents)
        self.shortfall -= closing
        self.notified[line] -= closing
        back = cents - closing
        if filing_is_open:
            self.open[line] += back
            return back
        self.lapsed += back
        return 0

    def pay(self, line: int, cents: int) -> None:
        """To_pay to paid (CP consumed)."""
        self.to_pay[line] -= cents
        self.paid[line] += cents

    def raise_envelope(self, cents: int, fee_cents: int) -> int:
        """More is authorised: it closes a shortfall first, then sets aside its fee, the rest is unnotified.

        Args:
            cents: how much more.
            fee_cents: the fee to set aside out of it, as far as a shortfall leaves money for it.

        Returns:
            What came to unnotified.
        """
        self.authorised += cents
        closing = min(self.shortfall, cents)
        self.shortfall -= closing
        fee = min(fee_cents, cents - closing)
        self.fee += fee
        self.unnotified += cents - closing - fee
        return cents - closing - fee

    def cut_envelope(self, cents: int, fee: int, unnotified: int, reserve: int, open_by_line: list[int]) -> None:
        """Less is authorised; what no account gives up is a shortfall.

        Args:
            cents: how much less.
            fee, unnotified, reserve, open_by_line: what each account gives up.
        """
        self.authorised -= cents
        self.fee -= fee
        self.unnotified -= unnotified
        self.reserve -= reserve
        for line, taken in enumerate(open_by_line):
            self.open[line] -= taken
            self.notified[line] -= taken
        self.shortfall += cents - fee - unnotified - reserve - sum(open_by_line)

    def close(self, fee_earned: int) -> int:
        """The fee that was set aside and not earned lapses at the end of the horizon; returns how much."""
        lapsed = max(self.fee - fee_earned, 0)
        self.fee -= lapsed
        self.lapsed += lapsed
        return lapsed
