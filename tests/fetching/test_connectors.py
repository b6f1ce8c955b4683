"""Each connector against answers in the form that its site gives, made small."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from loopback import Reply, as_csv, as_json, client

from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.fetch import MODULES, plan
from pic_analysis.fetching.refusal import AnswerError, Unreachable

COMMON = {"indicator": "P01", "status": "definitive", "dataset_id": "DS01", "quality": "A", "unit": "inhabitant"}


def connection(site, connector, prefix="", **more) -> Connection:
    return Connection(**{**COMMON, "connector": connector, "address": site.address + prefix, "dataset": "DS_X", **more})


def read(asked, folder):
    """Return territory, period, value, status and vintage of each row."""
    rows = MODULES[asked.connector].read(asked, client(folder))
    return [(row.territory_id, row.period, row.value, row.status, row.vintage) for row in sorted(rows)]


def error(asked, folder) -> str:
    with pytest.raises(AnswerError) as refused:
        MODULES[asked.connector].read(asked, client(folder))
    return str(refused.value)


# INSEE Melodi


def observed(geo, period, value, status="A", **dimensions):
    measure = {} if value is None else {"value": value}
    return {
        "dimensions": {"GEO": geo, "TIME_PERIOD": period, "POPREF_MEASURE": "PMUN", **dimensions},
        "attributes": {"OBS_STATUS": status},
        "measures": {"OBS_VALUE_NIVEAU": measure},
    }


def melodi_site(site, found, size=1000, count=None):
    """Serve observations page by page."""

    def page(query):
        number = int(query["page"])
        part = found[(number - 1) * size : number * size]
        paging = {"count": len(found) if count is None else count, "isLast": number * size >= len(found)}
        return as_json({"identifier": "DS_X", "observations": part, "paging": paging})

    about = {"identifier": "DS_X", "modified": "2025-12-18T09:00:00", "title": []}
    site.routes |= {"/catalog/DS_X": as_json(about), "/data/DS_X": page}
    return connection(
        site,
        "melodi",
        filters={"POPREF_MEASURE": ("PMUN",), "GEO": ("COM-62528", "EPCI-200000001")},
        value="OBS_VALUE_NIVEAU",
    )


def test_melodi_reads_every_page_and_drops_the_year_of_the_geography(site, tmp_path):
    found = [observed("2025-COM-62528", "2023", 6799.0), observed("2025-EPCI-200000001", "2023", 242013)]
    assert read(melodi_site(site, found, size=1), tmp_path) == [
        ("COM-62528", "2023", "6799", "definitive", "2025-12-18"),
        ("EPCI-200000001", "2023", "242013", "definitive", "2025-12-18"),
    ]
    assert [path.split("page=")[1] for path in site.asked[1:]] == ["1", "2"]
    assert "GEO=COM-62528&GEO=EPCI-200000001" in site.asked[1]


@pytest.mark.parametrize(
    ("value", "code", "attributes", "status"),
    [
        (1, "P", {}, "provisional"),
        (1, "R", {}, "revised"),
        (1, "E", {}, "estimated"),
        (None, "A", {"CONF_STATUS": "C"}, "secret"),
        (None, "A", {"CONF_STATUS": "F"}, "not_available"),
        (None, "M", {}, "not_applicable"),
        (None, "Q", {}, "secret"),
    ],
)
def test_melodi_says_why_a_value_is_not_firm_or_not_there(site, tmp_path, value, code, attributes, status):
    one = observed("2025-COM-62528", "2023", value, code)
    one["attributes"] |= attributes
    ((_, _, written, got, _),) = read(melodi_site(site, [one]), tmp_path)
    assert (written, got) == ("" if value is None else "1", status)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"POPREF_MEASURE": "PTOT"}, "colonne POPREF_MEASURE : « PTOT » ; seulement PMUN, comme demandé"),
        ({"GEO": "2025-COM-62498"}, "colonne GEO : « COM-62498 » ; seulement COM-62528"),
        ({"GEO": "2025-AAV2020-256"}, "un territoire est attendu"),
        ({"TIME_PERIOD": "hier"}, "année (2012)"),
    ],
)
def test_melodi_that_does_not_answer_what_was_asked_is_refused(site, tmp_path, change, said):
    one = observed("2025-COM-62528", "2023", 1)
    one["dimensions"] |= change
    assert said in error(melodi_site(site, [one]), tmp_path)


def test_melodi_with_fewer_observations_than_announced_is_refused(site, tmp_path):
    asked = melodi_site(site, [observed("2025-COM-62528", "2023", 1)], count=3)
    assert "3 lignes annoncées, 1 reçues" in error(asked, tmp_path)


def test_melodi_without_its_measure_names_those_present(site, tmp_path):
    one = observed("2025-COM-62528", "2023", 1)
    one["measures"] = {"OBS_VALUE": {"value": 1}}
    said = error(melodi_site(site, [one]), tmp_path)
    assert "colonne OBS_VALUE_NIVEAU" in said
    assert "qui a OBS_VALUE" in said


def test_melodi_goes_on_at_the_page_where_it_stopped(site, tmp_path):
    found = [observed("2025-COM-62528", str(year), year) for year in (2021, 2022, 2023)]
    asked = melodi_site(site, found, size=1)
    served = site.routes["/data/DS_X"]
    site.routes["/data/DS_X"] = lambda query: served(query) if query["page"] < "3" else Reply(status=503)
    with pytest.raises(Unreachable):
        MODULES["melodi"].read(asked, client(tmp_path, retries=0))
    site.routes["/data/DS_X"] = served
    site.asked.clear()
    assert len(read(asked, tmp_path)) == 3
    assert [path.split("page=")[1] for path in site.asked] == ["3"]


def test_pages_received_are_told_while_they_come(site, tmp_path):
    asked = melodi_site(site, [observed("2025-COM-62528", str(year), year) for year in (2022, 2023)], size=1)
    said: list[str] = []
    asking = client(tmp_path)
    asking.doing = said.append
    MODULES["melodi"].read(asked, asking)
    assert said == [f"P01 : {number} observations reçues sur 2" for number in (1, 2)]


# SDES DiDo


def dido_site(site, data, *, total=None, **more):
    def rows(query):
        number, size = int(query["page"]), 2
        part = data[(number - 1) * size : number * size]
        return as_json({"total": len(data) if total is None else total, "data": part})

    site.routes |= {
        "/datafiles/rid": as_json({"rid": "rid", "millesime": "2026-09", "rows": len(data)}),
        "/datafiles/rid/rows": rows,
    }
    named = {"territory": "COMM", "form": "COM-{}", "period": "ANNEE", "value": "LOG_AUT"}
    return connection(site, "dido", dataset="rid", filters={"COMM": ("eq:62528",)}, **{**named, **more})


PERMITS = [
    {"COMM": "62528", "ANNEE": 2022, "TYPE_LGT": "Tous Logements", "LOG_AUT": 12},
    {"COMM": "62528", "ANNEE": 2022, "TYPE_LGT": "Collectif", "LOG_AUT": 4},
    {"COMM": "62528", "ANNEE": 2023, "TYPE_LGT": "Tous Logements", "LOG_AUT": "secret"},
]


def test_dido_reads_the_newest_vintage_page_by_page(site, tmp_path):
    assert read(dido_site(site, PERMITS, keep={"TYPE_LGT": ("Tous Logements",)}), tmp_path) == [
        ("COM-62528", "2022", "12", "definitive", "2026-09"),
        ("COM-62528", "2023", "", "secret", "2026-09"),
    ]
    assert "COMM=eq%3A62528&millesime=2026-09&columns=COMM%2CANNEE%2CLOG_AUT%2CTYPE_LGT&page=1" in site.asked[1]


def test_dido_with_nothing_left_is_an_empty_answer_and_no_fault_of_the_site(site, tmp_path):
    asked = dido_site(site, [])
    site.routes["/datafiles/rid/rows"] = Reply(b'{"message": "Le fichier est vide"}', status=400)
    assert read(asked, tmp_path) == []
    site.routes["/datafiles/rid/rows"] = Reply(b'{"message": "filtre inconnu"}', status=400)
    assert "filtre inconnu" in error(asked, tmp_path / "other")


def test_dido_that_lost_a_column_names_it_and_the_nearest(site, tmp_path):
    renamed = [{("LOG_AUTO" if key == "LOG_AUT" else key): value for key, value in one.items()} for one in PERMITS]
    said = error(dido_site(site, renamed), tmp_path)
    assert "colonne LOG_AUT : colonne absente" in said
    assert "le plus proche : « LOG_AUTO »" in said


def test_dido_without_vintage_is_refused(site, tmp_path):
    asked = dido_site(site, PERMITS)
    site.routes["/datafiles/rid"] = as_json({"rid": "rid", "millesime": "latest"})
    assert "un millésime est attendu" in error(asked, tmp_path)


# ADEME data-fair


def data_fair_site(site, groups, *, total=None):
    def counts(query):
        found = groups(query["qs"])
        whole = sum(one["total"] for one in found) if total is None else total
        return as_json({"total": whole, "total_values": len(found), "total_other": 0, "aggs": found})

    site.routes |= {
        "/datasets/dpe": as_json({"id": "dpe", "dataUpdatedAt": "2026-10-08T10:00:17.798Z"}),
        "/datasets/dpe/values_agg": counts,
    }
    return connection(
        site,
        "data_fair",
        dataset="dpe",
        filters={"qs": ("etiquette_dpe:(F OR G) AND date:[{year}-01-01 TO {year}-12-31]",)},
        territory="code_insee_ban",
        form="COM-{}",
        years=(2023, 2022),
    )


def test_data_fair_counts_year_by_year(site, tmp_path):
    def groups(query):
        return [{"value": "62528", "total": 7 if "[2022" in query else 9}]

    assert read(data_fair_site(site, groups), tmp_path) == [
        ("COM-62528", "2022", "7", "definitive", "2026-10-08"),
        ("COM-62528", "2023", "9", "definitive", "2026-10-08"),
    ]


def test_data_fair_whose_groups_do_not_add_up_is_refused(site, tmp_path):
    asked = data_fair_site(site, lambda query: [{"value": "62528", "total": 7}], total=12)
    assert "12 lignes annoncées, 7 reçues" in error(asked, tmp_path)


# DGFiP geo-DVF

DVF = "id_mutation,nature_mutation,valeur_fonciere,code_commune,id_parcelle,lot1_numero,type_local,"
DVF += "surface_reelle_bati,nombre_pieces_principales"


def sale(number, price, area, kind="Maison", nature="Vente", plot="A1", commune="62528"):
    return f"2024-{number},{nature},{price},{commune},{plot},,{kind},{area},4"


def dvf_site(site, lines, value="sales", **more):
    modified = {"Last-Modified": "Wed, 08 Oct 2025 07:00:00 GMT"}
    body = "\n".join([DVF, *lines]) + "\n"
    site.routes["/csv/2024/communes/62/62528.csv"] = as_csv(body, headers=modified)
    return connection(site, "geo_dvf", territories=("COM-62528",), years=(2024,), value=value, **more)


SALES = [
    sale(1, 100000, 100),  # 1 000 a square metre
    sale(1, 100000, 100),  # the same house on another line: another kind of soil
    sale(1, 100000, "", "Dépendance"),
    sale(2, 240000, 80, "Appartement"),  # 3 000
    sale(3, 300000, 100),
    sale(3, 300000, 90, plot="A2"),  # two houses: no price of one
    sale(4, 500000, 100, "Local industriel. commercial ou assimilé"),
    sale(4, 500000, 100),  # a house with a shop: no price of a dwelling
    sale(5, 90000, 90, nature="Echange"),
    sale(6, 50000, "", "Dépendance"),  # a garage alone
    sale(7, 120000, 80),  # 1 500
]


def test_dvf_counts_mutations_with_a_dwelling_and_not_lines(site, tmp_path):
    assert read(dvf_site(site, SALES), tmp_path) == [("COM-62528", "2024", "5", "definitive", "2025-10-08")]


def test_dvf_median_is_over_sales_of_one_dwelling(site, tmp_path):
    ((_, _, value, _, _),) = read(dvf_site(site, SALES, "median_price", least=3), tmp_path)
    assert value == "1500"


def test_dvf_median_of_few_sales_is_withheld(site, tmp_path):
    ((_, _, value, status, _),) = read(dvf_site(site, SALES, "median_price"), tmp_path)
    assert (value, status) == ("", "secret")


def test_dvf_without_file_has_no_value_and_not_zero(site, tmp_path):
    asked = connection(site, "geo_dvf", territories=("COM-97105",), years=(2024,), value="sales")
    assert read(asked, tmp_path) == [("COM-97105", "2024", "", "not_available", "")]
    assert site.asked == ["/csv/2024/communes/971/97105.csv"]


def test_dvf_of_another_commune_is_refused(site, tmp_path):
    asked = dvf_site(site, [sale(1, 100000, 100, commune="62498")])
    assert "la commune 62528 seule" in error(asked, tmp_path)


# data.gouv.fr

MUSEUMS = "IDPatrimostat;IDMuseofile;annee;total\r\n1;M0647;2023;1\u00a0234\r\n2;M0640;2023;\r\n3;M9999;2023;5\r\n"


def gouv_site(site, body=None, **resource):
    body = (MUSEUMS if body is None else body).encode("cp1252")
    about = {
        "title": "Entrées",
        "format": "csv",
        "url": f"{site.address}/FREQ.csv",
        "last_modified": "2025-08-27T12:19:55+00:00",
        "checksum": {"type": "sha1", "value": hashlib.sha1(body).hexdigest()},
        **resource,
    }
    others = [{**about, "title": "Notice", "format": "pdf"}, {**about, "title": "Entrées 2001"}]
    site.routes |= {
        "/api/1/datasets/DS_X/": as_json({"id": "DS_X", "resources": [*others, about]}),
        "/FREQ.csv": Reply(body, kind="application/octet-stream"),
    }
    return connection(
        site,
        "data_gouv",
        resource="Entrées",
        territory="IDMuseofile",
        codes={"M0647": "EQP-M0647", "M0640": "EQP-M0640"},
        period="annee",
        value="total",
    )


def test_data_gouv_reads_the_resource_of_that_title_as_french_files_are(site, tmp_path):
    assert read(gouv_site(site), tmp_path) == [
        ("EQP-M0640", "2023", "", "not_available", "2025-08-27"),
        ("EQP-M0647", "2023", "1234", "definitive", "2025-08-27"),
    ]


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"title": "Entrees"}, "le plus proche : « Entrees »"),
        ({"title": "Entrées 2001"}, "il y en a 0"),
        ({"format": "xlsx"}, "Les ressources CSV de ce jeu : aucune"),
        ({"checksum": {"type": "sha1", "value": "0" * 40}}, "l’empreinte annoncée par le site"),
        ({"url": "https://elsewhere.example/FREQ.csv"}, "aucun autre site n’est suivi"),
    ],
)
def test_data_gouv_that_is_not_as_declared_is_told(site, tmp_path, resource, said):
    assert said in error(gouv_site(site, **resource), tmp_path)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("IDMuseofile;annee\nM0647;2023\n", "colonne total : colonne absente de la réponse, qui a IDMuseofile, annee"),
        ("IDMuseofile;annee;total;total\nM0647;2023;1;2\n", "chaque colonne une seule fois"),
        ("IDMuseofile;annee;total\nM0647;2023\n", "ligne 2"),
        ('IDMuseofile;annee;total\nM0647;2023;"1\n', "guillemets"),
        ("IDMuseofile;annee;total\nM0647;2023;=1+1\n", "un nombre est attendu"),
        ("<!DOCTYPE html><p>Maintenance</p>", "un tableau CSV est attendu"),
        ("", "aucune colonne"),
    ],
)
def test_csv_that_cannot_be_trusted_is_told(site, tmp_path, body, said):
    assert said in error(gouv_site(site, body), tmp_path)


# Opendatasoft


def ods_site(site, results, *, total=None):
    def records(query):
        start = int(query["offset"])
        count = len(results) if total is None else total
        return as_json({"total_count": count, "results": results[start : start + int(query["limit"])]})

    about = {"dataset_id": "DS_X", "metas": {"default": {"modified": "2023-05-02T09:52:20+02:00"}}}
    site.routes |= {"/catalog/datasets/DS_X": as_json(about), "/catalog/datasets/DS_X/records": records}
    return connection(
        site,
        "opendatasoft",
        filters={"where": ('nomdep="PAS-DE-CALAIS"',)},
        territory="ref_musee",
        form="EQP-{}",
        period="annee",
        value="total",
    )


def test_opendatasoft_reads_every_record_in_an_order_that_pages_share(site, tmp_path):
    results = [{"ref_musee": "6249801", "annee": str(year), "total": year} for year in range(1900, 2050)]
    assert len(read(ods_site(site, results), tmp_path)) == 150
    assert all("order_by=ref_musee%2Cannee" in path for path in site.asked[1:])
    assert len(site.asked) == 3


def test_opendatasoft_with_more_records_than_it_gives_is_refused(site, tmp_path):
    assert "Ajoutez un filtre `where`" in error(ods_site(site, [], total=12_000), tmp_path)


def test_opendatasoft_that_stops_before_the_end_is_refused(site, tmp_path):
    results = [{"ref_musee": "6249801", "annee": "2012", "total": None}]
    assert "5 lignes annoncées, 1 reçues" in error(ods_site(site, results, total=5), tmp_path)


# every connector


def test_plan_asks_nothing_and_tells_what_a_fetch_asks_first(site, tmp_path):
    asked = [
        melodi_site(site, [observed("2025-COM-62528", "2023", 1)]),
        data_fair_site(site, lambda query: [{"value": "62528", "total": 7}]),
        dvf_site(site, SALES),
        gouv_site(site),
        ods_site(site, [{"ref_musee": "1", "annee": "2012", "total": 3}]),
    ]
    for one in asked:
        planned = plan(one)
        assert site.asked == []
        read(one, tmp_path / one.connector)
        assert [site.address + path for path in site.asked][: len(planned)] == planned
        site.asked.clear()


def test_a_refused_answer_is_french_on_lines_that_a_terminal_cannot_act_on(site, tmp_path):
    body = "IDMuseofile;annee;total\nM0647;2023;\x1b[2J<script>\n"
    said = error(gouv_site(site, body), tmp_path)
    assert not {sign for sign in said if unicodedata.category(sign) == "Cc"} - {"\n"}
