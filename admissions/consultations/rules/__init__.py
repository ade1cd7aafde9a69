"""Decisions: words and times come in, a typed value or a refusal goes out."""
