"""Same bytes: any batch size, both compilers, with and without sanitizers, snap lengths that cut nothing a fact reads."""
import os, subprocess
from tap import *

binaries = [a for a in sys.argv[3:] if os.path.exists(a)]


def strip(r):
    r.pop("tool")
    r.pop("inputs")
    return r


def outputs(f, *args, fw=None):
    d = run("decode", "-r", f, "--no-digest", *args, fw=fw)[1].split(b"\n")[1:-2]
    s, r, e = audit_json("-r", f, "--no-digest", *args, fw=fw)
    return d, strip(r) if r else None


files = [sample()] + goldens() + others()
for size in ("1", "7", "256"):
    bad = []
    for f in files:
        if outputs(f) != outputs(f, "--batch", size):
            bad.append(f)
    ok(not bad, "batches of %s packets give the same facts and report on %d captures" % (size, len(files)), "\n".join(bad))
for b in binaries:
    bad = [f for f in files if outputs(f) != outputs(f, fw=b)]
    ok(not bad, "%s gives the same facts and report" % os.path.basename(os.path.dirname(os.path.dirname(b))), "\n".join(bad))
if not binaries:
    skip("another compiler gives the same", "no other build was named")
if not others():
    skip("captures by others", "the folder is absent")

for snap in ("1500", "400"):
    cut = path("snap%s.pcap" % snap)
    subprocess.run(["editcap", "-s", snap, sample(), cut], check=True)
    shorter = os.path.getsize(cut) < os.path.getsize(sample())
    a, b = outputs(sample()), outputs(cut)
    what = "a snap length of %s%s" % (snap, ", which cuts packets but nothing that is read," if shorter else "")
    ok(a[0] == b[0], what + " gives the same facts", [x for x, y in zip(a[0], b[0]) if x != y][:1])
    ok(a[1] == b[1], what + " gives the same report", [(k, a[1][k], b[1][k]) for k in a[1] if a[1][k] != b[1][k] and k == "coverage"])
done()
