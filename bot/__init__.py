"""The Telegram door: it reads what an applicant does, calls the core or Rasa once, and answers."""
