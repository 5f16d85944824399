"""What other tools read from our exports is what the lines of the archive say. In: a check's name and the folder of
the exports. Out: nothing, or an error."""
import glob, gzip, hashlib, io, json, os, sys, zipfile

check, work = sys.argv[1:]
path = lambda name: os.path.join(work, name)
records = [json.loads(line) for line in open(path("a.jsonl"), encoding="utf-8")]
assert records


def same(got, wanted):
    got, wanted = list(got), list(wanted)
    assert len(got) == len(wanted), (len(got), len(wanted))
    for index, (a, b) in enumerate(zip(got, wanted)):
        assert a == b, (index, a, b)


def instant(text):
    import pandas as pd

    if text is None:
        return None
    stamp = pd.Timestamp(text)
    return (stamp.tz_localize("UTC") if stamp.tz is None else stamp.tz_convert("UTC")).to_pydatetime()


if check == "parquet":
    import duckdb, pandas as pd, pyarrow.parquet as pq

    table = pq.read_table(path("a.parquet"))
    rows = table.to_pylist()
    same((row["articleBody"] for row in rows), (r.get("articleBody") for r in records))
    same((row["datePublished"] for row in rows), (instant(r.get("datePublished")) for r in records))
    same((row["capture"]["warc"] for row in rows), (r["capture"]["warc"] for r in records))
    same(([a["name"] for a in row["author"] or []] for row in rows), ([a["name"] for a in r.get("author", [])] for r in records))
    same((dict(row["provenance"]).get("headline") for row in rows), (r["provenance"].get("headline") for r in records))
    frame = pd.read_parquet(path("a.parquet"))
    assert str(frame.datePublished.dtype).startswith("datetime64"), frame.datePublished.dtype
    sql = "select id, datePublished, len(author), capture.fetchedAt, provenance['headline'].confidence from '%s'"
    got = duckdb.sql(sql % path("a.parquet")).fetchall()
    same((row[0] for row in got), (r["id"] for r in records))
    same((row[2] for row in got), (len(r["author"]) if "author" in r else None for r in records))
    kinds = dict(duckdb.sql("describe select * from '%s'" % path("a.parquet")).project("column_name, column_type").fetchall())
    assert kinds["datePublished"] == "TIMESTAMP WITH TIME ZONE", kinds
    assert kinds["author"].startswith("STRUCT") and kinds["author"].endswith("[]"), kinds
elif check == "csv":
    import duckdb, pandas as pd

    frame = pd.read_csv(path("a.csv"), keep_default_na=False, dtype=str)
    undo = lambda text: text[1:] if text.startswith("'") else text
    for field in ("url", "headline", "articleBody", "inLanguage"):
        same((undo(text) for text in frame[field]), (r.get(field, "") for r in records))
    got = duckdb.sql("select id, headline from read_csv('%s', header=true, all_varchar=true)" % path("a.csv")).fetchall()
    same((row[0] for row in got), (r["id"] for r in records))
elif check == "jsonl":
    import duckdb, pandas as pd

    same(pd.read_json(path("a.jsonl"), lines=True).id, (r["id"] for r in records))
    same((r[0] for r in duckdb.sql("select id from read_json('%s')" % path("a.jsonl")).fetchall()), (r["id"] for r in records))
elif check == "markdown":
    import yaml

    found = {}
    for file in glob.glob(path("markdown/**/*.md"), recursive=True):
        front = next(yaml.safe_load_all(open(file, encoding="utf-8")))
        found[(front["id"], front["revision"]["number"])] = front
    assert len(found) == len(records)
    for r in records:
        front = found[(r["id"], r["revision"]["number"])]
        assert front.get("title") == r.get("headline") and front.get("author") == r.get("author"), front
elif check == "wacz":
    from warcio.archiveiterator import ArchiveIterator

    with zipfile.ZipFile(path("a.wacz")) as wacz:
        assert wacz.testzip() is None
        pages = [json.loads(line) for line in wacz.open("pages/pages.jsonl")]
        assert pages[0]["format"] == "json-pages-1.0" and pages[0]["hasText"]
        same((page.get("text") for page in pages[1:]), (r.get("articleBody") for r in records))
        index = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode()
        packed = wacz.read("indexes/index.cdx.gz")
        idx = [line.split(" ", 2) for line in wacz.read("indexes/index.idx").decode().splitlines()[1:]]
        for key, time, fields in idx:
            fields = json.loads(fields)
            member = packed[fields["offset"] : fields["offset"] + fields["length"]]
            assert gzip.decompress(member).decode().startswith("%s %s " % (key, time))
        for line in index.splitlines():
            fields = json.loads(line.split(" ", 2)[2])
            name = "archive/" + fields["filename"]
            assert wacz.getinfo(name).compress_type == zipfile.ZIP_STORED
            start = int(fields["offset"])
            with wacz.open(name) as file:
                file.seek(start)
                record = next(ArchiveIterator(io.BytesIO(file.read(int(fields["length"])))))
            assert record.rec_headers.get_header("WARC-Target-URI") == fields["url"], line
elif check == "crate":
    from rocrate.rocrate import ROCrate

    crate = ROCrate(path("crate"))
    for name in ("articles.jsonl", "articles.csv"):
        data = open(path("crate/" + name), "rb").read()
        assert crate.get(name)["sha256"] == hashlib.sha256(data).hexdigest()
    assert [e for e in crate.get_entities() if e.type == "CreateAction"]
else:
    raise SystemExit("no check of this name: " + check)
