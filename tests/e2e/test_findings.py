"""Findings as users meet them: exit status, baselines, dates, what is accepted, findings.ndjson, judge against audit, explain, and refusals that write nothing."""
import sys
from tap import *

sys.path.insert(0, os.path.join(ROOT, "tests/golden/checks"))
from captures import beside, captures, expected  # noqa: E402

SHARE = os.path.join(ROOT, "share/sample")
REGISTER, POLICY = (os.path.join(SHARE, f) for f in ("register.yaml", "policy.yaml"))
RULES = ("--register", REGISTER, "--policy", POLICY)
WEIGHT = ["info", "low", "med", "high", "crit"]


def text(name):
    with open(name) as f:
        return f.read()


def policy(name, *changes):
    """The sample's policy with some of it said otherwise."""
    s = text(POLICY)
    for old, new in changes:
        assert old in s, old
        s = s.replace(old, new)
    return write(name, s.encode())


def register(name, *changes):
    s = text(REGISTER)
    for old, new in changes:
        assert old in s, old
        s = s.replace(old, new)
    return write(name, s.encode())


def network(name, *scenes):
    subprocess.run([NETGEN, "sample", path(name), *scenes], check=True)
    return path(name)


def rows(findings):
    return sorted((f["check"], f["subject"], f["object"]) for f in findings)


full, clean, ssh = network("full.pcap"), network("clean.pcap", "--without", "all"), network("ssh.pcap", "--without", "all", "--with", "mgmt-lateral")
null = network("null.pcap", "--without", "all", "--with", "nas-null-cipher")

# ---- exit status
base = audit_json("-r", full, *RULES)[1]
highest = max(WEIGHT.index(f["severity"]) for f in base["findings"] if f["verdict"] == "violated")
ok(highest == 4 and run("audit", "-r", full, *RULES)[0] == 0, "findings alone do not change the exit status")
for name, file, top in (("crit", full, 4), ("high", ssh, 3), ("nothing", clean, -1)):
    r = audit_json("-r", file, *RULES)[1]
    top_seen = max([WEIGHT.index(f["severity"]) for f in r["findings"] if f["verdict"] == "violated"], default=-1)
    got = [run("audit", "-r", file, *RULES, "--fail-on", sev)[0] for sev in WEIGHT]
    ok(top_seen == top and got == [1 if i <= top else 0 for i in range(5)], "--fail-on with %s as the gravest" % name, (top_seen, got))
bare = audit_json("-r", null)[1]
ok(bare["findings"] and all(f["verdict"] == "unprotected" for f in bare["findings"]) and run("audit", "-r", null, "--fail-on", "info")[0] == 0,
   "what is only unprotected does not count", rows(bare["findings"]))
tolerant = policy("tolerant.yaml", ("accept:", "accept:\n  - {check: MGMT-LATERAL, subject: gnb-north, object: amf-1, reason: test of today, until: 2026-11-02}"))
s, out, err = run("audit", "-r", ssh, "--register", REGISTER, "--policy", tolerant, "--fail-on", "info")
ok(s == 0 and b"Known and tolerated" in out and b"test of today" in out and b"No violation" in out, "nor does what the policy accepts, which is shown apart", (s, out[-600:], err))
r = audit_json("-r", ssh, "--register", REGISTER, "--policy", tolerant)[1]
ok(("MGMT-LATERAL", "gnb-north", "amf-1") in rows(r["accepted"]) and "MGMT-LATERAL" not in [f["check"] for f in r["findings"]] and
   all(f.get("reason") for f in r["accepted"]), "it is in the report's own list", r["accepted"])
s, out, err = run("audit", "-r", ssh, "--register", REGISTER, "--policy", tolerant, "--fail-on", "info", "--at", "2026-11-03")
ok(s == 1, "until its date: on the day after it counts", err)
data = open(ssh, "rb").read()
cut = write("cut.pcap", data[:-7])
s, out, err = run("audit", "-r", cut, *RULES, "--fail-on", "low", "--json")
ok(s == 3 and any(f["check"] == "MGMT-LATERAL" for f in json.loads(out)["findings"]), "a damaged input comes before findings: 3, and what was read is judged", (s, err))
s, out, err = run("audit", "-r", ssh, "-r", path("absent.pcap"), *RULES, "--fail-on", "low", "--json")
ok(s == 3, "so does a missing one", (s, err))
for bad in ("severe", "", "CRIT "):
    s, out, err = run("audit", "-r", ssh, "--fail-on", bad)
    ok(s == 2 and not out, "--fail-on `%s` is refused" % bad, (s, err))

