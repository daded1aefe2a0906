"""Same bytes: any batch size, both compilers, with and without sanitizers, snap lengths that cut nothing a fact reads.

test_same.py FAIRWITNESS NETGEN [OTHER-FAIRWITNESS...] [all]      all: every golden capture in every batch size"""
import os, subprocess
from tap import *

binaries = [a for a in sys.argv[3:] if os.path.exists(a)]


def strip(r):
    r.pop("tool")
    r.pop("inputs")
    for f in r["findings"]:         # the command names the input
        f.pop("tshark")
    return r


def outputs(f, *args, fw=None):
    d = run("decode", "-r", f, "--no-digest", *args, fw=fw)[1].split(b"\n")[1:-2]
    s, r, e = audit_json("-r", f, "--no-digest", *args, fw=fw)
    return d, strip(r) if r else None


# Each capture of a check has a sibling here that decodes the same way: one of a check is enough.
GOLDEN = set(goldens())
files = [sample()] + [g for g in goldens() if "/checks/" not in g or g.endswith("/violated.pcap")] + others()
first = {f: outputs(f) for f in files}
quick = binaries[0] if binaries else None        # without sanitizers; that it gives the same is asked below
for k, size in enumerate(("1", "7", "256")):
    some = [f for i, f in enumerate(files) if i % 3 == k or f not in GOLDEN or "all" in sys.argv]        # one size each, but for long captures
    bad = [f for f in some if first[f] != outputs(f, "--batch", size, fw=quick)]
    ok(not bad, "batches of %s packets give the same facts and report on %d captures" % (size, len(some)), "\n".join(bad))
for b in binaries:
    bad = [f for f in files if first[f] != outputs(f, fw=b)]
    ok(not bad, "%s gives the same facts and report" % os.path.basename(os.path.dirname(os.path.dirname(b))), "\n".join(bad))
if not binaries:
    skip("another compiler gives the same", "no other build was named")
if not others():
    skip("captures by others", "the folder is absent")

# The shortest snap length that leaves all that a fact reads: the end of the last message in its frame.
facts = [json.loads(l) for l in run("decode", "-r", sample())[1].splitlines()]
snap = max(f["off"] + f["len"] for f in facts if "off" in f)
cut = path("snapped.pcap")
subprocess.run(["editcap", "-s", str(snap), sample(), cut], check=True)
ok(os.path.getsize(cut) < os.path.getsize(sample()), "a snap length of %d cuts packets of the sample network" % snap)
a, b = outputs(sample()), outputs(cut)
ok(a[0] == b[0], "but no fact: the list is the same", [x for x, y in zip(a[0], b[0]) if x != y][:1])
ok(a[1] == b[1], "and so is the report", [(k, a[1][k], b[1][k]) for k in a[1] if a[1][k] != b[1][k] and k == "coverage"])
subprocess.run(["editcap", "-s", "90", sample(), cut], check=True)
b = outputs(cut)
ok(b[1]["coverage"]["cut"] > 0 and b[1]["coverage"]["malformed"] == 0, "a shorter one is told as cut, and nobody is blamed for it", b[1]["coverage"])
done()
