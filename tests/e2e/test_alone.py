"""Findings that rest on more packets than are retained: the record says so of them, no verifier fails an honest one, and nobody gains by it.

Two causes are made here: so much behind a finding's first packets that an audit keeps a part of it only, and inputs whose time goes back, so that
their packets without those between come in another order.
test_alone.py FAIRWITNESS NETGEN ... [all]      all: every capture of the checks in two halves, not one in eight
"""
import copy, shutil, struct, sys
sys.dont_write_bytecode = True
from tap import *
sys.path.insert(0, os.path.join(HERE, "../verify"))
import fwverify, reseal as rs, make_bundle as mk

DATA = os.path.join(TMP, "data/fairwitness")


def words(d, *args):
    """Exit status, {name: word} of both verifiers, reasons of ours."""
    s, out, err = run("verify", d, "--json", "--key", os.path.join(DATA, "log.pub"), *args, key=False)
    lines = json.loads(out)["verdicts"]
    with open(os.path.join(DATA, "log.pub")) as f:
        theirs = {n: w for n, w, _ in fwverify.verify(d, fwverify.public_key(f.read()))}
    return s, {x["name"]: x["word"] for x in lines}, theirs, {x["name"]: x["reason"] for x in lines}


def marks(d):
    """(check, whether it comes out alone) of each finding."""
    said = [json.loads(x) for x in rs.leaves(rs.load(d))]
    return [(x["core"]["check"], x["alone"]) for x in said if x["t"] == "finding"]


def honest(d, inputs):
    """What is wrong with an honest record, or None."""
    s, ours, theirs, why = words(d)
    apart = not all(alone for _, alone in marks(d))
    if s or "FAIL" in theirs.values():
        return ours, theirs, why
    if apart and (ours["re-derived-core"] != "NOT-SHOWN" or "rest" not in why["re-derived-core"]):
        return "a finding that does not come out alone, and: " + why["re-derived-core"]
    s, ours, _, why = words(d, "--case-key", KEY, *[x for i in inputs for x in ("-r", i)])
    return None if s == 0 and ours["re-derived-full"] == "PASS" else (ours, why)


def audit(name, inputs, *args):
    shutil.rmtree(path(name), True)
    run("audit", "-o", path(name), *args, *[x for i in inputs for x in ("-r", i)])
    return path(name) if os.path.isdir(path(name)) else None


# ---- more behind a finding than is kept
crowd = path("crowd.pcap")
subprocess.run([NETGEN, "crowd", crowd], check=True)
d = audit("crowd", [crowd])
rests = [c for c, alone in marks(d) if not alone]
ok(rests == ["NAS-BIDDING-DOWN"], "a crowd: one finding rests on more packets than are kept", marks(d))
why = honest(d, [crowd])
ok(not why, "a crowd: no verifier fails its record, and the capture shows it", why)


# ---- inputs whose time goes back
def halves(capture):
    """Its packets by turns in two files; the first begins with a late packet that says nothing."""
    with open(capture, "rb") as f:
        data = f.read()
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}.get(data[:4])
    if not order:
        return None
    at, records, late = 24, [], 0
    while at + 16 <= len(data):
        s, _, n, _ = struct.unpack_from(order + "IIII", data, at)
        late = max(late, s + 1)
        records.append(data[at:at + 16 + n])
        at += 16 + n
    nothing = struct.pack(order + "IIII", late, 0, 60, 60) + b"\xff" * 6 + bytes(6) + b"\x88\xb5" + bytes(46)
    write("a.pcap", data[:24] + nothing + b"".join(records[0::2]))
    write("b.pcap", data[:24] + b"".join(records[1::2]))
    return [path("a.pcap"), path("b.pcap")]


bad, n, rest = [], 0, []
some = [g for g in goldens() if "/checks/" in g or "/model/" in g]
for capture in some if "all" in sys.argv else some[::8]:
    inputs = halves(capture)
    d = inputs and audit("halves", inputs)
    if not d:
        continue
    n += 1
    rest += ["%s in %s" % (c, os.path.basename(capture)) for c, alone in marks(d) if not alone]
    why = honest(d, inputs)
    bad += ["%s: %s" % (capture, why)] if why else []
ok(n >= 20 and not bad, "%d captures in two inputs, one of which goes back in time: no verifier fails a record" % n, "\n".join(map(str, bad)))
ok(rest, "%d of their findings rest on more packets than are kept" % len(rest))
print("\n".join("# " + x for x in rest[:10]))

# ---- nobody gains by it: who has every key and says so of a finding where it is not true
LOG, EXPORT = rs.key(os.path.join(DATA, "log.key")), rs.key(os.path.join(DATA, "export.key"))


def lie(change):
    files = rs.load(path("crowd"))
    said = [json.loads(x) for x in rs.leaves(files)]
    change([x for x in said if x["t"] == "finding"])
    rs.relog(files, said, LOG, EXPORT)
    shutil.rmtree(path("lie"), True)
    mk.write(files, path("lie"))


lie(lambda findings: [f.update(alone=True) for f in findings])
s, ours, _, why = words(path("lie"))
ok(s == 1 and ours["re-derived-core"] == "FAIL", "said to come out alone, and it does not: re-derived-core fails", (ours, why))
lie(lambda findings: [f.update(alone=False) for f in findings])
s, ours, _, why = words(path("lie"), "-r", crowd, "--case-key", KEY)
ok(s == 1 and ours["re-derived-full"] == "FAIL", "said to rest on more, and it does not: with the capture re-derived-full fails", (ours, why))
done()
