"""What a line funds of a run's demand with the money it was notified: in order, by period, and as a curve of the money.

With one price in a line (`line_price`) serving in order is the best that can be done: a request served earlier gives
back earlier what it will not use, and the oldest is the first to give up. What is funded is then a concave curve of the
money, in straight pieces, and the second stage of the envelope without committees is those curves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]

STEP = 1e-6
"""Slopes are taken over this share of the money that funds all."""
NEAR = 1e-9
"""Curves and their chords this near to each other, as a share of all that is asked, are one."""
ROUNDS = 40


def funded_in_order(asked: Float, price: Float, kept: Float, factor: Float, patience: int, money: Float) -> Float:
    """Pathways funded over the horizon, first come first served.

    Args:
        asked: float64 (rows, periods), pathways asked in each period.
        price: float64 (rows,), above 0.
        kept: float64 (rows, periods, periods), share of a commitment of the first period still bound at the end of the
            second.
        factor: float64 (periods,), what may be committed by the end of each period of one unit notified.
        patience: how many periods a request waits.
        money: float64 (rows,), notified.

    Returns:
        float64 (rows,).
    """
    rows, periods = asked.shape
    spent = np.zeros((rows, periods))
    total = np.zeros(rows)
    waiting = np.zeros((rows, patience))
    for period in range(periods):
        # Who waits, the oldest first, then who comes.
        queue = np.concatenate([waiting, asked[:, period : period + 1]], axis=1)
        room = np.maximum(money * factor[period] - spent[:, period], 0.0)
        own = price * kept[:, period, period]
        served = np.minimum(queue.sum(axis=1), room / own)
        total += served
        spent[:, period:] += (served * price)[:, None] * kept[:, period, period:]
        before = np.cumsum(queue, axis=1) - queue
        left = queue - np.clip(served[:, None] - before, 0.0, queue)
        waiting = left[:, 1:] if patience else np.zeros((rows, 0))
    return total


@dataclass(frozen=True, eq=False)
class Curves:
    """Funding curves in straight pieces, slopes falling.

    Attributes:
        row: int64 (pieces,), the curve that each piece belongs to, ascending.
        width: float64 (pieces,), money.
        slope: float64 (pieces,), pathways for one more unit of money.
    """

    row: Int
    width: Float
    slope: Float


def funding_curves(asked: Float, price: Float, kept: Float, factor: Float, patience: int) -> Curves:
    """The curve of what is funded against the money notified, for each row; arguments as `funded_in_order`.

    Returns:
        The pieces of every curve up to the money that funds all that can be funded.

    Source: the breaks of a concave piecewise linear curve lie where tangents meet; each round halves what is not yet
    proven straight (Eisner and Severance, 1976).
    """
    rows = len(asked)
    enough = asked.sum(axis=1) * price / np.maximum(factor.min(), 1e-9) * 1.0000001
    wanted = np.flatnonzero(enough > 0)

    def at(row: Int, money: Float) -> Float:
        return funded_in_order(asked[row], price[row], kept[row], factor, patience, money)

    breaks_row, breaks_money, breaks_value = [wanted, wanted], [np.zeros(len(wanted)), enough[wanted]], []
    top = at(wanted, enough[wanted])
    breaks_value = [np.zeros(len(wanted)), top]
    step = STEP * enough
    low, high = np.zeros(len(wanted)), enough[wanted]
    low_value, high_value = np.zeros(len(wanted)), top
    low_slope = at(wanted, step[wanted]) / step[wanted]
    high_slope = np.zeros(len(wanted))
    row = wanted
    for _ in range(ROUNDS):
        bent = low_value + low_slope * (high - low) - high_value > NEAR * np.maximum(top_of(row, wanted, top), 1e-9)
        bent &= high - low > 4 * step[row]
        row, low, high = row[bent], low[bent], high[bent]
        low_value, high_value, low_slope, high_slope = (
            low_value[bent],
            high_value[bent],
            low_slope[bent],
            high_slope[bent],
        )
        if not len(row):
            break
        apart = np.maximum(low_slope - high_slope, 1e-300)
        meets = (high_value - low_value + low_slope * low - high_slope * high) / apart
        meets = np.clip(meets, low + 2 * step[row], high - 2 * step[row])
        value = at(row, meets)
        breaks_row.append(row)
        breaks_money.append(meets)
        breaks_value.append(value)
        left = (value - at(row, meets - step[row])) / step[row]
        right = (at(row, meets + step[row]) - value) / step[row]
        row = np.concatenate([row, row])
        low, high = np.concatenate([low, meets]), np.concatenate([meets, high])
        low_value, high_value = np.concatenate([low_value, value]), np.concatenate([value, high_value])
        low_slope, high_slope = np.concatenate([low_slope, right]), np.concatenate([left, high_slope])
    return _pieces(np.concatenate(breaks_row), np.concatenate(breaks_money), np.concatenate(breaks_value), rows)


def top_of(row: Int, wanted: Int, top: Float) -> Float:
    """What is asked in all on the curve of each row."""
    return top[np.searchsorted(wanted, row)]


def _pieces(row: Int, money: Float, value: Float, rows: int) -> Curves:
    """Chords between neighbouring breaks; neighbours that lie on one line are joined."""
    del rows
    order = np.lexsort((money, row))
    row, money, value = row[order], money[order], value[order]
    same = row[1:] == row[:-1]
    width, gain = np.diff(money)[same], np.diff(value)[same]
    of = row[1:][same]
    there = width > 0
    of, width, gain = of[there], width[there], gain[there]
    slope = gain / width
    # Slopes fall along a curve; what rounding lifts is set back.
    slope = _falling(of, slope)
    joins = (of[1:] == of[:-1]) & (np.abs(np.diff(slope)) <= 1e-9 * np.maximum(slope[:-1], 1e-12))
    group = np.concatenate([[0], np.cumsum(~joins)]) if len(of) else np.zeros(0, dtype=np.int64)
    count = int(group[-1]) + 1 if len(of) else 0
    widths = np.bincount(group, weights=width, minlength=count)
    gains = np.bincount(group, weights=slope * width, minlength=count)
    firsts = np.searchsorted(group, np.arange(count))
    keep = gains > 0
    slopes = np.asarray(gains[keep] / widths[keep], dtype=np.float64)
    return Curves(of[firsts][keep].astype(np.int64), np.asarray(widths[keep], dtype=np.float64), slopes)


def _falling(of: Int, slope: Float) -> Float:
    out = slope.copy()
    for at in range(1, len(out)):
        if of[at] == of[at - 1] and out[at] > out[at - 1]:
            out[at] = out[at - 1]
    return out
