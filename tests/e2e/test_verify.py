"""fairwitness verify: honest records pass, and what each liar can change is found where the documents say it is found, or is named as a boundary.

Every lie is told to the verifier of another hand too (tests/verify/fwverify.py), and where both judge a name they say the same of it; some to the
commands of docs/verify-by-hand.md.
test_verify.py FAIRWITNESS NETGEN ... [all]      all: every golden capture, with and without register and policy
"""
import copy, random, shutil, stat
from tap import *
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "../verify"))
import fwverify, make_bundle as mk
import reseal as rs
from by_hand import STEPS, follow

CONF = ["--register", os.path.join(ROOT, "share/sample/register.yaml"), "--policy", os.path.join(ROOT, "share/sample/policy.yaml")]
NAMES = ["signer", "integrity", "inclusion", "sealed", "complete", "rendered", "re-derived-core", "re-derived-full", "witnessed", "time-bounded"]
DATA = os.path.join(TMP, "data/fairwitness")
PUB = os.path.join(DATA, "log.pub")


def verify(where, *args, key=True):
    """Exit status, {name: word}, {name: reason}."""
    s, out, err = run("verify", where, "--json", *(["--key", PUB] if key else []), *args, key=False)
    lines = json.loads(out)["verdicts"] if out.strip() else []
    return s, {x["name"]: x["word"] for x in lines}, {x["name"]: x["reason"] for x in lines} | {"": err}


JUDGED = NAMES[:5]		# by the other verifier too


def agree(where, status, words, fails=True):
    """What the other verifier says differently, or None; fails: whether one of the names that it judges has to."""
    with open(PUB) as f:
        theirs = {n: w for n, w, _ in fwverify.verify(where, fwverify.public_key(f.read()))}
    apart = [n for n in JUDGED if {words.get(n), theirs[n]} == {"PASS", "FAIL"}]
    if apart or (words and ("FAIL" in [words[n] for n in JUDGED]) != ("FAIL" in [theirs[n] for n in JUDGED])) or (fails and "FAIL" not in theirs.values()):
        return "the other verifier: " + " ".join("%s %s" % (n, theirs[n]) for n in JUDGED)
    return None


def failing(words):
    return sorted(n for n, w in words.items() if w == "FAIL")


def audit(name, *args, stdin=None):
    s, out, err = run("audit", "-o", path(name), *args, stdin=stdin)
    return path(name) if os.path.isdir(path(name)) else None


# ---- honest records
cap = sample()
with open(cap, "rb") as f:
    octets = f.read()
