"""The book under plain Sphinx, without Jupyter Book: `make sphinx`."""

from pathlib import Path

from pic_analysis.publishing.plain_sphinx import settings

globals().update(settings(Path(__file__).resolve().parents[2]))
