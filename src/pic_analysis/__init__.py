"""Trace a published evaluation from its conclusions back to its coded evidence."""

__version__ = "0.1.0"
