"""Verifiers by several hands agree: `fairwitness verify` and tests/verify/fwverify.py, which was written from the manual page alone.

Honest bundles (golden captures, the sample network in variants): neither finds a fault.  Changed ones: both do, and where both judge a name they
say the same of it.  Forged ones, some signed again with keys that a forger should not have: the same.  Of some of each, the commands of
docs/verify-by-hand.md too, which look at one finding and one packet: they complain of no honest bundle, of each that nobody signed again, and
where they complain the others fail.
test_agree.py FAIRWITNESS NETGEN [all | MUTATIONS [SEED]]: every capture; how many changes (without: what a minute allows)
"""
import copy, random, shutil, struct, sys, time
sys.dont_write_bytecode = True
from tap import *
sys.path.insert(0, os.path.join(HERE, "../verify"))
import fwverify, make_bundle as mk
import reseal as rs
from by_hand import STEPS, follow
from forgeries import CASES, forge, octet, resigned

ARGS = sys.argv[3:]
ALL, COUNT, SEED = ARGS[:1] == ["all"], int(ARGS[0]) if ARGS and ARGS[0].isdigit() else 1500, int(ARGS[1]) if len(ARGS) > 1 else 6
BUDGET = 1e9 if ARGS else 16			# seconds for each of the long parts; twice that for the honest
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
n, none, bad, end, hand, complains = 0, 0, [], time.time() + 2 * BUDGET, 0, []
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
    if n % 12 == 1 and b'"findings":0' not in rs.leaves(rs.load(d))[-1]:
        good, said = follow(d, STEPS[:-1])
        hand += 1
        complains += [] if good else ["%s\n%s" % (" ".join(args), said)]
ok(n >= min(60, len(rest)), "%d bundles were made (%d captures gave none)" % (n, none))
ok(not bad, "%d honest bundles: neither finds a fault" % n, "\n".join(bad))

ok(hand >= 3 and not complains, "%d of them by hand: no command complains" % hand, "\n".join(complains))

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
rng, bad, end, hand, silent = random.Random(SEED), [], time.time() + BUDGET, 0, []


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
    if n % 40 == 1:
        hand += 1
        silent += [what] if follow(base, STEPS[:-1])[0] else []
    put(base, {k: files.get(k) for k in changed})
    for k in changed:
        if k not in files:
            try:
                os.removedirs(os.path.dirname(os.path.join(base, k)))
            except OSError:
                pass				# others are in it
ok(n == COUNT or not ARGS, "%d changes were made" % n)
ok(not bad, "%d changed bundles (seed %d): both refuse each, and agree by name" % (n, SEED), "\n".join(bad))
ok(hand and not silent, "%d of them by hand: a command complains of each" % hand, silent)
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
bad = []

# ---- Signed again by who has every key: one value of a leaf or of a packet's line is another
DATA = os.path.join(os.environ["XDG_DATA_HOME"], "fairwitness")
LOG, EXPORT, key = rs.key(os.path.join(DATA, "log.key")), rs.key(os.path.join(DATA, "export.key")), os.path.join(DATA, "log.pub")


def places(v, at=()):
    """(container, key) of each value."""
    for k in (v if type(v) is dict else range(len(v))):
        yield v, k
        if type(v[k]) in (dict, list):
            yield from places(v[k])


def another(v, k):
    """Something else in the place of v[k], of the same kind or not."""
    old, how = v[k], rng.randrange(6)
    if how == 0 and type(v) is dict:
        del v[k]
    elif how == 0:
        v.insert(k, copy.deepcopy(old))
    elif type(old) is bool:
        v[k] = not old
    elif type(old) is int:
        v[k] = rng.choice([0, 1, old + 1, max(0, old - 1), old + 65536, 2**32, 2**53 - 1, 2**53, str(old), None])
    elif type(old) is str and old.isdigit():
        v[k] = rng.choice(["0", str(int(old) + 1), str(max(0, int(old) - 1)), str(2**64 - 1), str(2**64), "0" + old, "-" + old, int(old) % 2**53, ""])
    elif type(old) is str:
        v[k] = rng.choice(["", old[:-1], old + "x", old.upper(), old[::-1], old.replace("0", "1"), "none", "\t", '"\\', None, 1])
    elif old is None:
        v[k] = rng.choice(["", "ab" * 32, 0, []])
    elif type(old) is list:
        v[k] = rng.choice([[], old[::-1], old[1:], old + old[:1], {}])
    else:
        v[k] = rng.choice([{}, None, []])


silent, refused, n, end = 0, 0, 0, time.time() + BUDGET
_, _, real = bases[3]
raw, rows = [json.loads(x) for x in rs.leaves(real)], rs.packets(real)
while n < COUNT and time.time() < end:
    files, said, lines = dict(real), copy.deepcopy(raw), copy.deepcopy(rows)
    if n % 3 == 0:
        bare = [{x: y for x, y in r.items() if x != "octets"} for r in lines]
        v, k = rng.choice([p for p in places(bare) if p[0] is not bare])
        what = "packets.jsonl, %s of %s" % (k, str(v)[:60])
        another(v, k)
        lines = [dict(b, octets=r["octets"]) for b, r in zip(bare, lines)]
    else:
        v, k = rng.choice([p for p in places(said) if p[0] is not said])
        what = "leaf, %s of %s" % (k, str(v)[:60])
        another(v, k)
    try:
        if n % 3 == 0 and rng.randrange(2):
            rs.commit(files, said, lines)
        elif n % 3 == 0:
            rs.put_packets(files, lines)
        rs.relog(files, said, LOG, EXPORT)
    except (KeyError, TypeError, ValueError, AttributeError, struct.error, IndexError):
        n += 1
        continue				# what cannot be put together is no forgery
    n += 1
    shutil.rmtree(d, True)
    mk.write(files, d)
    s, a, b, told = both(d, key)
    fails = "FAIL" in [b[x] for x in JUDGED]
    refused += fails
    if s != 3 and (fails != ("FAIL" in [a.get(x) for x in JUDGED]) or [x for x in JUDGED if {a.get(x), b[x]} == {"PASS", "FAIL"}]):
        bad.append("%s: now %s\n%s" % (what, str(v)[:200], told))
print("# %d values changed and everything signed again: %d refused by form or law" % (n, refused))
ok(refused > n // 4 and not bad, "%d values of leaves and lines changed by who has every key (seed %d): both say the same" % (n, SEED), "\n".join(bad))
bad = []
for k in range(0, len(CASES), 9):
    what, stage, change_, _ = CASES[k]
    shutil.rmtree(d, True)
    mk.write(forge(stage, change_), d)
    good, told = follow(d, STEPS[:-1])
    s, a, b, _ = both(d, write("made", mk.vkey(mk.key_name(mk.LOG), mk.LOG)))
    bad += [what + "\n" + told] if not good and not ({a.get(x) for x in JUDGED} | {b[x] for x in JUDGED}) & {"FAIL"} and s != 3 else []
ok(not bad, "where a command complains of a forgery, both verifiers fail", "\n".join(bad))
done()
