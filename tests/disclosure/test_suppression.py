"""What an attacker can tell from the published tables: built from these alone, by another way than the package's."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pic_analysis.disclosure.ledger import PeopleTable, people_table
from pic_analysis.disclosure.suppression import SECRET, protect

K = 5


def table(name, **columns):
    return PeopleTable(name, name, pd.DataFrame(columns))


def crossed(people, *sets):
    """Return one table of the same people for each set of dimensions."""
    return [people_table("x".join(names), "x".join(names), people, [*names]) for names in sets]


def shown(got, name, **where):
    """Return what one cell shows, the dimensions left out being summed."""
    frame = got.published(name)
    for column in frame.columns.difference(["people", "shown"]):
        frame = frame[frame[column] == where.get(column, "")]
    return frame["shown"].item()


def matching(frame, where):
    found = np.ones(len(frame), dtype=bool)
    for name, value in where.items():
        found &= (frame[name] == value).to_numpy()
    return found


def told(got, people, fewest=K):
    """Return the hidden small counts that a reader of the published tables can tell to be small.

    Unknowns: the people of each combination of every dimension of every table. Known: each number shown; at least one
    person where one is hidden.
    """
    names = [*people.columns]
    grid = pd.DataFrame(
        [*product(*(sorted(people[name].unique()) for name in names))],
        columns=names,
    )
    rows, least, most, targets = [], [], [], []
    for own in got.tables:
        for row in got.published(own.name).to_dict("records"):
            where = {name: row[name] for name in own.dimensions if row[name] != ""}
            counted = np.all(
                [grid[name] == value for name, value in where.items()] or [np.ones(len(grid), bool)], axis=0
            )
            true = int(np.all([people[n] == v for n, v in where.items()] or [np.ones(len(people), bool)], axis=0).sum())
            rows.append(counted.astype(float))
            least.append(1 if row["shown"] == SECRET else int(row["shown"]))
            most.append(np.inf if row["shown"] == SECRET else int(row["shown"]))
            assert row["shown"] in (SECRET, str(true)), "a number shown is the true one"
            if 0 < true < fewest:
                assert row["shown"] == SECRET, f"small count shown: {where}"
                targets.append((own.name, where, len(rows) - 1))
    found = []
    for name, where, n in targets:
        floor = np.array(least, dtype=float)
        floor[n] = fewest
        answer = milp(
            np.zeros(len(grid)),
            integrality=np.ones(len(grid)),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(np.array(rows), floor, np.array(most, dtype=float)),
        )
        if answer.x is None:
            found.append((name, where))
    return found


def test_table_without_a_small_count_is_published_whole():
    got = protect([table("t", group=["a", "b"], people=[22, 29])])
    assert got.published("t")["shown"].tolist() == ["22", "29", "51"]


def test_small_count_takes_a_second_one_with_it():
    got = protect([table("t", group=["a", "b", "c"], people=[22, 3, 29])])
    assert got.published("t")["shown"].tolist() == [SECRET, SECRET, "29", "54"]


def test_two_small_counts_whose_sum_is_small_need_a_third():
    got = protect([table("t", group=["a", "b", "c"], people=[2, 2, 29])])
    assert got.published("t")["shown"].tolist() == [SECRET, SECRET, SECRET, "33"]


def test_nobody_is_shown():
    got = protect([table("t", group=["a", "b", "c"], people=[22, 0, 29])])
    assert shown(got, "t", group="b") == "0"


def test_whole_of_few_people_is_hidden_with_its_parts():
    got = protect([table("t", group=["a", "b"], people=[1, 2])])
    assert set(got.published("t")["shown"]) == {SECRET}


def test_margin_does_not_give_a_cell_of_a_cross_back():
    counts = {"group": ["a", "a", "b", "b", "c", "c"], "said": ["no", "yes"] * 3, "people": [10, 2, 8, 9, 7, 6]}
    got = protect([table("t", **counts)])
    assert shown(got, "t", group="a", said="yes") == SECRET
    assert shown(got, "t", group="a", said="no") == SECRET  # the 12 people of a would give it
    hidden_elsewhere = [shown(got, "t", group=group, said="yes") for group in "bc"]
    assert SECRET in hidden_elsewhere  # the 17 people of yes would give it


def test_another_table_of_the_same_build_does_not_give_a_cell_back():
    people = pd.DataFrame(
        {"group": ["a"] * 20 + ["b"] * 20, "said": (["yes"] * 3 + ["no"] * 17) + ["yes"] * 10 + ["no"] * 10}
    )
    alone = protect(crossed(people, ("said",)))
    assert shown(alone, "said", said="yes") == "13"
    both = protect(crossed(people, ("said",), ("group", "said"), ("group",)))
    assert shown(both, "groupxsaid", group="a", said="yes") == SECRET
    assert told(both, people) == []


def test_difference_of_two_groupings_does_not_give_a_type_back():
    people = pd.DataFrame({"type": ["élus"] * 8 + ["agents"] * 14 + ["chercheurs"] * 3 + ["habitants"] * 17})
    people["fine"] = people["type"].map({"élus": "A", "agents": "A", "chercheurs": "B", "habitants": "B"})
    people["other"] = people["type"].map({"élus": "A", "agents": "A", "chercheurs": "A", "habitants": "C"})
    types = people_table("types", "types", people, ["type", "fine", "other"])
    groupings = crossed(people, ("fine",), ("other",))
    naive = protect(groupings)
    assert (shown(naive, "other", other="A"), shown(naive, "fine", fine="A")) == (
        "25",
        "22",
    )  # 25 - 22: the 3 researchers
    got = protect(groupings, unpublished=[types])
    assert SECRET in (shown(got, "other", other="A"), shown(got, "fine", fine="A"))


def test_tables_in_a_ring_are_checked_together():
    # Found by hand: each table alone hides nothing that the two others do not bind.
    rng = np.random.default_rng(3)
    people = pd.DataFrame(rng.choice(["x", "y"], size=(26, 3), p=[0.35, 0.65]), columns=["a", "b", "c"])
    got = protect(crossed(people, ("a", "b"), ("b", "c"), ("a", "c")))
    assert told(got, people) == []


def test_tables_that_count_the_same_people_differently_are_refused():
    with pytest.raises(ValueError, match="22 personnes là où une autre table en compte 21"):
        protect([table("t", g=["a"], people=[21]), table("u", g=["a"], people=[22])])


def test_people_of_another_population_are_not_subtracted():
    first = PeopleTable("t", "t", pd.DataFrame({"g": ["a", "b"], "people": [20, 30]}), "entretiens")
    second = PeopleTable("u", "u", pd.DataFrame({"g": ["a", "b"], "people": [17, 30]}), "ateliers")
    assert SECRET not in {*protect([first, second]).published("t")["shown"]}


def test_exempt_table_is_shown_as_it_is():
    own = PeopleTable("t", "t", pd.DataFrame({"g": ["a"], "people": [2]}), exempt_fr="imprimé par le rapport")
    assert protect([own]).published("t")["shown"].tolist() == ["2"]


def test_same_tables_hide_the_same_cells_in_any_order():
    rng = np.random.default_rng(1)
    people = pd.DataFrame(rng.choice(["x", "y", "z"], size=(60, 2), p=[0.1, 0.3, 0.6]), columns=["a", "b"])
    tables = crossed(people, ("a", "b"), ("a",))
    one, other = (protect(order).published("axb")["shown"].tolist() for order in (tables, tables[::-1]))
    assert one == other


SETS = [
    [("a", "b")],
    [("a", "b"), ("b", "c")],
    [("a", "b"), ("a", "c"), ("a",)],
    [("a", "b"), ("b", "c"), ("a", "c")],
    [("a", "b", "c")],
]


@st.composite
def builds(draw):
    """Return random people and the tables of a build that counts them."""
    size = draw(st.integers(0, 60))
    categories = {name: draw(st.integers(1, 4)) for name in "abc"}
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    weights = {name: rng.dirichlet(np.full(n, 0.8)) for name, n in categories.items()}
    people = pd.DataFrame(
        {name: rng.choice(n, size=size, p=weights[name]).astype(str) for name, n in categories.items()}
    )
    return people, draw(st.sampled_from(SETS))


@settings(max_examples=120, deadline=None)
@given(builds())
def test_no_small_count_can_be_told_from_the_tables_of_a_build(build):
    people, sets = build
    names = sorted({name for names in sets for name in names})
    assert told(protect(crossed(people, *sets)), people[names]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_trying_every_table_finds_no_small_count_either(counts):
    """Enumerate every 2 x 3 table of whole numbers that fits what is shown."""
    own = table("t", a=["x"] * 3 + ["y"] * 3, b=["1", "2", "3"] * 2, people=counts)
    got = protect([own], fewest=3)
    frame = got.published("t")
    every = np.array([*product(range(13), repeat=5)])
    whole = shown(got, "t")
    sums = []
    for row in frame.to_dict("records"):
        inside = [n for n, (a, b) in enumerate(product("xy", "123")) if row["a"] in ("", a) and row["b"] in ("", b)]
        sums.append((inside, row["shown"]))
    if whole == SECRET:
        return  # nothing is then known of the sixth cell: the other test covers it
    every = np.column_stack([every, int(whole) - every.sum(axis=1)])
    every = every[every[:, 5] >= 0]
    for inside, text in sums:
        value = every[:, inside].sum(axis=1)
        every = every[value >= 1 if text == SECRET else value == int(text)]
    for inside, text in sums:
        true = sum(counts[n] for n in inside)
        if 0 < true < 3:
            assert text == SECRET
            assert every[:, inside].sum(axis=1).max() >= 3


@settings(max_examples=30, deadline=None)
@given(builds())
def test_nothing_is_hidden_when_nothing_is_small(build):
    people, sets = build
    many = pd.concat([people] * K)
    got = protect(crossed(many, *sets))
    assert not got.primary.any()
    assert not got.secondary.any()


# --- counts that are printed elsewhere already


def joint(left: int, size: int = 20):
    """Return three groups of people, some of the first out of the register, and what a report prints of them."""
    people = pd.DataFrame({"group": np.repeat(["a", "b", "c"], [size, 20, 20]), "register": "in"})
    people.loc[: left - 1, "register"] = "out"
    fixed = people_table("printed", "printed", people, ["group"], fixed=True)
    return people, (fixed, *crossed(people, ("group", "register")))


@pytest.mark.parametrize("left", [1, 3, 4])
def test_few_who_left_are_not_told_beside_what_is_printed(left):
    people, tables = joint(left)
    got = protect(tables)
    assert shown(got, "printed", group="a") == "20"
    assert shown(got, "groupxregister", group="a", register="in") == SECRET
    assert told(got, people) == []


def test_what_is_printed_is_never_hidden_even_small():
    printed = PeopleTable("p", "p", pd.DataFrame({"g": ["a", "b"], "people": [3, 20]}), fixed=True)
    assert protect([printed]).published("p")["shown"].tolist() == ["3", "20", "23"]


def test_where_what_is_printed_tells_that_a_count_is_small_its_value_stays_hidden():
    """Of five people whom the report prints, one left: four and one must both go, though each is surely small."""
    _, tables = joint(1, size=5)
    got = protect(tables)
    assert shown(got, "groupxregister", group="a", register="in") == SECRET
    assert shown(got, "groupxregister", group="a", register="out") == SECRET
    assert shown(got, "groupxregister", register="in") == SECRET


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_small_count_can_be_told_beside_what_is_printed(seed):
    rng = np.random.default_rng(seed)
    people = pd.DataFrame({"group": np.repeat(["a", "b", "c"], 18)})
    people["register"] = rng.choice(["in", "out"], size=len(people), p=[0.9, 0.1])
    people["code"] = np.where(
        people["register"] == "in", rng.choice(["yes", "no", "neither"], size=len(people)), "neither"
    )
    fixed = people_table("printed", "printed", people, ["group"], fixed=True)
    got = protect([fixed, *crossed(people, ("group", "register"), ("group", "code"))])
    assert told(got, people) == []
