"""``python -m pic_analysis.simulation``: write the demonstration study in the compendium, the same bytes each time."""

from pic_analysis import paths
from pic_analysis.simulation import demo

if __name__ == "__main__":
    made = demo.write(paths.raw(demo.STUDY))
    print(f"{made} fichiers fictifs écrits dans data/raw/{demo.STUDY}.")
