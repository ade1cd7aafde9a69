"""The Rasa door: custom actions that call the core and let Rasa speak."""
