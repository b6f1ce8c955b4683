"""The gate: nothing that could let a person be recognised leaves in what is published."""