# ---- days
for at, verdict in (("2026-10-31", "conform"), ("2026-11-01", "violated"), ("2030-01-01", "violated")):
    word = {c["id"]: c["verdict"] for c in audit_json("-r", full, *RULES, "--at", at)[1]["checks"]}["VENDOR-ROLE-EXCLUDED"]
    ok(word == verdict, "--at %s: a rule since 2026-11-01 gives %s" % (at, verdict), word)
ended = policy("ended.yaml", ("    since: 2026-11-01\n", "    since: 2026-11-01\n    until: 2026-11-30\n"))
for at, verdict in (("2026-11-01", "violated"), ("2026-11-30", "violated"), ("2026-12-01", "conform")):
    word = {c["id"]: c["verdict"] for c in audit_json("-r", full, "--register", REGISTER, "--policy", ended, "--at", at)[1]["checks"]}["VENDOR-ROLE-EXCLUDED"]
    ok(word == verdict, "--at %s: one until 2026-11-30 gives %s" % (at, verdict), word)
word = {c["id"]: c["verdict"] for c in base["checks"]}["VENDOR-ROLE-EXCLUDED"]
ok(word == "violated", "without --at the day of the last packet counts", word)
late = audit_json("-r", full, *RULES, "--at", "2027-01-01")[1]
ok(("SUCI-NULL-SCHEME", "gnb-north", "amf-1") in rows(base["accepted"]) and ("SUCI-NULL-SCHEME", "gnb-north", "amf-1") in rows(late["findings"]) and not late["accepted"],
   "what is accepted until 2026-12-31 is a finding on 2027-01-01", rows(late["accepted"]))
for bad in ("yesterday", "2026-13-01", "2026-02-30", "2026-11-02T00"):
    s, out, err = run("audit", "-r", ssh, "--at", bad)
    ok(s == 2 and not out, "--at %s is refused" % bad, (s, err))

# ---- an earlier output as baseline
for name, file in (("full", full), ("clean", clean)):
    run("audit", "-r", file, *RULES, "-o", path("o-" + name))
s, r, err = audit_json("-r", full, *RULES, "--baseline", path("o-full"))
ok(s == 0 and {f["since"] for f in r["findings"]} == {"same"} and r["gone"] == [], "the same again: all same, none gone", err)
ok([f["id"] for f in r["findings"]] == [f["id"] for f in base["findings"]], "ids do not depend on a baseline")
s, r, err = audit_json("-r", full, *RULES, "--baseline", path("o-clean"))
ok(s == 0 and {f["since"] for f in r["findings"]} == {"new"} and r["gone"] == [], "against the clean network all are new", r["gone"])
s, r, err = audit_json("-r", clean, *RULES, "--baseline", path("o-full"))
ok(not r["findings"] and rows(r["gone"]) == rows(base["findings"]), "and all are gone when it is clean again", rows(r["gone"]))
s, out, err = run("audit", "-r", clean, *RULES, "--baseline", path("o-full"))
ok(out.count(b"(F-") == len(base["findings"]) and b"Gone since the baseline" in out, "the summary says so", out[-900:])
s, r, err = audit_json("-r", ssh, *RULES, "--baseline", path("o-full"))
ok([f["since"] for f in r["findings"]] == ["same"] and len(r["gone"]) == len(base["findings"]) - 1, "one of them alone is the same, the others are gone", rows(r["gone"]))
s, out, err = run("audit", "-r", full, *RULES, "--baseline", path("o-clean"))
ok(b"new" in out, "the summary says what is new", out[:500])
ok("since" not in base["findings"][0] and "gone" not in base, "without a baseline nothing is said of it")
s, r, err = audit_json("-r", ssh, "--register", REGISTER, "--policy", tolerant, "--baseline", path("o-full"))
ok("MGMT-LATERAL" not in [g["check"] for g in r["gone"]], "what is accepted now is not gone", rows(r["gone"]))
write("text", b"no report\n")
os.mkdir(path("o-bad"))
for name, data in (("absent", None), ("empty", b""), ("text", b"hello\n"), ("other", b'{"version":2,"findings":[]}'), ("list", b"[]"), ("short", b'{"version":1}')):
    if data is not None:
        with open(path("o-bad/report.json"), "wb") as f:
            f.write(data)
    s, out, err = run("audit", "-r", clean, "--baseline", path("o-bad" if data is not None else "o-absent"), "-o", path("never"))
    ok(s == 2 and not out and "report.json" in err and not os.path.exists(path("never")), "a baseline that is %s is refused, nothing is written" % name, (s, err))
