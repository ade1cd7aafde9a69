"""How the assistant and the desk are doing, in figures."""

from admissions.reports.rules import CLOSES, OPENS, is_office_hour
from admissions.reports.service import LOOKED_BACK, figures, plan_weekly
from admissions.reports.values import Figures, Stage, Stop, Wait

__all__ = [
    "CLOSES",
    "LOOKED_BACK",
    "OPENS",
    "Figures",
    "Stage",
    "Stop",
    "Wait",
    "figures",
    "is_office_hour",
    "plan_weekly",
]
