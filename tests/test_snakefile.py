"""The Snakefile calls nothing but verbs that `pic` has, for every study, the compendium's own book last."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from pic_analysis import cli

REPOSITORY = Path(__file__).resolve().parent.parent
TEXT = (REPOSITORY / "Snakefile").read_text(encoding="utf-8")
SNAKEMAKE = os.environ.get("PIC_SNAKEMAKE", "") or shutil.which("snakemake") or ""


def test_every_command_is_one_that_pic_accepts():
    commands = [found.split() for found in re.findall(r'"\{PIC\} ([^"]*)"', TEXT)]
    assert [command[0] for command in commands] == ["build", "build"]
    for verb, *options in commands:
        command = cli.pic.commands[verb]
        arguments = [option.replace("{wildcards.study}", "essai") for option in options]
        command.make_context(verb, arguments, parent=click.Context(cli.pic))  # refuses what is unknown
    assert len([line for line in TEXT.splitlines() if line and not line.startswith("#")]) <= 20


@pytest.mark.skipif(not Path(SNAKEMAKE).is_file(), reason="Snakemake is not installed (nor named by PIC_SNAKEMAKE)")
def test_dry_run_has_one_job_a_study_and_the_own_book_last(tmp_path):
    shutil.copy(REPOSITORY / "Snakefile", tmp_path)
    (tmp_path / "_config.yml").write_text("sphinx: {config: {pic_study: essai}}\n")
    for name in ("essai", "autre", "demo_un"):
        (tmp_path / "data" / "raw" / name).mkdir(parents=True)
        (tmp_path / "data" / "raw" / name / "study.yml").touch()
    command = [SNAKEMAKE, "--dry-run", "--printshellcmds", "--cores", "2"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    builds = [line.removeprefix("Shell command: ") for line in said if "pic build" in line]
    assert {*builds[:2]} == {f"pic build --study {name} --workers 1" for name in ("autre", "demo_un")}
    assert builds[2:] == ["pic build"]
