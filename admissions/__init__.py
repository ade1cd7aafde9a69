"""The core of the applicant assistant: what HMC's admissions know and decide.

It speaks neither Telegram nor Rasa. The doors (`bot`, `actions`) call its subjects.
"""
