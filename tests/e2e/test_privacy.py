"""No subscriber identity and no key of the sample network in any output, in digits, hex or BCD, bytes or text."""
import os, subprocess
from tap import *

truth = json.loads(subprocess.run([NETGEN, "sample", "--truth", path("t.pcap")], stdout=subprocess.PIPE, check=True).stdout)
secrets = {}
for ue in truth["ues"]:
    for k in ("supi", "imsi", "msin", "imei", "pei"):
        v = "".join(c for c in str(ue.get(k, "")) if c.isdigit())
        if len(v) >= 8:
            secrets[v] = k
ok(len(secrets) >= 20, "the sample network has subscribers with identities", len(secrets))


def bcd(digits):
    d = digits + ("f" if len(digits) % 2 else "")
    return bytes.fromhex("".join(d[i + 1] + d[i] for i in range(0, len(d), 2)))


def forms(v):
    yield v.encode()
    yield bcd(v)
    yield bcd(v).hex().encode()
    yield v.encode().hex().encode()
    if len(v) % 2 == 0:
        yield bytes.fromhex(v)


s, out, err = run("audit", "-r", path("t.pcap"), "-o", path("o"), "--facts")
everything = {"summary": out, "stderr": err.encode()}
for n in sorted(os.path.relpath(os.path.join(d, f), path("o")) for d, _, fs in os.walk(path("o")) for f in fs):
    b = open(os.path.join(path("o"), n), "rb").read()
    everything[n] = subprocess.run(["zstd", "-dc"], input=b, stdout=subprocess.PIPE).stdout if n.endswith(".zst") else b
everything["decode"] = run("decode", "-r", path("t.pcap"))[1]
for name, b in everything.items():
    # Masked octets are zero: a form of which one octet is not zero says nothing there (tests/unit/test_mask_leak.c looks where it stood).
    blank = name.endswith(".pcapng")
    hits = [(secrets[v], f) for v in secrets for f in forms(v) if len(f) >= 5 and not (blank and len(f) - f.count(0) < 2) and f in b]
    ok(not hits, "%s holds none of %d identities" % (name, len(secrets)), hits[:3])
clear = run("decode", "-r", path("t.pcap"), "--clear")[1]
ok(json.loads(clear.splitlines()[0]).get("clear") is True, "--clear says so in the output")
done()