with open(path("o-bad/report.json"), "wb") as f:
    f.write(b'{"version":1,"findings":[1,{"id":5},{"id":"F-0123456789abcdef0123"},{}],"accepted":7}')
s, out, err = run("audit", "-r", full, *RULES, "--baseline", path("o-bad"), "--json")
ok(s == 0 and {f["since"] for f in json.loads(out)["findings"]} == {"new"}, "rows that are no findings harm nothing", (s, err))

# ---- findings.ndjson
run("audit", "-r", full, *RULES, "-o", path("eve"))
lines = [json.loads(x) for x in open(path("eve/findings.ndjson"))]
written = json.loads(text(path("eve/report.json")))
ok([x["fairwitness"] for x in lines] == written["findings"], "findings.ndjson has the report's findings, in its order")
eve = all(x["event_type"] == "alert" and x["timestamp"] == x["fairwitness"]["first"] and isinstance(x["alert"]["signature_id"], int) and x["alert"]["signature_id"] > 0 and
          x["alert"]["signature"] == x["fairwitness"]["check"] and 1 <= x["alert"]["severity"] <= 4 and x["alert"]["gid"] == 1 and x["alert"]["rev"] == 1 and
          x["alert"]["action"] == "allowed" and x["alert"]["category"] == x["fairwitness"]["title"] and
          x["pcap_cnt"] == x["fairwitness"]["frames"][0]["frame"] for x in lines)
ok(eve, "each line has what an EVE alert has", lines[:1])
ok(all("src_ip" in x for x in lines) and all("dest_ip" in x for x in lines if x["fairwitness"]["object"]), "with the addresses of both ends", [x for x in lines if "dest_ip" not in x][:1])
ids = {}
for x in lines:
    ids.setdefault(x["alert"]["signature_id"], set()).add(x["alert"]["signature"])
ok(all(len(v) == 1 for v in ids.values()), "one number a check", ids)
run("audit", "-r", clean, *RULES, "-o", path("eve-none"))
ok(open(path("eve-none/findings.ndjson"), "rb").read() == b"", "no findings: an empty file")

# ---- judge says what audit says


def without_head(name):
    r = json.loads(text(name))
    return {k: v for k, v in r.items() if k not in ("tool", "inputs")}


def files_of(folder, name, expect):
    out = []
    for what in ("register", "policy"):
        f = beside(folder, name, what)
        out += ["--" + what, f] if f and ["without", what] not in expect else []
    for words in expect:
        out += ["--at", words[1]] if words[0] == "at" else []
    return out


each = [("sample", full, list(RULES))] + [(f + "/" + n, p, files_of(f, n, expected(f, n))) for f, n, p in captures()]
differ = []
for i, (what, file, rules) in enumerate(each):
    a, j = path("a%d" % i), path("j%d" % i)
    s, out, err = run("audit", "-r", file, *rules, "-o", a, "--facts")
    s2, out2, err2 = run("judge", os.path.join(a, "facts.ndjson.zst"), *rules, "-o", j)
    if s != s2 or s not in (0, 3) or without_head(a + "/report.json") != without_head(j + "/report.json"):
        differ.append("%s: audit %d, judge %d: %s" % (what, s, s2, err2))
    elif open(a + "/findings.ndjson", "rb").read() != open(j + "/findings.ndjson", "rb").read():
        differ.append(what + ": findings.ndjson")
