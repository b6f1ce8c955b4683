"""Quality control of the sources: rules that find where two passages do not agree."""
