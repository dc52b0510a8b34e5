"""Many variants of one question: what is cached, what must be run, and all answers in one table.

Read in this order: `cache` (an answer is found again by its content), `estimate` (how long the rest will take),
`living` (plans and runs over workers), `answering` (an answer out of its runs), `sweeping` (the whole trip), `table`
(one tidy table).
"""
