"""A local Telegram: a Bot API server, an HTTP interface for the people's side, and a page.

It imports nothing of the bot, so the bot meets it exactly as it meets Telegram: over HTTP.
"""
