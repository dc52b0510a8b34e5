"""What is paid of a commitment before the training is over, and what is left of it afterwards."""


def executed_cents(trainee_cents: int, trainees: int, drop_outs: int, executed_basis_points: int) -> int:
    """What falls due for a request: drop-outs execute nothing, the others the same share of their hours.

    Args:
        trainee_cents: price of one trainee.
        trainees, drop_outs: how many, drop-outs being among the trainees.
        executed_basis_points: share of the hours that the others follow.

    Returns:
        Cents, half up once a request; the rest of the commitment is released.
    """
    return (trainee_cents * (trainees - drop_outs) * executed_basis_points + 5_000) // 10_000


def advance_cents(committed_cents: int, basis_points: int) -> int:
    """What is advanced of a commitment: half up, once a request."""
    return (2 * committed_cents * basis_points + 10_000) // 20_000
