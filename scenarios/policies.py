"""The names of the committee's policies, typed here and nowhere else; light, because the command line asks for them."""

from typing import Literal, get_args

Policy = Literal["first_come", "fixed", "pro_rata", "reoptimise"]

POLICIES: tuple[Policy, ...] = get_args(Policy)
