"""Two verifiers by two hands agree: `fairwitness verify` and tests/verify/fwverify.py, which was written from the manual page alone.

Honest bundles (golden captures, the sample network in variants): neither finds a fault.  Changed ones: both do, and where both judge a name they
say the same of it.  Forged ones, some signed again with keys that a forger should not have: the same.
test_agree.py FAIRWITNESS NETGEN [all | MUTATIONS [SEED]]: every capture; how many changes (without: what a minute and a half allows)
"""
import random, shutil, sys, time
sys.dont_write_bytecode = True
from tap import *
sys.path.insert(0, os.path.join(HERE, "../verify"))
import fwverify, make_bundle as mk
from forgeries import CASES, forge, octet, resigned

ARGS = sys.argv[3:]
ALL, COUNT, SEED = ARGS[:1] == ["all"], int(ARGS[0]) if ARGS and ARGS[0].isdigit() else 1500, int(ARGS[1]) if len(ARGS) > 1 else 6
BUDGET = 1e9 if ARGS else 25			# seconds for each of the two long parts
JUDGED = ("signer", "integrity", "inclusion", "sealed", "complete")


def both(d, key):
    """Exit status and {name: word} of ours (no word where it says that this is no bundle), {name: word} of the other, what they said."""
    p = subprocess.Popen([FW, "verify", d, "--json", "--key", key], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with open(key) as f:
        lines = fwverify.verify(d, fwverify.public_key(f.read()))		# meanwhile
    out = p.communicate()[0].decode("utf-8", "replace")
    try:
        a = {v["name"]: v["word"] for v in json.loads(out)["verdicts"]}
    except (ValueError, KeyError):
        a = {}
    return p.returncode, a, {name: word for name, word, _ in lines}, out[out.find("verdicts"):] + "\n" + "\n".join("%s %s %s" % x for x in lines[:5])


def differ(d, key, honest):
    """What the two say differently of a bundle, or None."""
    s, a, b, said = both(d, key)
    fails = any(b[n] == "FAIL" for n in JUDGED)
    if s not in ((0,) if honest else (1, 3)) or fails == honest:
        return "exit %d, the other %s\n%s" % (s, "fails" if fails else "passes", said)
    for n in JUDGED:
        if n in a and {a[n], b[n]} == {"PASS", "FAIL"}:
            return "%s: %s, the other %s\n%s" % (n, a[n], b[n], said)
    return None


def key_of(d):
    k = path("log.vkey")
    shutil.copy(os.path.join(d, "evidence/log.vkey"), k)
    return k


d = path("b")
s, _, err = run("audit", "-r", sample(), "-o", d)
if run("verify", d)[0] != 0:
    skip("two verifiers", "this version writes no record, or has no verify")
    done()

# ---- Honest
conf = [x for k in ("register", "policy") for x in ("--" + k, os.path.join(ROOT, "share/sample/%s.yaml" % k))]
first = next(g for g in goldens() if "/checks/" in g)
variants = [["-r", sample()] + v for v in ([], conf, conf[:2], conf[2:], ["--facts"], ["--no-digest"], ["--keep-inner"], conf + ["--at", "2030-01-01"], ["-r", first],
                                           ["--from", "2026-11-02T08:02:00Z", "--until", "2026-11-02T08:03:00Z"], ["--from", "2030-01-01T00:00:00Z"])]
rest = [["-r", g] for g in goldens() + others()]
random.Random(SEED).shuffle(rest)
n, none, bad, end, size = 0, 0, [], time.time() + BUDGET, 0
for args in variants + rest:
    if time.time() > end:
        break
    shutil.rmtree(d, True)
    run("audit", "-o", d, *args)
    if not os.path.isdir(os.path.join(d, "evidence")):
        none += 1
        continue
    n += 1
    why = differ(d, key_of(d), True)
    bad += ["%s\n%s" % (" ".join(args), why)] if why else []
ok(n >= min(60, len(rest)), "%d bundles were made (%d captures gave none)" % (n, none))
ok(not bad, "%d honest bundles: neither finds a fault" % n, "\n".join(bad))

# ---- Changed: of four bundles, files and octets, at random
bases, cut = [], write("cut.pcap", open(sample(), "rb").read()[:300000])
two = next(g for g in goldens() if g.endswith("two-interfaces.pcapng"))
for i, args in enumerate((["-r", sample()] + conf + ["--facts"], ["-r", cut, "--no-digest"], ["-r", two, "-r", first], ["-r", first])):
    run("audit", "-o", path("base%d" % i), *args)
    key = path("key%d" % i)
    shutil.copy(path("base%d/evidence/log.vkey" % i), key)
    files = {}
    for at, _, names in os.walk(path("base%d" % i)):
        for name in names:
            with open(os.path.join(at, name), "rb") as f:
                files[os.path.relpath(os.path.join(at, name), path("base%d" % i))] = f.read()
    bases.append((path("base%d" % i), key, files))
rng, bad, kinds, end = random.Random(SEED), [], {}, time.time() + BUDGET


def lines_changed(files):
    """Lines of a file in another order, one twice, one less, other ends."""
    name = rng.choice([n for n in sorted(files) if files[n].count(b"\n") > 1])
    text = files[name].split(b"\n")
    i, how = rng.randrange(len(text) - 1), rng.randrange(5)
    if how == 0:
        j = rng.randrange(len(text) - 1)
        text[i], text[j] = text[j], text[i]
    elif how == 1:
        text.insert(i, text[i])
    elif how == 2:
        del text[i]
    glue = (b"\n", b"\r\n", b"\x0b")[max(0, how - 2)]
    return {name: glue.join(text)}, "%s: lines, way %d" % (name, how)


def change(files):
    how = rng.randrange(10)
    names = sorted(files)
    name = rng.choice(names)
    if how == 0:
        return {name: None}, name + " is gone"
    if how == 1:
        other = rng.choice([n for n in names if os.path.dirname(n) == os.path.dirname(name)])
        return {name: files[other], other: files[name]}, "%s and %s swapped" % (name, other)
    if how == 2:
        new = rng.choice([name + "x", "evidence/x", "x", "evidence/tile/0/001.p/1", "evidence/proof/999999.tlog-proof"])
        return {new: files[name]}, new + " is more"
    if how < 5:
        return lines_changed(files)
    name, data, what = octet(rng, files)
    return {name: data}, what


def put(d, files):
    for name, data in files.items():
        if data is None:
            os.remove(os.path.join(d, name))
        else:
            mk.write({name: data}, d)


n = 0
while n < COUNT and time.time() < end:
    base, key, files = bases[n % len(bases)]
    changed, what = change(files)
    changed = {k: v for k, v in changed.items() if v != files.get(k)}
    if not changed:
        continue
    n += 1
    put(base, changed)
    why = differ(base, key, False)
    bad += ["%s: %s\n%s" % (os.path.basename(base), what, why)] if why else []
    put(base, {k: files.get(k) for k in changed})
    for k in changed:
        if k not in files:
            try:
                os.removedirs(os.path.dirname(os.path.join(base, k)))
            except OSError:
                pass				# others are in it
ok(n == COUNT or not ARGS, "%d changes were made" % n)
ok(not bad, "%d changed bundles (seed %d): both refuse each, and agree by name" % (n, SEED), "\n".join(bad))
ok(not [b for b in bases if differ(b[0], b[1], True)], "and put together again they are honest")

# ---- Forged, with keys: bundles of make_bundle.py, whose report is none, so only what the log proves is compared
d, bad = path("forged"), []
key = write("made", mk.vkey(mk.key_name(mk.LOG), mk.LOG))


def compare(files, what, wanted):
    shutil.rmtree(d, True)
    mk.write(files, d)
    s, a, b, said = both(d, key)
    names = [n for n in JUDGED if n in a and {a[n], b[n]} == {"PASS", "FAIL"}]
    if names or any("FAIL" == a.get(n) for n in JUDGED) != wanted and s != 3:
        bad.append("%s: %s\n%s" % (what, names, said))


for n in (0, 3, 245, 246, 248, 600):
    compare(mk.bundle(mk.scene(n, digests=n != 3, gaps=n == 245)), "honest, %d findings" % n, False)
for what, stage, change_, _ in CASES:
    compare(forge(stage, change_), what, True)
honest = mk.bundle(mk.scene())
for k in range(COUNT // 10):
    name, data, what = octet(rng, {n: honest[n] for n in honest if not n.startswith("MANIFEST")})
    files = dict(honest, **{name: data})
    files.update(resigned(files))
    compare(files, what + ", signed again", True)
ok(not bad, "%d forgeries and %d changes signed again by the exporter: both refuse each, and agree by name" % (len(CASES), COUNT // 10), "\n".join(bad))
done()
