"""Decisions about handoffs."""