odd = write("odd.pcap", octets[:len(octets) // 2 + 7])
kinds = [("plain", [cap], []), ("ruled", [cap], CONF), ("inner", [cap], CONF + ["--keep-inner", "--facts"]), ("open", [cap], ["--no-digest"]),
         ("window", [cap], ["--from", "2026-11-02T00:00:00Z"]), ("damaged", [odd], CONF), ("twice", [cap, odd], CONF)]
for name, inputs, args in kinds:
    d = audit(name, *[x for i in inputs for x in ("-r", i)], *args)
    if not ok(d, "%s: there is a record" % name):
        continue
    s, w, why = verify(d, *[x for i in inputs for x in ("-r", i)], "--case-key", KEY)
    shown = {n: "PASS" for n in NAMES[:8]} | {"sealed": "NOT-SHOWN" if name == "open" else "PASS", "complete": "NOT-SHOWN" if "odd.pcap" in " ".join(inputs) else "PASS"}
    wrong = [(n, w.get(n), why.get(n)) for n in shown if w.get(n) != shown[n] and not (n in ("rendered", "re-derived-core") and w.get(n) == "NOT-SHOWN")]
    ok(s == 0 and not wrong and w["witnessed"] == w["time-bounded"] == "NOT-SHOWN", "%s: honest, and what it shows is what it should show" % name, (s, wrong, why[""]))
d = audit("since", "-r", cap, "--baseline", path("plain"), *CONF)
s, w, why = verify(d, "-r", cap, "--case-key", KEY)
ok(s == 0 and w["re-derived-full"] == "PASS", "compared with an earlier report: honest", (w, why))
d = audit("stream", "-r", "-", stdin=octets)
s, out, err = run("verify", d, "-r", "-", "--case-key", KEY, "--json", stdin=octets, key=False)
ok(s == 0 and b'"re-derived-full","word":"PASS"' in out, "from standard input, and again", out.decode())
some = goldens() if "all" in sys.argv else goldens()[::9]
bad, n = [], 0
for i, g in enumerate(some):
    for conf in ([], CONF) if "all" in sys.argv else [CONF if i % 2 else []]:
        d = audit("golden", "-r", g, *conf)
        if d:
            n += 1
            s, w, why = verify(d, "-r", g, "--case-key", KEY)
            bad += [(g, s, failing(w), [why[x] for x in failing(w)], why[""])] if s else []
            shutil.rmtree(d)
ok(n > 40 and not bad, "%d golden captures: no honest record fails" % n, "\n".join(map(str, bad)))

# ---- the command
d, cp = path("ruled"), path("ruled/evidence/checkpoint")
s, w, why = verify(d, key=False)
ok(s == 0 and w["signer"] == "NOT-SHOWN" and list(w) == NAMES, "without a key the signer is not shown, and stands first", w)
with open(PUB) as f:
    line = f.read().strip()
ok(verify(d, "--key", line, key=False)[1]["signer"] == "PASS", "the key as a line")
ok(verify(d, "--require", "signer,integrity,inclusion")[0] == 0 and verify(d, "--require", "witnessed")[0] == 1, "--require asks for PASS")
for args in (["--require", "signed"], ["--key", path("nothing")], ["--key", cp], ["--checkpoint", PUB], ["--nothing"], [d]):
    s, _, why = verify(d, *args)
    ok(s == 2, "usage: %s" % args[0].replace(TMP, ""), (s, why[""]))
ok(run("verify", key=False)[0] == 2 and run("verify", path("absent"), key=False)[0] == 3 and run("verify", cap, key=False)[0] == 3, "no directory, an absent one, a file")
os.mkdir(path("bare"))
ok(run("verify", path("bare"), key=False)[0] == 3, "a directory without a record")
ok(verify(d, "--checkpoint", cp)[0] == 0, "the checkpoint that was kept is this one")
s, w, why = verify(d, "--checkpoint", path("plain/evidence/checkpoint"))
ok(s == 1 and failing(w) == ["integrity"], "a checkpoint of another log was kept", (w, why))
s, w, why = verify(d, "-r", odd)
ok(s == 1 and failing(w) == ["re-derived-full"], "-r with another capture", (w, why))
other = write("other.key", b"another case key of sixteen")
s, w, why = verify(d, "-r", cap, "--case-key", other)
ok(s == 0 and w["re-derived-full"] == "NOT-SHOWN", "another case key: the findings come out, the report is not shown", (w, why))

# ---- liars
HONEST = rs.load(d)
LOG, EXPORT = rs.key(os.path.join(DATA, "log.key")), rs.key(os.path.join(DATA, "export.key"))
SAID = [json.loads(x) for x in rs.leaves(HONEST)]
ROWS = rs.packets(HONEST)


class Copy:
    def __init__(self):
        self.files, self.said, self.rows = dict(HONEST), copy.deepcopy(SAID), copy.deepcopy(ROWS)
        self.leaf = lambda t: [x for x in self.said if x["t"] == t]
        self.before = mk.canon(self.said), mk.canon([{k: v for k, v in r.items() if k != "octets"} for r in self.rows]), [r["octets"] for r in self.rows]

    def sealed(self, level):
        """The files as this liar leaves them."""
        leaves, rows, shown = self.before
        changed = mk.canon([{k: v for k, v in r.items() if k != "octets"} for r in self.rows]) != rows or [r["octets"] for r in self.rows] != shown
        if level == 2:
            if changed:
                rs.commit(self.files, self.said, self.rows)
            rs.relog(self.files, self.said, LOG, EXPORT)
            return self.files
        if changed:
            rs.put_packets(self.files, self.rows)
        if mk.canon(self.said) != leaves:
            rs.put_entries(self.files, [mk.canon(x) for x in self.said])
        if level == 1:
            rs.remanifest(self.files, EXPORT)
        return self.files


def ground_row(b, at=0):
    """The row of a packet that is a ground of a finding."""
    g = b.leaf("finding")[at]["core"]["grounds"][0]
    return next(i for i, r in enumerate(b.rows) if r["if"] == g["input"] and int(r["seq"]) == g["frame"])


def unplaced(b):
    """A packet that no finding names: an element rests on it."""
    named = {tuple(p) for f in b.leaf("finding") for p in f["pkts"]}
    return next(i for i, r in reversed(list(enumerate(b.rows))) if (b.said.index(b.leaf("seg")[0]), r["i"]) not in named)


def drop_ground(b): b.rows.pop(ground_row(b))
def reorder(b): b.rows[2], b.rows[3] = b.rows[3], b.rows[2]
def fill_hole(b):
    r, c = next((r, c) for r in b.rows for c in r["ch"] if "c" in c)
    r["octets"] = r["octets"][:c["o"]] + b"\x01" + r["octets"][c["o"] + 1:]


def drop_element(b):
    i = unplaced(b)
    b.rows.pop(i)
    for f in b.leaf("finding"):
        f["pkts"] = [[s, p - (p > i)] for s, p in f["pkts"]]


def insert(b):
    r = copy.deepcopy(b.rows[-1])
    r["seq"] = str(int(r["seq"]) + 1)
    b.rows.append(r)


def shown_octet(b):
    i = unplaced(b)
    r = b.rows[i]
    r["octets"] = bytes([r["octets"][0] ^ 2]) + r["octets"][1:]


def relabel(b):
    r, c = next((r, c) for r in b.rows for c in r["ch"] if c["k"] == "U")
    c.update(k="I")


def unmask(b):
    r, k = next((r, k) for r in b.rows for k, c in enumerate(r["ch"]) if c["k"] == "K" and (not k or r["ch"][k - 1]["k"] != "S") and (k + 1 == len(r["ch"]) or r["ch"][k + 1]["k"] != "S"))
    c = r["ch"][k]
    c.update(k="S", s=mk.hexsha(b"salt"))
    del c["c"]


def bytes_of(b): b.leaf("seg")[0]["bytes"] = str(int(b.leaf("seg")[0]["bytes"]) + 1)
def count_of(b): b.leaf("seg")[0]["count"] -= 1
def decoded(b): b.said[-1]["coverage"]["decoded"] = str(int(b.said[-1]["coverage"]["decoded"]) + 1)


def shifted(b):
    c = b.said[-1]["coverage"]
    c["decoded"], c["opaque"] = str(int(c["decoded"]) + 1), str(int(c["opaque"]) - 1)


def replace(b, name, was, now):
    assert was in b.files[name], (name, was)
    b.files[name] = b.files[name].replace(was, now, 1)


def shifted_both(b):
    c = b.said[-1]["coverage"]
    d, o = int(c["decoded"]), int(c["opaque"])
    shifted(b)
    replace(b, "report.json", b'"decoded": %d' % d, b'"decoded": %d' % (d + 1))
    replace(b, "report.json", b'"opaque": %d' % o, b'"opaque": %d' % (o - 1))


def other_digest(b): b.said[-1]["inputs"][0]["sha256"] = mk.hexsha(b"other")
def day(b): b.said[0]["at"] = "2031-01-01"


def policy(b):
    b.files["evidence/config/policy.yaml"] += b"# nothing\n"
    was, now = mk.hexsha(HONEST["evidence/config/policy.yaml"]), mk.hexsha(b.files["evidence/config/policy.yaml"])
    for x in b.leaf("config"):
        x["sha256"] = now if x["sha256"] == was else x["sha256"]
    for f in b.leaf("finding"):
        f["core"]["config"]["policy"] = now
    b.files["report.json"] = b.files["report.json"].replace(was.encode(), now.encode())


def pack(b):
    x = b.leaf("config")[-1]
    name = "evidence/config/" + x["name"]
    was = x["sha256"]
    b.files[name] += b"# nothing\n"
    x["sha256"] = mk.hexsha(b.files[name])
    b.files["report.json"] = b.files["report.json"].replace(was.encode(), x["sha256"].encode())


def finding_line(b, f):
    """The line of report.json that holds the finding."""
    return next(x for x in b.files["report.json"].split(b"\n") if x.lstrip().startswith(b'{"id":"%s"' % f["id"].encode()))


def severity(b):
    f = b.leaf("finding")[0]
    was, now = f["core"]["severity"], "info"
    f["core"]["severity"] = now
    line = finding_line(b, f)
    replace(b, "report.json", line, line.replace(b'"severity":"%s"' % was.encode(), b'"severity":"info"'))


def severity_leaf(b): b.leaf("finding")[0]["core"]["severity"] = "info"


def remove(b):
    f = b.leaf("finding")[0]
    line = finding_line(b, f)
    assert line.endswith(b",")
    b.said.remove(f)
    b.said[-1]["findings"] -= 1
    replace(b, "report.json", line + b"\n", b"")


def remove_leaf(b): b.said.remove(b.leaf("finding")[-1])


def invent(b):
    f = copy.deepcopy(b.leaf("finding")[0])
    line = finding_line(b, f)
    was = f["core"]["subject"]
    f["core"]["subject"] = "upf-9"
    old, f["id"] = f["id"], "F-" + mk.hexsha("\n".join(f["core"][k] for k in ("check", "subject", "object")).encode())[:12]
    new = line.replace(old.encode(), f["id"].encode()).replace(b'"subject":"%s"' % was.encode(), b'"subject":"upf-9"')
    b.said.insert(b.said.index(b.leaf("finding")[0]) + 1, f)
    b.said[-1]["findings"] += 1
    replace(b, "report.json", line, line.rstrip(b",") + b",\n" + new)


def annex(b):
    line = finding_line(b, b.leaf("finding")[0])
    replace(b, "report.json", line, line.replace(b'"reason":"', b'"reason":"perhaps ', 1))


def html(b): replace(b, "report.html", b"<title>", b"<title>not ")
def space(b): replace(b, "report.json", b'"version": 1', b'"version":  1')
def eve(b): b.files["findings.ndjson"] = b""
def readme(b): b.files["evidence/README.txt"] += b"All is well.\n"


def swap_proofs(b):
    p = sorted(n for n in b.files if "/proof/" in n)
    b.files[p[0]], b.files[p[1]] = b.files[p[1]], b.files[p[0]]


FULL, RENDER = ["re-derived-full"], ["rendered"]
# title, edit, what fails when the holder of the log key signs everything again: without -r; with -r and the case key
cases = [
    ("a ground is dropped", drop_ground, ["integrity"], None), ("packets change places", reorder, ["inclusion"], None), ("a hole is filled", fill_hole, ["inclusion"], None),
    ("an element's packet is dropped", drop_element, RENDER, None), ("a packet is put in", insert, ["re-derived-core"], FULL), ("an octet that is shown is changed", shown_octet, [], FULL),
    ("a chunk gets another class", relabel, [], FULL), ("a masked chunk is called shown", unmask, [], FULL), ("a segment's bytes", bytes_of, [], FULL),
    ("a segment's count", count_of, ["integrity"], None), ("the coverage's sum", decoded, ["integrity"], None), ("the coverage, its sum kept", shifted, RENDER, None),
    ("the coverage and report.json", shifted_both, [], FULL), ("an input's digest", other_digest, RENDER, None), ("the day of the rules", day, [], FULL),
    ("a comment in the policy", policy, [], []), ("a built-in pack", pack, ["re-derived-core"], None), ("a finding's severity in the log", severity_leaf, RENDER, None),
    ("a finding's severity everywhere", severity, ["re-derived-core"], None), ("a finding is removed from the log", remove_leaf, ["integrity"], None),
    ("a finding is removed everywhere", remove, [], FULL), ("a finding is invented", invent, ["re-derived-core"], None), ("a reason in report.json", annex, [], FULL),
    ("report.html", html, [], []), ("a space in report.json", space, RENDER, None), ("findings.ndjson", eve, [], []), ("README.txt", readme, [], []),
    ("proofs change places", swap_proofs, None, None),
]
renders = verify(path("ruled"))[1]["rendered"] == "PASS"


def put(name, files):
    shutil.rmtree(path(name), True)
    mk.write(files, path(name))
    return path(name)


# What EVIDENCE's test plan names, and the lies that tell it here; those about witnesses and time stamps wait for them.
SEMANTIC = {
    "drop a packet": ["a ground is dropped", "an element's packet is dropped"], "reorder packets": ["packets change places"], "insert a packet": ["a packet is put in"],
    "edit a packet": ["an octet that is shown is changed"],
    "edit a counter": ["a segment's bytes", "a segment's count", "the coverage's sum", "the coverage, its sum kept", "the coverage and report.json"],
    "edit the policy": ["a comment in the policy", "a built-in pack", "the day of the rules"],
    "edit a finding": ["a finding's severity in the log", "a finding's severity everywhere", "a finding is removed from the log", "a finding is removed everywhere",
                       "a finding is invented", "a reason in report.json"],
    "swap proofs": ["proofs change places"], "fill a masked hole": ["a hole is filled"], "relabel a class": ["a chunk gets another class", "a masked chunk is called shown"],
    "edit an input's digest": ["an input's digest"],
}
told = {title for title, *_ in cases}
ok(all(t in told for titles in SEMANTIC.values() for t in titles), "each of %d kinds of meaning is changed by a lie of these" % len(SEMANTIC), SEMANTIC)
hands = 0
for title, edit, again, with_r in cases:
    for level in (0, 1):
        b = Copy()
        edit(b)
        s, w, why = verify(put("lie", b.sealed(level)))
        differ = agree(path("lie"), s, w)
        ok(s == 1 and failing(w) and not differ, "%s, %s: found by both" % (title, ["no key", "the exporter's key"][level]), (s, w, why, differ))
        if not level and hands % 4 == 0:
            ok(not follow(path("lie"), STEPS[:-1])[0], "%s, no key: a command by hand complains" % title)
        hands += not level
    if again is None:
        continue
    b = Copy()
    edit(b)
    s, w, why = verify(put("lie", b.sealed(2)))
    differ = agree(path("lie"), s, w, False)
    ok(not differ, "%s, every key: both verifiers say the same" % title, (w, differ))
    if hands % 4 == 0:
        good, said = follow(path("lie"), STEPS[:-1])
        ok(good or s == 1, "%s, every key: no command by hand complains where nothing fails" % title, said)
    if renders and not again and edit in (annex, html, shifted_both, remove, policy):
        again = RENDER
    ok(set(again) <= set(failing(w)) and bool(again) == bool(s), "%s, every key: %s" % (title, ", ".join(again) + " fails" if again else "nothing fails, as documented"), (s, w, why))
    if with_r is not None:
        s, w, why = verify(path("lie"), "-r", cap, "--case-key", KEY)
        ok(set(with_r) <= set(failing(w)), "%s, every key, and the captures: %s" % (title, ", ".join(with_r) + " fails" if with_r else "as documented"), (s, w, why))
        if b.files["evidence/checkpoint"] != HONEST["evidence/checkpoint"]:
            s, w, why = verify(path("lie"), "--checkpoint", cp)
            ok("integrity" in failing(w), "%s, every key, and a checkpoint that was kept: integrity fails" % title, (s, w, why))

b = Copy()
rs.relog(b.files, b.said, mk.FOREIGN, mk.EXPORTER)
d = put("foreign", b.files)
s, w, why = verify(d)
ok(s == 1 and failing(w) == ["signer"] and not agree(d, s, w), "signed by somebody else: the signer fails, for both", (w, why))
s, w, why = verify(d, key=False)
ok(s == 0 and w["signer"] == "NOT-SHOWN", "signed by somebody else, and no key given: nothing fails, the signer is not shown", (w, why))

# ---- directories that are not what they seem
def lie(what, change, level=1, want=1):
    d = put("lie", Copy().sealed(level))
    change(d)
    s, w, why = verify(d)
    differ = agree(d, s, w, want == 1)
    ok(s == want and (want != 1 or failing(w)) and not differ, what, (s, w, why, differ))


def at(d, name): return os.path.join(d, name)


def swap(name, make):
    def change(d):
        if os.path.isdir(at(d, name)):
            shutil.move(at(d, name), path("aside"))
        elif os.path.exists(at(d, name)):
            shutil.copy(at(d, name), path("aside"))
            os.unlink(at(d, name))
        make(at(d, name))
    return change


def grow(n): return lambda p: (open(p, "ab").close(), os.truncate(p, n))


shutil.rmtree(path("aside"), True)
lie("a stray file", lambda d: open(at(d, "evidence/notes.txt"), "w").close())
lie("a stray file with a name of the format", lambda d: open(at(d, "evidence/proof/000000.tlog-proof"), "w").close())
lie("an empty directory", lambda d: os.mkdir(at(d, "evidence/more")))
lie("a name that no format has", lambda d: open(at(d, "evidence/a b"), "w").close())
lie("a deep directory", lambda d: os.makedirs(at(d, "evidence/tile/0/1/2/3/4/5/6/7/8")))
lie("a file is a link to what it was", swap("report.html", lambda p: os.symlink(path("aside"), p)))
lie("a file is a link to nowhere", swap("report.html", lambda p: os.symlink("/nonexistent", p)))
lie("a file is a pipe", swap("evidence/checkpoint", os.mkfifo))
lie("a file is a directory", swap("evidence/checkpoint", os.mkdir))
os.unlink(path("aside"))
lie("a directory is a link", swap("evidence/config", lambda p: os.symlink(path("aside"), p)))
shutil.rmtree(path("aside"))
for name in ("evidence/checkpoint", "evidence/log.vkey", "MANIFEST.sha256", "evidence/packets.pcapng", "report.json"):
    lie("%s is huge" % name, lambda d: os.truncate(at(d, name), 1 << 41))
s, w, why = verify(put("x.partial-77", dict(HONEST)))
ok(s == 1 and "integrity" in failing(w), "a directory that was never finished", (w, why))
for level in (0, 1):
    missed = []
    for name in sorted(HONEST):
        if level and name.startswith("MANIFEST"):
            continue
        for part in ("gone", "empty", "half"):
            b = Copy()
            if part == "gone":
                del b.files[name]
            else:
                b.files[name] = HONEST[name][:0 if part == "empty" else len(HONEST[name]) // 2]
            if b.files.get(name) == HONEST[name]:
                continue
            if level:
                rs.remanifest(b.files, EXPORT)
            s, w, why = verify(put("lie", b.files))
            missed += [(name, part, s)] if s != 1 or not failing(w) or agree(path("lie"), s, w) else []
    ok(not missed, "each of %d files gone, empty or cut, %s: found" % (len(HONEST), ["no key", "the exporter's key"][level]), missed)
for bad in (b"../outside", b"/etc/passwd", b"evidence/../report.json", b"report.json/", b"a//b"):
    b = Copy()
    m = sorted([b"%s  %s\n" % (mk.hexsha(b"").encode(), bad)] + [x + b"\n" for x in HONEST["MANIFEST.sha256"].splitlines()], key=lambda x: x[66:])
    b.files["MANIFEST.sha256"] = b"".join(m)
    b.files["MANIFEST.sha256.sig"] = mk.sshsig(EXPORT, b.files["MANIFEST.sha256"])
    s, w, why = verify(put("lie", b.files))
    ok(s == 1 and failing(w) == ["integrity"] and not agree(path("lie"), s, w), "the manifest names %s" % bad.decode(), (w, why))
done()