ok(len(each) > 100 and not differ, "%d captures with register and policy: judge gives audit's report and findings" % len(each), "\n".join(differ))
facts = path("a0/facts.ndjson.zst")
s, out, err = run("judge", facts, *RULES, "--fail-on", "crit")
ok(s == 1, "judge has --fail-on too", (s, err))
s, out, err = run("judge", facts, *RULES, "--baseline", path("o-clean"), "--json")
ok(s == 0 and {f["since"] for f in json.loads(out)["findings"]} == {"new"}, "and --baseline", err)
other = register("pools.yaml", ("10.60.0.0/16", "10.61.0.0/16"))
s, out, err = run("judge", facts, "--register", other, "--policy", POLICY, "-o", path("never"))
ok(s == 2 and "pool" in err and not out and not os.path.exists(path("never")), "facts made with other UE pools are refused", (s, err))

# ---- register and policy with mistakes: nothing is written
mistakes = (("register", "version: 1", "version: 2"), ("register", "roles: [gNB]", "roles: [gnbb]"), ("register", "supplier: acme", "supplier: nobody"),
            ("register", "site: north\n", "site: nowhere\n"), ("register", "10.1.2.101", "10.1.2.301"), ("register", "commissioned: 2021-05-01", "commissioned: 2021-5-1"),
            ("register", "  inside: [10.1.0.0/16]", "  inside: [10.1.0.0/40]"), ("register", "elements:", "elemnts:"), ("register", "gnb_id: {hex: \"000102\", bits: 24}",
            "gnb_id: {hex: \"000102\", bits: 12}"), ("register", "id: gnb-south", "id: gnb-north"), ("register", "]", ""),
            ("policy", "import: default", "import: no-such-pack"), ("policy", "transport: tcp", "transport: pigeon"), ("policy", "ports: [22]", "ports: [70000]"), ("policy", "severity: crit", "severity: worst"), ("policy", "since: 2026-11-01", "since: 2026-11-31"),
            ("policy", "max_ppm: 700000", "max_ppm: 7000000"), ("policy", "check: SUCI-NULL-SCHEME", "check: NO-SUCH"), ("policy", "nas.require_ciphering: true",
            "nas.require_ciphering: maybe"), ("policy", "metric: sites", "metric: colours"), ("policy", "id: ntp", "id: oss-ssh"), ("policy", "settings:", "setings:"))
for what, old, new in mistakes:
    make = register if what == "register" else policy
    name = make("mistake.yaml", (old, new))
    s, out, err = run("audit", "-r", ssh, "--" + what, name, *(RULES[2:] if what == "register" else RULES[:2]), "-o", path("never"))
    placed = "mistake.yaml:" in err and err.split("mistake.yaml:")[1].split(":")[0].isdigit()
    ok(s == 2 and placed and not out and not os.path.exists(path("never")), "%s with `%s`: exit 2, the place, nothing written" % (what, new.strip()), (s, err))
s, out, err = run("audit", "-r", ssh, "--register", path("absent.yaml"), "-o", path("never"))
ok(s == 2 and "absent.yaml" in err and not os.path.exists(path("never")), "a register that is not there", (s, err))
before = sorted((n, os.stat(path("o-full/" + n)).st_mtime_ns) for n in os.listdir(path("o-full")))
s, out, err = run("audit", "-r", ssh, "--policy", policy("mistake.yaml", ("ports: [22]", "ports: [-1]")), "--register", REGISTER, "-o", path("o-full"))
ok(s == 2 and before == sorted((n, os.stat(path("o-full/" + n)).st_mtime_ns) for n in os.listdir(path("o-full"))), "an earlier output stays as it is", (s, err))

# ---- readable: captures by others, without a register
most = {"open5gs-testregistration.pcapng": 12, "clem-nmap-2.pcap": 5}
grave = []
for f in others():
    r = audit_json("-r", f, "--no-digest")[1]
    name = os.path.basename(f)
    if r and name in most:
        ok(len(r["findings"]) <= most.pop(name), "%s has %d findings, few enough to read" % (name, len(r["findings"])), rows(r["findings"]))
    grave += [(name, f["check"], f["subject"], f["object"]) for f in (r["findings"] if r else []) if f["severity"] in ("high", "crit")]
if others():
    ok(not most and not grave, "captures by others: nothing is called high or crit, and nothing in them is", grave)
else:
    skip("findings in captures by others", "the folder is absent")

# ---- explain


def explain(*args):
    s, out, err = run("explain", *args)
    return s, out.decode(), err


