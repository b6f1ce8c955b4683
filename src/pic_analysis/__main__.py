"""Run ``pic`` as ``python -m pic_analysis``."""

from pic_analysis.cli import main

if __name__ == "__main__":
    main()
