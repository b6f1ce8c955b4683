"""Forked notebooks show what a kernel of their own shows, keep nothing of one another, and leave no process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from pic_analysis import paths
from pic_analysis.publishing import nursery
from pic_analysis.publishing.notebooks import Job, NotebookError, execute, executed, jobs, prepared
from pic_analysis.reading import settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every notebook has a kernel")

REPOSITORY = Path(__file__).resolve().parents[2]
JOB = Job("essai", Path("notebooks/n.ipynb"), Path("book/n.ipynb"), {"case": "Eco"}, "Essai")

EVERYTHING = """
print('un'); print('deux')
case
# %%
from IPython.display import display, HTML, clear_output
shown = display('avant', display_id='x')
display(HTML('<b>é</b>'))
# %%
shown.update('après')
# %%
print('effacé'); clear_output(); print('gardé')
# %%
In[1], sorted(Out), _
# %%
%%capture kept
print('pris')
# %%
kept.stdout
# %%
!echo depuis le système
# %%
import asyncio
await asyncio.sleep(0)
asyncio.get_running_loop().is_running()
# %%
x = 3;
# %%
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.figure()
plt.plot([2, 1]);
# %%
%config InlineBackend.figure_formats = ['svg']
# %%
import pandas as pd
pd.DataFrame({'a': [1.5, 2]})
# %%
import sys, os, time
kept = {name: os.environ.get(name) for name in ('LC_ALL', 'TZ', 'MPLBACKEND', 'TERM', 'PAGER')}
sys.path[:2], os.getcwd(), kept, hash('a')
# %%
print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdin.read(), __name__, time.tzname)
# %%
sorted(get_ipython().extension_manager.loaded), len(get_ipython().magics_manager.magics['line'])
# %%
try:
    input('?')
except Exception as error:
    print(type(error).__name__, error)
"""


def cell(source, tags=()):
    return {
        "cell_type": "code", "id": f"c{abs(hash(source))}", "metadata": {"tags": [*tags]}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(*cells):
        made = [cell('case = "?"', ["parameters"]), *(one if isinstance(one, dict) else cell(one) for one in cells)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        whole = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        (tmp_path / "notebooks/n.ipynb").write_text(json.dumps(whole))
        return tmp_path

    return write


def outputs(text, number=-1):
    return json.loads(text)["cells"][number]["outputs"]


def printed(text):
    return "".join(outputs(text)[0]["text"])


def test_everything_a_cell_can_show_is_as_in_a_kernel(write, capfd):
    root = write(*(source.strip() for source in EVERYTHING.split("# %%")))
    forked = executed(JOB, root)
    assert "noyau ordinaire" not in capfd.readouterr().err
    assert forked == executed(JOB, root, cold=True)
    figures = [output for cell in json.loads(forked)["cells"] for output in cell.get("outputs", ())
               if "image/png" in output.get("data", {})]  # fmt: skip
    assert len(figures) == 2
    assert printed(forked).startswith("StdinNotImplementedError")


@pytest.mark.slow
@pytest.mark.parametrize("source", sorted(path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb")))
def test_every_notebook_of_the_study_is_as_in_a_kernel(source, monkeypatch):
    """What is committed is what forked processes make, and no kernel (``whole_book``, ``test_site``)."""
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    known = {job.source.stem: job for job in jobs(settings.load("loos_2016"))}
    committed = (REPOSITORY / known[source].output).read_text(encoding="utf-8")
    assert committed == executed(known[source], paths.root(), cold=True)


LEAVE = """
import builtins, os, random, sys, warnings, locale
import matplotlib, numpy, pandas
trace = 1
builtins.trace = 1
os.environ["TRACE"] = "1"
os.chdir("/")
matplotlib.rcParams["lines.linewidth"] = 77
pandas.set_option("display.max_rows", 7)
sys.path.insert(0, "/trace")
sys.modules["trace"] = sys
numpy.random.seed(1); random.seed(1)
warnings.simplefilter("error")
os.umask(0o77)
"""
FIND = """
import builtins, os, sys, warnings
import matplotlib, pandas
print("trace" in globals(), hasattr(builtins, "trace"), "TRACE" in os.environ, os.getcwd() == "/", end=" ")
print(matplotlib.rcParams["lines.linewidth"] == 77, pandas.get_option("display.max_rows") == 7, end=" ")
print("/trace" in sys.path, "trace" in sys.modules, warnings.filters[0][0] == "error", os.umask(0o22) == 0o77)
"""


def test_nothing_is_left_to_the_next_notebook(write):
    executed(JOB, write(LEAVE))
    assert set(printed(executed(JOB, write(FIND))).split()) == {"False"}


def test_two_notebooks_do_not_draw_the_same_numbers(write):
    root = write("import random, numpy\nprint(random.random(), numpy.random.rand())")
    one, other = (printed(executed(JOB, root)).split() for _ in range(2))
    assert not set(one) & set(other)


def test_failure_is_told_as_that_of_a_kernel(write):
    root = write("a = 1", "def f():\n    raise ValueError('pas ici')", "f()", "print('jamais')")
    said = []
    for cold in (False, True):
        with pytest.raises(NotebookError) as raised:
            executed(JOB, root, cold=cold)
        said.append(str(raised.value))
    assert said[0] == said[1]
    assert "cellule 4" in said[0]
    assert "ValueError : pas ici" in said[0]


# Where there is a doubt, a kernel does the work, and one line says why.


KILLED = """
import os, signal
if "JPY_PARENT_PID" not in os.environ:  # not in a kernel
    os.kill(os.getpid(), signal.SIGKILL)
