"""The Bot API's methods, one function each.

Each takes the sandbox and the call's parameters, already read, and returns what Telegram returns as "result".
"""
