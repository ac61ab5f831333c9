from access.addresses import pages, operations_of_the_api, Address
from access.readers import readers_of, COLUMNS
from access.bodies import body_of

P = {
    "run_id": "run",
    "building_id": "building",
    "job_id": "job",
    "entry_id": "entry",
    "resident_id": "resident",
    "consent_id": "consent",
    "request_id": "request",
    "hold_id": "hold",
    "assessment_id": "assessment",
    "import_id": "import",
    "kind": "roster_kind",
    "territory": "territory",
    "name": "layer",
    "rest": "anything",
    "token_id": "token",
    "passkey_id": "passkey",
    "user_id": "staff",
    "grant_id": "grant",
    "label": "household_label",
    "number": "household",
}
SEG = {
    "subdistricts": "subdistrict",
    "committees": "committee",
    "micro-grids": "micro_grid",
    "buildings": "building",
    "stairwells": "stairwell",
    "households": "household",
    "residents": "resident",
    "facilities": "facility",
    "bindings": "binding",
}


def things(a):
    out = []
    for p in a.parameters:
        if p in ("pk", "row_id"):
            out.append(SEG[[s for s in a.route.split("/") if s in SEG][-1]])
        else:
            out.append(P[p])
    return out


def test_boot(town):
    rs = readers_of(town)
    lines = []
    seen = set()
    todo = [(m, a) for a in pages() for m in ("GET", "POST")] + [(a.method, a) for a in operations_of_the_api()]
    for m, a in todo:
        if (m, a.route) in seen:
            continue
        seen.add((m, a.route))
        th = things(a)
        url = a.filled(*[str(getattr(town.own.things[t], "pk", town.own.things[t])) for t in th])
        cells = ""
        for c in COLUMNS:
            r = rs[c].ask(m, url, body_of(f"{m} {a.route}", town.own))
            cells += r.outcome
            if r.status >= 500:
                print(r.status, url)
        const = {"roster_kind", "anything"}
        other = "." if not set(th) - const else ("+" if "territory" in th else "0")
        line = f"{m:5} {a.route:62} {','.join(th) or '.':26} {cells} {other}"
        if "+" in cells or "x" not in cells:
            lines.append(line)
    with open("/tmp/hapi/boot.txt", "w") as f:
        f.write("\n".join(lines) + "\n")