print("fin")
"""


@pytest.mark.parametrize(
    ("code", "why"),
    [("import os\nos.write(1, b'de biais')\nprint('fin')", "hors de ses sorties"), (KILLED, "arrêté avant la fin")],
)
def test_doubt_is_said_and_a_kernel_executes(write, capfd, code, why):
    text = executed(JOB, write(code))
    said = [line for line in capfd.readouterr().err.splitlines() if "noyau ordinaire" in line]
    assert "fin" in printed(text)
    assert len(said) == 1
    assert why in said[0]


def test_a_figure_that_would_vanish_is_a_doubt(write, capfd):
    root = write(
        "import matplotlib.pyplot as plt\nplt.figure();",
        "from matplotlib_inline.backend_inline import flush_figures\n"
        "get_ipython().events.unregister('post_execute', flush_figures)\nplt.plot([1])\nNone",
    )
    executed(JOB, root)
    assert "figure dessinée n’a pas été montrée" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("module", "why"),
    [
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
            "fils d’exécution",
        ),
        ("import sys\nprint('attention', file=sys.stderr)", "a écrit un message"),
    ],
)
def test_no_fork_where_it_would_not_be_sure(tmp_path, module, why):
    (tmp_path / "douteux.py").write_text(module)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(REPOSITORY / "src")])}
    opened = nursery.Nursery(environment, ["douteux"])
    try:
        with pytest.raises(nursery.Doubt, match=why):
            [*opened.execute({"cells": [], "environment": environment, "folder": "/", "followed": "/"})]
    finally:
        opened.close()


def test_another_system_has_kernels(monkeypatch):
    monkeypatch.setattr(nursery.sys, "platform", "darwin")
    with pytest.raises(nursery.Doubt, match="système"):
        nursery.Nursery(os.environ)


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "LC_ALL", "OMP_NUM_THREADS", "MPLBACKEND"])
def test_a_process_started_otherwise_does_not_serve(name, monkeypatch):
    made = nursery.Nursery({"PATH": "/bin"})
    made.close()
    assert made.suits({"PATH": "/bin", "PIC_ROOT": "/elsewhere"})
    assert not made.suits({"PATH": "/bin", name: "0"})


def test_what_a_notebook_opens_of_the_data_is_noted(write):
    root = write("open('data/processed/mini/a.csv').read()")
    for name in "ab":
        path = root / f"data/processed/mini/{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    execute(JOB, root)
    assert json.loads((root / ".pic/opened/n.json").read_text()) == ["data/processed/mini/a.csv"]


# No process outlives what asked for it.


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pids, patience=5.0):
    limit = time.monotonic() + patience
    while any(map(alive, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(alive, pids))


def test_no_process_is_left_after_success_nor_after_failure(write):
    nursery.close_nurseries()
    root = write("import os, subprocess\nprint(os.getpid(), os.getppid(), subprocess.Popen(['sleep', '60']).pid)")
    with prepared(root, ["json"]):
        pids = [*map(int, printed(executed(JOB, root)).split())]
        with pytest.raises(NotebookError):
            executed(JOB, write("1 / 0"))
    assert len(pids) == 3
    assert ends(pids)


OWNER = """
import os, signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background of a shell ignores it
from pic_analysis.publishing.notebooks import Job, executed
job = Job("essai", Path("notebooks/n.ipynb"), Path("book/n.ipynb"), {"case": "Eco"}, "Essai")
executed(job, Path(sys.argv[1]))
"""


SLEEPER = """
import os, subprocess, time
from pathlib import Path
child = subprocess.Popen(['sleep', '60']).pid
Path('pids.part').write_text(f'{os.getpid()} {os.getppid()} {child}')
os.rename('pids.part', 'pids')
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_the_owner_is_killed(write, number):
    root = write(SLEEPER)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-c", textwrap.dedent(OWNER), str(root)]
    owner = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (root / "pids").exists() and time.monotonic() < end:
        time.sleep(0.05)
    pids = [*map(int, (root / "pids").read_text().split())]
    owner.send_signal(number)
    owner.wait(20)
    assert ends(pids)


def test_papermill_finds_the_engine_where_the_package_is_installed():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    module, name = project["entry-points"]["papermill.engine"]["pic"].split(":")
    assert hasattr(getattr(import_module(module), name), "execute_managed_notebook")
