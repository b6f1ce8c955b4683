# Every study under Snakemake, by the same verbs of `pic`: it only says what runs where (docs/cluster.md).
# A mark is thrown away at the end, so that each run asks `pic`, which alone knows what is out of date.
configfile: "_config.yml"

PIC = config.get("pic", "pic")
OWN = config["sphinx"]["config"].get("pic_study", "")
FOUND = glob_wildcards("data/raw/{study,[a-z][a-z0-9_]*}/study.yml").study
STUDIES = sorted(study for study in FOUND if study != OWN)

rule own:  # the compendium's own book comes last: it compares the others
    input: expand(".pic/snakemake/{study}", study=STUDIES)
    shell: "{PIC} build" if OWN in FOUND else "true"

rule study:
    output: temp(touch(".pic/snakemake/{study}"))
    shell: "{PIC} build --study {wildcards.study} --workers 1"
