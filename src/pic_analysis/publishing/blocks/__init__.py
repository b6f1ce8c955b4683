"""What pages and notebooks may show of a study: blocks of Markdown.

Importing this package imports none of them: a notebook depends on those that it names, and on nothing else.
"""
