"""How the assistant and the desk are doing, in figures."""

from admissions.reports.rules import next_report_at
from admissions.reports.service import LOOKED_BACK, figures, plan_weekly
from admissions.reports.values import Figures, Stage, Stop, Wait

__all__ = [
    "LOOKED_BACK",
    "Figures",
    "Stage",
    "Stop",
    "Wait",
    "figures",
    "next_report_at",
    "plan_weekly",
]
