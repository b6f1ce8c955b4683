"""Declare the build as tasks: load, call one function, save."""
