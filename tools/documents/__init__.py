"""The documents for users: pictures taken by the window, pages generated from the program's own tables, and an HTML edition of all.

    .venv/bin/python -m tools.documents            pictures, generated pages, HTML in workspace/docs
    .venv/bin/python -m tools.documents --pages    generated pages and HTML only
"""
