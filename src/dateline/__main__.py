"""``python -m dateline`` is the ``dateline`` command."""

from dateline.present.cli import main

if __name__ == "__main__":
    main()
