"""fairwitness capsule: every finding's packets, exactly those, as the record has them, in Wireshark's hands; nothing of a record that does not hold; whole or not at all.

test_capsule.py FAIRWITNESS NETGEN ... [all]      all: every golden capture, with and without the sample's register and policy
"""
import random, re, shlex, shutil, stat, struct
from concurrent.futures import ThreadPoolExecutor
from tap import *
sys.path.insert(0, os.path.join(ROOT, "tests/golden/checks"))
import captures as cc  # noqa: E402

CONF = ["--register", os.path.join(ROOT, "share/sample/register.yaml"), "--policy", os.path.join(ROOT, "share/sample/policy.yaml")]
TSHARK = shutil.which("tshark")
PUB = os.path.join(TMP, "data/fairwitness/log.pub")


def octets(p):
    with open(p, "rb") as f:
        return f.read()


def pcap(p):
    """The packets of a pcap file: (octets)."""
    b = octets(p)
    e = "<" if b[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    out, at = [], 24
    while at + 16 <= len(b):
        n = struct.unpack_from(e + "I", b, at + 8)[0]
        out.append((b[at:at + 16], b[at + 16:at + 16 + n]))
        at += 16 + n
    return b[:24], out


def options(b, at, end):
    out = []
    while at + 4 <= end:
        code, n = struct.unpack_from("<HH", b, at)
        if not code:
            return out, at + 4
        out.append((code, b[at + 4:at + 4 + n]))
        at += 4 + (n + 3) // 4 * 4
    return out, at


def pcapng(b):
    """Section comment, program, [(name, description, link)], [(interface, id, comments, octets, wire length, time)]; every block checked."""
    at, section, ifs, packets = 0, None, [], []
    while at < len(b):
        kind, n = struct.unpack_from("<II", b, at)
        assert n % 4 == 0 and n >= 12 and struct.unpack_from("<I", b, at + n - 4)[0] == n, "block at %d" % at
        if kind == 0x0a0d0d0a:
            assert at == 0 and struct.unpack_from("<IHH", b, at + 8) == (0x1a2b3c4d, 1, 0)
            section = options(b, at + 24, at + n - 4)[0]
        elif kind == 1:
            o = dict(options(b, at + 16, at + n - 4)[0])
            ifs.append((o[2].decode(), o[3].decode(), struct.unpack_from("<H", b, at + 8)[0]))
        else:
            assert kind == 6
            i, hi, lo, cap, wire = struct.unpack_from("<5I", b, at + 8)
            o, end = options(b, at + 28 + (cap + 3) // 4 * 4, at + n - 4)
            assert end == at + n - 4
            packets.append((i, struct.unpack("<Q", dict(o)[5])[0], [v.decode() for c, v in o if c == 1], b[at + 28:at + 28 + cap], wire, hi << 32 | lo))
        at += n
    assert at == len(b)
    return dict(section)[1].decode(), dict(section)[4].decode(), ifs, packets


def audit(name, *args, **how):
    run("audit", "-o", path(name), *args, **how)
    return path(name)


def report(d):
    with open(os.path.join(d, "report.json")) as f:
        r = json.load(f)
    return r, r["findings"] + r["accepted"]


def capsule(d, what, out, *args, **how):
    return run("capsule", d, what, "-o", out, *args, key=False, **how)


def rows_of(d):
    with open(os.path.join(d, "evidence/packets.jsonl")) as f:
        return {(r["if"], int(r["seq"])): r for r in map(json.loads, f)}


def tshark(f, p, *fields):
    """What the finding's own line shows of this file; Wireshark before 4.2 has older names."""
    words = shlex.split(f["tshark"])
    words[words.index("-r") + 1] = p
    if not OLD:
        words[words.index("-Y") + 1] = f["filter"]
    if p.endswith("c.pcapng"):
        words[words.index("-Y") + 1] = words[words.index("-Y") + 1].replace("frame.number", "frame.packet_id")
    q = subprocess.run(words + ["-T", "fields"] + [w for x in fields for w in ("-e", x)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return q.returncode, [line.split("\t") for line in q.stdout.splitlines()], q.stderr


if TSHARK:
    m = re.search(r"(\d+)\.(\d+)", subprocess.run(["tshark", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout)
    OLD = (int(m.group(1)), int(m.group(2))) < (4, 2)


apart = []			# findings whose filter needs the other parts of packets


def check(d, f, out, r, rows, originals, context=False, source=None):
    """What is wrong with the capsule of a finding, or nothing.  originals: input -> octets by frame number, or None; source: a capture in which the filter may show less than it should."""
    wrong = []
    s, said, err = capsule(d, f["id"], out, *(["--context"] if context else []))
    if s or err:
        return ["exit %d: %s" % (s, err)]
    said = said.decode()
    comment, program, ifs, packets = pcapng(octets(out))
    want = sorted((g["input"], g["frame"]) for g in f["grounds"])
    inputs = [int(n.split()[1]) for n, _, _ in ifs]
    got = [(inputs[i], no) for i, no, *_ in packets]
    marked = [x for x, p in zip(got, packets) if any("round" in c and "no ground" not in c for c in p[2][1:2])]
    if (marked if context else got) != want or got != sorted(set(got)):
        wrong.append("packets %s, wanted %s" % (got, want))
    if not program.startswith("fairwitness capsule "):
        wrong.append("program " + program)
    if [x[1] for x in ifs] != [r["inputs"][i]["name"] for i in inputs]:
        wrong.append("interfaces %s" % ifs)
    for (i, no, comments, b, wire, t), at in zip(packets, got):
        row = rows[at]
        leaf = "input %d frame %d leaf %s" % (at[0], at[1], row["leaf"])
        if not comments[0].startswith("%s %s, %s, %s: %s" % (f["id"], f["check"], f["verdict"], f["severity"], f["subject"])) or comments[-1] != leaf or len(comments) < 5:
            wrong.append("comments %s" % comments)
        if not comments[1].endswith("frame %d of %s" % (at[1], r["inputs"][at[0]]["name"])) or not comments[2].startswith("Shows "):
            wrong.append("comments %s" % comments)
        if max(len(c) for c in comments) > 240:
            wrong.append("a comment that Wireshark cuts: %s" % comments)
        masked = [c for c in row["ch"] if "c" in c]
        if len(b) != row["cap"] or wire != row["orig"] or t != int(row["ts"]) or ("Masked: nothing" in comments) != (not masked):
            wrong.append("frame %s is not as its line says" % (at,))
        if any(b[c["o"]:c["o"] + c["n"]].strip(b"\0") for c in masked):
            wrong.append("frame %s: a masked octet is there" % (at,))
        whole = originals and originals.get(at[0])
        if whole and any(b[c["o"]:c["o"] + c["n"]] != whole[at[1] - 1][c["o"]:c["o"] + c["n"]] for c in row["ch"] if "s" in c):
            wrong.append("frame %s: an octet is not the capture's" % (at,))
    for line in ("evidence/checkpoint",):
        if octets(os.path.join(d, line)).decode() not in comment:
            wrong.append("the comment of the file lacks the checkpoint")
    if f["id"] not in comment or f["filter"].replace("frame.number", "frame.packet_id") not in comment or "fairwitness verify" not in comment:
        wrong.append("comment of the file: " + comment)
    over = f["frames_total"] > len(f["grounds"])
    if ("NOT ALL" in said) != over or (over and ("cites %d packets" % f["frames_total"]) not in said) or ("cites %d, of which" % f["frames_total"] in comment) != over:
        wrong.append("what it says of packets that are not there: " + said)
    if not re.search(r"inclusion +PASS", said):
        wrong.append("what it says: " + said)
    if TSHARK and not context:
        s, lines, err = tshark(f, out, "frame.packet_id", "frame.comment")
        err = "\n".join(x for x in err.splitlines() if "Running as user" not in x)
        shown = [int(x[0]) for x in lines]
        shows = [no for _, no in want]
        if source and shown != shows:		# here no less than there
            shows = [no for no in shows if no in {int(x[0]) for x in tshark(f, source, "frame.number")[1]}]
        if sorted(shown) != sorted(shows) and "came in parts" in said:	# what ends in these packets begins in others
            apart.append(f["id"])
            capsule(d, f["id"], out, "--context")
            s, lines, err = tshark(f, out, "frame.packet_id", "frame.comment")
            err = "\n".join(x for x in err.splitlines() if "Running as user" not in x)
            shown = [n for n in (int(x[0]) for x in lines) if n in shows]
        if s or err or sorted(shown) != sorted(shows) or not all(f["id"] in x[1] for x in lines):
            wrong.append("tshark: exit %d, %s shown, %s wanted, of %s; %s" % (s, shown, want, f["filter"], err[-300:]))
    return wrong


# ---- the sample network
cap = sample()
d = audit("o", "-r", cap, *CONF)
r, findings = report(d)
rows, originals = rows_of(d), {0: [b for _, b in pcap(cap)[1]]}
ok(len(findings) >= 9 and max(f["frames_total"] for f in findings) > 16, "the sample network has findings, one of more than 16 packets")
if not TSHARK:
    skip("tshark opens capsules and the findings' filters select their packets", "no tshark")
for f in findings:
    for context in (False, True):
        wrong = check(d, f, path("c.pcapng"), r, rows, originals, context)
        ok(not wrong, "%s%s: the packets that it cites, with comments, in tshark's eyes too" % (f["check"], " with context" if context else ""), "\n".join(wrong))
os.rename(d, path("moved"))
twice = []
for f in findings:
    capsule(path("moved"), f["id"], "again.pcapng", cwd=TMP)
    twice.append(octets(path("again.pcapng")))
os.rename(path("moved"), d)
same = []
for f in findings:
    capsule(d, f["id"], path("c.pcapng"))
    same.append(octets(path("c.pcapng")))
ok(twice == same, "the same record gives the same bytes, wherever it lies")

# ---- every finding of the golden captures
todo = []
for folder, name, p in cc.captures():
    args = [x for x in cc.arguments(folder, name, p, cc.expected(folder, name)) if x not in ("--json", "--no-digest")]
    todo.append((folder + "/" + name, p, args[1:]))
TWICE = [os.path.join(ROOT, "tests/golden", g) for g in ("gtpv2/session.pcap", "nas5/nested.pcap")]		# two elements rest on one frame; many masked ranges
for g in goldens() + others() if "all" in sys.argv else TWICE:
    todo += [(os.path.basename(g), g, ["-r", g]), (os.path.basename(g) + " ruled", g, ["-r", g] + CONF)]


def one(x):
    name, p, args = x
    where = tempfile.mkdtemp(dir=TMP)
    d = os.path.join(where, "o")
    run("audit", *args, "-o", d, key="--case-key" not in args)
    if not os.path.isdir(d):
        return 0, ["%s: no record" % name] if p not in goldens() and "all" not in sys.argv else []
    r, findings = report(d)
    whole = {0: [b for _, b in pcap(p)[1]]} if octets(p)[:4] in (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else None
    out = []
    for f in findings:
        out += ["%s %s %s: %s" % (name, f["id"], f["check"], w) for w in check(d, f, os.path.join(where, "c.pcapng"), r, rows_of(d), whole, source=p if "all" in sys.argv else None)]
    shutil.rmtree(where)
    return len(findings), out


audit("keys", "-r", todo[0][1])			# the keys, before many runs at once
with ThreadPoolExecutor(4) as pool:
    results = list(pool.map(one, todo))
n, wrong = sum(k for k, _ in results), [w for _, x in results for w in x]
ok(n >= 100 and not wrong, "%d findings of %d golden captures: the packets that each cites, and its filter selects just them" % (n, len(todo)), "\n".join(wrong))

if TSHARK:
    ok(apart, "of packets in fragments the filter shows all with --context, and the capsule without says that it does not")

# ---- several inputs
head, packets = pcap(cap)
for k in (0, 1):
    write("half%d.pcap" % k, head + b"".join(a + b for a, b in packets[k::2]))
d2 = audit("o2", "-r", path("half0.pcap"), "-r", path("half1.pcap"), *CONF)
r2, f2 = report(d2)
halves = {i: [b for _, b in pcap(x["name"])[1]] for i, x in enumerate(r2["inputs"])}
both = [f for f in f2 if len({g["input"] for g in f["grounds"]}) == 2]
TSHARK, was = None, TSHARK			# filters that name packets by number are of one input
wrong = [w for f in f2 for w in check(d2, f, path("c2.pcapng"), r2, rows_of(d2), halves)]
TSHARK = was
ok(len(both) >= 2 and not wrong, "of two inputs: each packet by the interface of its input", "\n".join(wrong))
bad = write("a\nb\x1b[31m.pcap", octets(cap))
d3 = audit("o3", "-r", bad, *CONF)
s, out, err = capsule(d3, findings[0]["id"], path("c3.pcapng"))
comment, _, ifs, packets = pcapng(octets(path("c3.pcapng")))
words = [comment, ifs[0][1]] + packets[0][2]
ok(s == 0 and b"\x1b" not in out and not any("\x1b" in w for w in words) and "a.b.[31m.pcap" in ifs[0][1] and "a.b.[31m.pcap" in packets[0][2][1] and len(packets[0][2]) == len(pcapng(same[0])[3][0][2]),
   "a name of an input that a terminal would obey is printed as dots", (s, words, err))

# ---- which finding
f = findings[0]
out = path("w.pcapng")
for what in (f["id"], f["id"][:8], f["check"]):
    s, said, err = capsule(d, what, out)
    ok(s == 0 and octets(out) == same[0], "%s is meant" % what, (s, err))
s, said, err = capsule(d, findings[3]["object"], out)
ok(s == 0 and octets(out) == same[3], "by its object", (s, err))
os.remove(out)
for what in ("F-", "gnb-south", "gnb-north"):
    mine = [x["id"] for x in findings if what == "F-" or what in (x["subject"], x["object"])]
    s, said, err = capsule(d, what, out)
    ok(s == 2 and not said and len(mine) > 1 and re.findall("F-[0-9a-f]{12}", err) == mine and not os.path.exists(out), "%s may mean several: they are listed" % what, (s, err))
for what in ("F-000000000000", "f-", "nobody", "", "\x1b[31m"):
    s, said, err = capsule(d, what, out)
    ok(s == 2 and not said and all(x["id"] in err for x in findings) and "\x1b" not in err and not os.path.exists(out), "%r: there is none, and these there are" % what, (s, err))
clean = path("clean.pcap")
head, packets = pcap(cap)
write("clean.pcap", head + b"".join(packets[0]))
dc = audit("oc", "-r", clean)
s, said, err = capsule(dc, "F-", out)
ok(s == 2 and "none at all" in err, "a record without findings", (s, err))

# ---- the key
line = octets(PUB).decode().strip()
for what, k, want, word in (("file", PUB, 0, b"PASS"), ("line", line, 0, b"PASS")):
    s, said, err = capsule(d, f["id"], out, "--key", k)
    ok(s == want and re.search(rb"signer +PASS", said), "--key as a %s" % what, (s, said, err))
os.remove(out)
run("key", "new", "--dir", path("other"), key=False)
s, said, err = capsule(d, f["id"], out, "--key", path("other/log.pub"))
ok(s == 3 and "signer FAIL" in err and not os.path.exists(out), "another key: refused", (s, err))
s, said, err = capsule(d, f["id"], out, "--key", cap)
ok(s == 2 and not os.path.exists(out), "what is no key", (s, err))

# ---- records that do not hold
rng = random.Random(7)
names = sorted(os.path.relpath(os.path.join(p, x), d) for p, _, fs in os.walk(d) for x in fs)
places = [(n, rng.randrange(os.path.getsize(os.path.join(d, n)))) for n in names] + [("evidence/packets.pcapng", rng.randrange(os.path.getsize(os.path.join(d, "evidence/packets.pcapng"))))
    for _ in range(10)]


def spoiled(x):
    k, (name, at) = x
    where = path("s%d" % k)
    shutil.copytree(d, where)
    b = bytearray(octets(os.path.join(where, name)))
    b[at] ^= 1 << rng.randrange(8)
    with open(os.path.join(where, name), "wb") as h:
        h.write(b)
    s, said, err = capsule(where, f["id"], where + ".pcapng")
    shutil.rmtree(where)
    return [] if s == 3 and not said and err.startswith("fairwitness: ") and not os.path.exists(where + ".pcapng") else [(name, at, s, err)]


with ThreadPoolExecutor(4) as pool:
    wrong = [w for x in pool.map(spoiled, enumerate(places)) for w in x]
ok(not wrong, "one bit of any file, %d times: nothing is copied" % len(places), "\n".join(map(str, wrong)))


def spoil(name, how):
    where = path("sp")
    shutil.rmtree(where, True)
    shutil.copytree(d, where)
    how(os.path.join(where, name))
    return where


def longer(p):
    with open(p, "ab") as h:
        h.write(b"\0" * 40)


def link(p):
    os.rename(p, path("elsewhere"))
    os.symlink(path("elsewhere"), p)


for what, name, how in (("a file is missing", "evidence/packets.jsonl", os.remove), ("a file is longer", "evidence/packets.pcapng", longer), ("a file is a link", "evidence/packets.pcapng", link),
                        ("the manifest is missing", "MANIFEST.sha256", os.remove), ("report.json is missing", "report.json", os.remove), ("a file more", "evidence/more", longer)):
    s, said, err = capsule(spoil(name, how), f["id"], out)
    ok(s == 3 and not said and not os.path.exists(out), what, (s, err))
try:
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.join(HERE, "../verify"))
    import make_bundle as mk
    import reseal as rs
except ImportError:
    skip("records that were signed again", "no cryptography for this python3")
else:
    log, exporter = (rs.key(os.path.join(TMP, "data/fairwitness", n)) for n in ("log.key", "export.key"))

    def resealed(change, whole):
        files = rs.load(d)
        said, mine = [json.loads(x) for x in rs.leaves(files)], rs.packets(files)
        row = next(x for x in mine if x["if"] == f["grounds"][0]["input"] and int(x["seq"]) == f["grounds"][0]["frame"])
        change(row, said, files)
        if whole:
            rs.commit(files, said, mine)
            rs.relog(files, said, log, exporter)
        else:
            rs.put_packets(files, mine)
            rs.remanifest(files, exporter)
        shutil.rmtree(path("re"), True)
        mk.write(files, path("re"))
        return path("re")

    def other_octet(row, said, files):
        row["octets"] = bytes([row["octets"][0] ^ 2]) + row["octets"][1:]

    def filled(row, said, files):
        c = next(c for c in row["ch"] if "c" in c)
        row["octets"] = row["octets"][:c["o"]] + b"\1" + row["octets"][c["o"] + 1:]

    def invented(row, said, files):
        x = next(x for x in said if x["t"] == "finding")
        x["core"]["severity"] = "info"
        b = files["report.json"]
        line = next(y for y in b.split(b"\n") if y.lstrip().startswith(b'{"id":"%s"' % x["id"].encode()))
        files["report.json"] = b.replace(line, re.sub(b'"severity":"[a-z]*"', b'"severity":"info"', line))

    def nothing(row, said, files):
        pass

    for what, change, whole, word in (("a shown octet, by the exporter", other_octet, False, "inclusion"), ("a masked octet, by the exporter", filled, False, "inclusion"),
                                      ("a masked octet, by who has every key", filled, True, "inclusion"), ("a severity, by who has every key", invented, True, "re-derived-core")):
        s, said, err = capsule(resealed(change, whole), f["id"], out)
        ok(s == 3 and word + " FAIL" in err and not os.path.exists(out), "%s: %s fails, nothing is copied" % (what, word), (s, err))
    s, said, err = capsule(resealed(nothing, True), f["id"], out)
    ok(s == 0 and octets(out) == same[0], "signed again and nothing changed: the same capsule", (s, err))
    os.remove(out)
run("audit", "-r", cap, "-o", path("facts"), "--facts")
run("judge", path("facts/facts.ndjson.zst"), "-o", path("judged"), key=False)
for what, where in (("what judge wrote", path("judged")), ("no directory", path("absent")), ("a file", cap), ("an empty directory", tempfile.mkdtemp(dir=TMP))):
    s, said, err = capsule(where, f["id"], out)
    ok(s == 3 and not said and err and not os.path.exists(out), "%s is no record" % what, (s, err))

# ---- where it is written
old = write("old.pcapng", octets(cap))
s, said, err = capsule(d, f["id"], old)
ok(s == 2 and not said and octets(old) == octets(cap) and "no capsule" in err, "a file that is no capsule stays", (s, err))
for n in (0, 20, 31, 60):
    write("short", same[0][:n])
    s, said, err = capsule(d, f["id"], path("short"))
    ok(s == (0 if n == 60 else 2) and (octets(path("short")) == same[0] if n == 60 else octets(path("short")) == same[0][:n]), "the first %d octets of one are %s" % (n, "one" if n == 60 else "none"), (s, err))
s, said, err = capsule(d, findings[1]["id"], path("short"))
ok(s == 0 and octets(path("short")) == same[1], "an earlier capsule is replaced", (s, err))
os.symlink(path("short"), path("link"))
s, said, err = capsule(d, f["id"], path("link"))
ok(s == 2 and octets(path("short")) == same[1] and os.path.islink(path("link")), "no link is followed", (s, err))
os.mkfifo(path("fifo"))
os.mkdir(path("dir"))
for what in (path("fifo"), path("dir"), path("dir") + "/", "-", "..", "/dev/null", TMP + "/" + "x" * 240):
    s, said, err = capsule(d, f["id"], what, cwd=path("dir"))
    ok(s == 2 and not said and "-o " in err and not os.listdir(path("dir")), "not there: %s" % what.replace(TMP, "")[:40], (s, err))
before = sorted(os.listdir(d))
os.symlink(d, path("by-link"))
for what, cwd in ((d + "/c.pcapng", None), (d + "/evidence/c.pcapng", None), ("c.pcapng", d), ("../c.pcapng", d + "/evidence"), (path("by-link/c.pcapng"), None), (d + "/report.json", None)):
    s, said, err = capsule(d, f["id"], what, cwd=cwd)
    ok(s == 2 and "lies in the record" in err and sorted(os.listdir(d)) == before, "not in the record: %s" % what.replace(TMP, ""), (s, err))
s, said, err = capsule(d, f["id"], "here.pcapng", cwd=path("dir"))
ok(s == 0 and os.listdir(path("dir")) == ["here.pcapng"] and stat.S_IMODE(os.stat(path("dir/here.pcapng")).st_mode) & 0o111 == 0, "a bare name: in this directory, and nothing beside it", (s, err))
s, said, err = capsule(d, f["id"], path("nowhere/c.pcapng"))
ok(s == 4 and not said and "No such file" in err, "a directory that is not there: exit 4", (s, err))
with open("/dev/full", "wb") as full:
    p = subprocess.run([FW, "capsule", d, f["id"], "-o", path("full.pcapng")], stdout=full, stderr=subprocess.PIPE, text=True)
ok(p.returncode == 4 and octets(path("full.pcapng")) == same[0], "standard output that is full: exit 4, the file is whole", (p.returncode, p.stderr))
os.mkdir(path("tiny"))
small = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=8k none "$1" && cd "$1" && shift && head -c 5000 /dev/zero > taken && "$@"; s=$?; ls; exit $s', "sh", path("tiny")]
if subprocess.run(small + ["true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
    skip("a disk that is full", "no mount namespaces here")
else:
    p = subprocess.run(small + [FW, "capsule", d, findings[3]["id"], "-o", "c.pcapng"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ok(p.returncode == 4 and "No space left" in p.stderr and p.stdout.split() == ["taken"], "a disk that is full: exit 4, and nothing is left", (p.returncode, p.stdout, p.stderr))
if not shutil.which("strace"):
    skip("killed, or refused by the disk, at any call", "no strace")
else:
    quiet = {"ASAN_OPTIONS": "detect_leaks=0"}

    def traced(inject, target):
        return subprocess.run(["strace", "-qq", "-o", path("calls"), "-e", "trace=write,fsync,renameat2,renameat,close,unlinkat", *inject, FW, "capsule", d, f["id"], "-o", target],
                              env=dict(os.environ, **quiet), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    os.mkdir(path("k"))
    target, wrong, n = path("k/c.pcapng"), [], 0
    for call, whens in (("write", 1), ("fsync", 2), ("rename", 1), ("unlinkat", 1)):
        for when in range(1, whens + 1):
            for earlier in (False, True):
                call = ("renameat" if earlier else "renameat2") if call.startswith("rename") else call
                for how in ("signal=KILL", "error=ENOSPC", "error=EIO"):
                    for x in os.listdir(path("k")):
                        os.remove(path("k/" + x))
                    if earlier:
                        shutil.copy(path("short"), target)
                    p = traced(["-e", "inject=%s:%s:when=%d" % (call, how, when)], target)
                    now, left = octets(target) if os.path.exists(target) else None, [x for x in os.listdir(path("k")) if x != "c.pcapng"]
                    n += 1
                    placed = call == "fsync" and when == 2
                    if now not in ([same[1]] if earlier else [None]) + [same[0]] or (now == same[0] and "signal" not in how and not placed and call != "unlinkat"):
                        wrong.append((call, when, how, earlier, "what stands there is neither the old nor the new"))
                    if "signal" in how and [x for x in left if ".partial-" not in x] or "signal" not in how and left:
                        wrong.append((call, when, how, earlier, left))
                    if "error" in how and call != "unlinkat" and (p.returncode != 4 or target not in p.stderr or p.stdout):
                        wrong.append((call, when, how, earlier, p.returncode, p.stderr))
    ok(not wrong, "killed or refused by the disk at %d places: the old file, the new one or none, never a part" % n, "\n".join(map(str, wrong)))
    for earlier in (False, True):
        for x in os.listdir(path("k")):
            os.remove(path("k/" + x))
        if earlier:
            shutil.copy(path("short"), target)
        p = traced(["-e", "inject=renameat2:error=EINVAL"], target)
        ok(p.returncode == 0 and octets(target) == same[0] and os.listdir(path("k")) == ["c.pcapng"], "a file system that cannot rename without replacing", (p.returncode, p.stderr))
    with open(path("calls")) as h:
        order = [x.split("(")[0] for x in h if "write(1" not in x and x.split("(")[0] in ("write", "fsync", "renameat")]
    ok(order[-4:] == ["write", "fsync", "renameat", "fsync"], "octets, name, directory: in that order onto the disk", order)

# ---- no identity
truth = json.loads(subprocess.run([NETGEN, "sample", "--truth", path("t.pcap")], stdout=subprocess.PIPE, check=True).stdout)
secrets = {"".join(c for c in str(ue.get(k, "")) if c.isdigit()) for ue in truth["ues"] for k in ("supi", "imsi", "msin", "imei", "pei")}
secrets = sorted(x for x in secrets if len(x) >= 8)


def forms(v):
    digits = v + ("f" if len(v) % 2 else "")
    bcd = bytes.fromhex("".join(digits[i + 1] + digits[i] for i in range(0, len(digits), 2)))
    return [v.encode(), bcd, bcd.hex().encode(), v.encode().hex().encode()] + ([bytes.fromhex(v)] if len(v) % 2 == 0 else [])


hits, seen = [], 0
for x in findings:
    s, said, err = capsule(d, x["id"], path("p.pcapng"), "--context")
    text = octets(path("p.pcapng"))
    seen += len(text)
    hits += [(x["check"], v) for v in secrets for b in forms(v) if len(b) >= 5 and len(b) - b.count(0) >= 2 and b in text + said]
clear = octets(cap)
ok(len(secrets) >= 20 and seen and not hits and any(b in clear for v in secrets for b in forms(v)), "none of %d subscribers' identities, in any spelling; the capture has them" % len(secrets), hits[:5])

# ---- the command
for args in ([], [d], [d, "F-"], ["-o", out], [d, "F-", "x", "-o", out], [d, "F-", "-o"], [d, "F-", "-o", out, "--force"], [d, "F-", "-o", ""]):
    s, said, err = run("capsule", *args, key=False)
    ok(s == 2 and not said and err and not os.path.exists(out), "usage: %s" % " ".join(args).replace(TMP, ""), (s, err))
s, said, err = run("capsule", "--help", key=False)
ok(s == 0 and b"--context" in said, "help")
done()
