"""Decisions about documents: plain values in, a value or a refusal out."""
