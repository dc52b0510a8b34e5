"""The benchmarks: the list is the table of contents. `enveloppe bench` measures them."""

from .plan import PLAN

BENCHMARKS = (*PLAN,)
