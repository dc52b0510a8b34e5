"""The question: scenario files, the rules, the price, and the tables that travel between rooms.

Read in this order: `scenario` (one whole question), `loading` (file to question), `price` (what one pathway
costs), `cells` (cells and lines), `attributes` and `arrival_rate` (what may come), `demand` and `allocation`
(the tables that cross between the optimiser and the simulator).
"""