def contacts(kind):
    for c in written["contacts"]:
        x = c["explanation"]
        if (x["kind"] if x else "undecided" if c.get("undecided") else "unexplained") == kind:
            yield c


for kind, words in (("declared", "It is declared: "), ("ordered", "It is ordered: "), ("standard", "It is standard: "), ("unexplained", "Nothing explains it: ")):
    c = next(contacts(kind), None)
    s, out, err = explain(path("eve"), c["id"]) if c else (None, "", "there is none")
    ok(s == 0 and out.count("Contact ") == 1 and c["id"] in out and c["a"] in out and c["b"] in out and words in out and "First in frame " in out, "explain of a contact that is " + kind, (s, out, err))
    if c and kind != "unexplained":
        ok(c["explanation"]["text"] in out and all("frame %d of" % g["frame"] in out if "frame" in g else g["rule"] in out for g in c["explanation"]["grounds"]) and
           (c["explanation"]["grounds"] or not "ground" in out), "with its grounds", out)
c = next(c for c in written["contacts"] if "203.0.113.66" in (c["a"], c["b"]))
s, out, err = explain(path("eve"), c["id"])
ok("Finding F-" in out and "EGRESS-UNDECLARED" in out, "it names the finding", out)
s, out, err = explain(path("eve"), "10.1.9.102")
want = [c["id"] for c in written["contacts"] if "10.1.9.102" in (c["a"], c["b"])]
ok(s == 0 and len(want) > 2 and out.count("Contact ") == len(want) and all(i in out for i in want), "explain of an address: all its contacts", out[:300])
run("audit", "-r", os.path.join(ROOT, "tests/golden/model/began-late.pcap"), "-o", path("open"))
open_ = next((c for c in json.loads(text(path("open/report.json")))["contacts"] if c.get("undecided")), None)
s, out, err = explain(path("open"), open_["id"]) if open_ else (None, "", "none")
ok(s == 0 and "Not decidable: " in out and open_["undecided"] in out, "explain of one that is not decidable", (out, err))
for args in (("eve", "C-000000000000"), ("eve", "192.0.2.1"), ("eve", "")):
    s, out, err = explain(path(args[0]), args[1])
    ok(s == 2 and not out and "no contact" in err, "explain of `%s`: there is none" % args[1], (s, out, err))
s, out, err = explain(path("nowhere"), "C-000000000000")
ok(s == 3 and not out and "report.json" in err, "explain of a directory that is not there", (s, err))
ok(explain(path("eve"))[0] == 2 and explain()[0] == 2 and explain(path("eve"), "a", "b")[0] == 2, "explain wants two words")

lines = run("decode", "-r", clean)[1].replace(b'RANNodeName":"gnb-north"', b'RANNodeName":"gnb\\u0000\\u001b[31m\\u202e"')
run("judge", write("nul.ndjson", lines), "-o", path("nul"))
s, out, err = explain(path("nul"), "10.1.2.101")
ok(s == 0 and "Contact " in out and not any(c < " " and c != "\n" or c > "~" for c in out), "a name with octets that a terminal obeys stops nobody and is not printed as it is", (s, err, out[:200]))
s, out, err = run("judge", path("nul.ndjson"), "--baseline", path("nul"), "--json")
ok(s == 0 and b'"gone"' in out, "nor does such a report as a baseline", (s, err))

# ---- drafts go into a directory of their own
os.mkdir(path("full"))
write("full/mine.txt", b"keep\n")
s, out, err = run("register", "-r", clean, "-o", path("full"))
ok(s == 2 and os.listdir(path("full")) == ["mine.txt"], "register refuses a directory that holds something", (s, err))
s, out, err = run("register", "-r", clean, "-o", path("eve"))
ok(s == 2 and os.path.exists(path("eve/report.json")), "also an output of audit", (s, err))
s, out, err = run("register", "-r", clean, "-o", path("drafts"))
ok(s == 0 and sorted(os.listdir(path("drafts"))) == ["policy.yaml", "register.yaml"], "it makes a new one", (s, err))
edited = path("drafts/register.yaml")
with open(edited, "a") as f:
    f.write("# confirmed by hand\n")
s, out, err = run("register", "-r", clean, "-o", path("drafts"))
ok(s == 2 and "confirmed by hand" in text(edited), "drafts that somebody has edited are not replaced", (s, err))
done()
