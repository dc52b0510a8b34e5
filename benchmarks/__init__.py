"""The benchmarks: the list is the table of contents. `enveloppe bench` measures them."""

from .batch import BATCH
from .committee import COMMITTEE
from .forecast import FORECAST
from .plan import PLAN
from .report_forms import REPORT_FORMS
from .sim_kernel import SIM_KERNEL
from .sim_runs import SIM_RUNS
from .uncertainty import UNCERTAINTY

BENCHMARKS = (*PLAN, *SIM_KERNEL, *SIM_RUNS, *COMMITTEE, *FORECAST, *BATCH, *UNCERTAINTY, *REPORT_FORMS)
