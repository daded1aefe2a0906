"""No identity, key, token or integrity code of what was built, in any output of any capture, in any encoding.

What there is to be found is known from the builder, which notes it where it makes octets of it (tests/build/secret.h): MSIN, SUPI and PEI of
every subscriber, hidden or not, 5G-TMSIs, K_gNB and NH, NAS MACs, and what an authentication exchanges.
test_privacy.py FAIRWITNESS NETGEN ... [all]      all: every capture that has a secret, not one in four
"""
import base64, re, shutil
from tap import *

ALL = "all" in sys.argv


# ---- in every encoding
def bcd(d, swapped):
    """Two digits an octet; of an odd number the last is left out."""
    return bytes(int(d[i + 1] + d[i] if swapped else d[i:i + 2], 16) for i in range(0, len(d) - 1, 2))


def texts(b):
    """Octets as text: hex, hex with separators, base64 at each of its three places."""
    h = b.hex()
    pairs = [h[i:i + 2] for i in range(0, len(h), 2)]
    for x in (h, ":".join(pairs), " ".join(pairs)):
        yield x.encode()
        if x.upper() != x:
            yield x.upper().encode()
    for before in range(3):
        e = base64.b64encode(bytes(before) + b)
        yield e[(0, 2, 3)[before]:len(e) // 4 * 4 - 4 if (before + len(b)) % 3 else None]


def forms(kind, value):
    """(name, octets) of every way to write it."""
    if kind in ("msin", "supi", "pei"):
        whole = [value.encode()] + [bcd(value[k:], swapped) for swapped in (True, False) for k in (0, 1)]		# from either half of an octet
        yield from (("UTF-16", value.encode(e)) for e in ("utf-16-le", "utf-16-be"))
    else:
        whole = [bytes.fromhex(value)]
        if len(whole[0]) == 4:
            yield from (("a number", t) for t in (str(int.from_bytes(whole[0], order)).encode() for order in ("big", "little")) if len(t) > 7)
    for k, b in enumerate(whole):
        if len(b) >= 4:
            yield "octets" if kind not in ("msin", "supi", "pei") else "BCD" if k else "digits", b
            yield from (("text of it", t) for t in texts(b) if len(t) >= 8)


def poor(f):
    """Nearly all zeros, as octets or as text."""
    return len(f) - f.count(0) < 3 or len(f) - sum(f.count(c) for c in b"0 :A=") < 3


FACTS = ("facts.ndjson.zst", "decode")	# what a network gives out for hours, 5G-TMSIs, stands in facts as it is
HASHES = re.compile(rb"[0-9a-f]{64,}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=")


def search(name, data, secrets):
    """[(kind, value, how)] of what is in there."""
    short = None
    hits = []
    for kind, value in secrets:
        if kind == "tmsi" and name in FACTS:
            continue
        for how, f in forms(kind, value):
            # Masked octets are zero: a form that is nearly all zeros says nothing (tests/unit/test_mask_leak.c looks where it was); digits do.
            if poor(f) and not (how in ("digits", "UTF-16") and name not in ("evidence/packets.pcapng", "report.html")):
                continue
            # Four octets are somewhere in many hashes: those are left out.
            if len(f) <= 11 and kind in ("mac", "tmsi"):
                if name.startswith("evidence/tile/") and "entries" not in name:
                    continue
                if short is None:
                    short = HASHES.sub(b"", data)
                if f in short:
                    hits.append((kind, value, how))
            elif f in data:
                hits.append((kind, value, how))
    return hits


# ---- every output
def outputs(capture, more=()):
    """{name: octets} of all that can be written about a capture."""
    shutil.rmtree(path("o"), True)
    s, out, err = run("audit", "-r", capture, "-o", path("o"), "--facts", *more)
    found = {"summary": out, "messages": err.encode()}
    for n in sorted(os.path.relpath(os.path.join(d, f), path("o")) for d, _, fs in os.walk(path("o")) for f in fs):
        with open(os.path.join(path("o"), n), "rb") as f:
            b = f.read()
        found[n] = subprocess.run(["zstd", "-dc"], input=b, stdout=subprocess.PIPE).stdout if n.endswith(".zst") else b
    s, out, err = run("decode", "-r", capture)
    found["decode"] = out + err.encode()
    return found


made, lines = path("golden"), []
p = subprocess.run([NETGEN, "golden", made, "--secrets"], stdout=subprocess.PIPE, check=True)
for line in p.stdout.splitlines():
    x = json.loads(line)
    if x["secrets"]:
        lines.append((os.path.join(made, x["capture"]), x["secrets"]))
p = subprocess.run([NETGEN, "sample", path("sample.pcap"), "--secrets"], stdout=subprocess.PIPE, check=True)
sample_secrets = json.loads(p.stdout)["secrets"]
kinds = {k for _, s in lines for k, _ in s}
ok(kinds == {"msin", "supi", "pei", "tmsi", "key", "mac", "token"} and len(lines) > 120 and len(sample_secrets) > 100, "the builder knows what is to be hidden", (kinds, len(lines)))

leaks, n, before = [], 0, {}
for capture, secrets in lines if ALL else lines[::4]:
    n += 1
    with open(capture, "rb") as f:
        for kind, value, _ in search("capture", f.read(), secrets):
            before.setdefault(kind, set()).add((capture, value))
    for name, data in outputs(capture).items():
        leaks += ["%s, %s: %s %s, %s" % (os.path.relpath(capture, made), name, *hit) for hit in search(name, data, secrets)]
ok(n >= 30 and not leaks, "%d captures, every output: nothing of what is to be hidden" % n, "\n".join(leaks))
print("# in the captures: " + ", ".join("%d of %s" % (len(before[k]), k) for k in sorted(before)))
ok(len(before) >= 6 and all(before.get(k) for k in ("msin", "tmsi", "key", "mac", "token")), "and the same search finds it in the captures", {k: len(v) for k, v in before.items()})

# ---- the sample network, with all that is written about it
conf = os.path.join(ROOT, "share/sample")
for more in ([], ["--register", os.path.join(conf, "register.yaml"), "--policy", os.path.join(conf, "policy.yaml")], ["--keep-inner"]):
    everything = outputs(path("sample.pcap"), more)
    for name, args in (("explain", ["explain", "-r", path("sample.pcap")] + more), ("verify", ["verify", path("o"), "-r", path("sample.pcap"), "--case-key", KEY])):
        s, out, err = run(*args, key=False)
        everything[name] = out + err.encode()
    leaks = ["%s: %s %s, %s" % (name, *hit) for name, data in everything.items() for hit in search(name, data, sample_secrets)]
    ok(len(everything) > 20 and not leaks, "the sample network %s: %d outputs hold none of %d secrets" % (" ".join(more[:1]), len(everything), len(sample_secrets)), "\n".join(leaks))

# ---- what this test can find
clear = run("decode", "-r", path("sample.pcap"), "--clear")[1]
ok(json.loads(clear.splitlines()[0]).get("clear") is True, "--clear says so in the output")
ok({"msin", "tmsi"} <= {k for k, _, _ in search("clear", clear, sample_secrets)}, "and what it shows is found")
missed = []
for kind, value in {k: (k, v) for k, v in sample_secrets}.values():
    for how, f in forms(kind, value):
        for name, data in (("report.json", everything["report.json"]), ("evidence/packets.pcapng", everything["evidence/packets.pcapng"])):
            if not poor(f) and not search(name, data[:1000] + b"\n" + f + b"\n" + data[1000:], [(kind, value)]):
                missed.append((kind, value, how, f, name))
ok(not missed, "each form of a secret, put into a report and between packets, is found", "\n".join(map(str, missed)))
done()
