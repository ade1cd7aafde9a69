"""How well messages are understood: files of messages with the intents that are right, and figures from them."""
