"""Properties of judging, over generated networks: allow rules only take away, the order of inputs does not matter, a share's interval holds the truth, a hole is no pardon."""
import itertools, random, re, struct, sys
from tap import *

sys.path.insert(0, os.path.join(ROOT, "tests/golden/checks"))
from captures import arguments, captures, expected  # noqa: E402

REGISTER, POLICY = (os.path.join(ROOT, "share/sample", f) for f in ("register.yaml", "policy.yaml"))
SCENES = ("egress-undeclared", "dns-foreign-resolver", "pfcp-dupl-n4", "gtpu-unknown-peer", "nas-null-cipher", "n2-unknown-ran", "vendor-role-excluded", "mgmt-lateral")
rand = random.Random(20261102)


def text(name):
    with open(name) as f:
        return f.read()


def network(name):
    """The sample network with some of what can be planted in it."""
    some = [x for s in SCENES if rand.random() < 0.6 for x in ("--with", s)]
    subprocess.run([NETGEN, "sample", path(name), "--without", "all", *some], check=True)
    return path(name), some[1::2]


# ---- a small reader and writer of pcap: (record head, octets) of each packet


def packets(name):
    with open(name, "rb") as f:
        data = f.read()
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    out, at = [], 24
    while at + 16 <= len(data):
        n = struct.unpack(order + "4I", data[at:at + 16])[2]
        out.append((data[at:at + 16], data[at + 16:at + 16 + n]))
        at += 16 + n
    return data[:24], order, out


def save(name, head, records):
    return write(name, head + b"".join(h + p for h, p in records))


def cut(order, record, n):
    h = list(struct.unpack(order + "4I", record[0]))
    h[2] = min(h[2], n)
    return struct.pack(order + "4I", *h), record[1][:h[2]]


def rows(findings):
    return sorted((f["check"], f["subject"], f["object"]) for f in findings)


# ---- another allow rule never adds a finding
FROM = ["elements: [oss]", "elements: [gnb-south, upf-1]", "roles: [gNB]", "roles: [AMF, SMF, UPF]", "hosts: [10.1.0.0/16]", "hosts: [0.0.0.0/0]", "hosts: [203.0.113.66]",
        "hosts: [198.51.100.99]", "hosts: [10.1.2.99]", "hosts: [10.1.3.21]", "suppliers: [borealis]", "sites: [centre, south]", "hosts: [10.1.9.0/24]", "hosts: [203.0.113.0/24]"]
RULES_EACH = 8
TRANSPORT = ["tcp", "udp", "sctp", "[udp, tcp]", "1", "", ""]
PORTS = ["22", "53", "443", "2152", "8805", "38412", "1-65535", "", ""]


def a_rule(n, of=FROM):
    transport, ports = rand.choice(TRANSPORT), rand.choice(PORTS)
    if transport == "1" or not transport:
        ports = ""
    return "  - {id: random-%d, from: {%s}, to: {%s}%s%s}\n" % (n, rand.choice(of), rand.choice(of), ", transport: " + transport if transport else "",
                                                              ", ports: [%s]" % ports if ports else "")


added, refused, tried, less = [], [], 0, 0
for k in range(6):
    file, some = network("allow.pcap")
    mine, bare = text(POLICY), "version: 1\nimport: default\nallow:\n"
    for kind, base, of, reg in (("with", mine, FROM, ["--register", REGISTER]), ("without", bare, [x for x in FROM if x.startswith(("roles", "hosts"))], [])):
        first = audit_json("-r", file, "--no-digest", *reg, *(["--policy", POLICY] if reg else []))[1]
        have = set(rows(first["findings"] + first["accepted"]))
        was = have
        said = base
        for n in range(RULES_EACH):
            said = re.sub(r"^allow:.*\n", lambda m: m.group() + a_rule(n, of), said, count=1, flags=re.M)
            s, r, err = audit_json("-r", file, "--no-digest", *reg, "--policy", write("p.yaml", said.encode()))
            if not r:
                refused.append(err)
                break
            now = set(rows(r["findings"] + r["accepted"]))
            tried += 1
            if now - was:
                added.append((some, kind, said[said.index("allow:"):].splitlines()[1], now - was))
            was = now
        less += was < have
ok(not refused and tried == 12 * RULES_EACH, "%d random allow rules are read" % tried, "\n".join(refused))
ok(not added, "a random allow rule never adds a finding", "\n".join(map(str, added)))
ok(less, "some of them take findings away", less)

# ---- the order of inputs


def plain(r):
    """Without the names of inputs, which a tshark line has too."""
    r = {k: v for k, v in r.items() if k not in ("tool", "inputs")}
    return json.dumps(r, sort_keys=True)


def what(f):
    return {k: f[k] for k in ("id", "check", "verdict", "severity", "subject", "object", "reason", "first", "last", "count", "frames_total", "covers", "ues")}


differ, whole, n = [], [], 0
for k, how in enumerate(("parity", "address", "time", "thirds", "parity")):
    file, some = network("order.pcap")
    head, order, records = packets(file)
    parts = 2 if how in ("parity", "address") else 3
    key = {"parity": lambda i, p: i % 2, "address": lambda i, p: p[29] % 2, "time": lambda i, p: i * 3 // len(records), "thirds": lambda i, p: i // 7 % 3}[how]
    files = []
    for x in range(parts):
        files.append(save("part%d.pcap" % x, head, [r for i, r in enumerate(records) if key(i, r[1]) == x]))
    base = audit_json("-r", file, "--register", REGISTER, "--policy", POLICY)[1]
    first = None
    for turn in itertools.permutations(files):
        s, r, err = audit_json(*[x for f in turn for x in ("-r", f)], "--register", REGISTER, "--policy", POLICY)
        n += 1
        first = first or r
        if s or plain(r) != plain(first):
            differ.append("%s %s %s" % (how, turn, [(a, b) for a, b in zip(r["findings"], first["findings"]) if a != b][:1]))
    if [what(f) for f in first["findings"]] != [what(f) for f in base["findings"]]:
        whole.append("%s %s: %s" % (how, some, [(what(a), what(b)) for a, b in zip(first["findings"], base["findings"]) if what(a) != what(b)][:1] or
                                    (rows(first["findings"]), rows(base["findings"]))))
ok(not differ, "%d orders of captures that were split by number, address and time give one report" % n, "\n".join(differ))
ok(not whole, "and the findings of the whole capture", "\n".join(whole))

# ---- shares
SUPPLIERS = ["acme", "borealis", "coreworks", "deltanet"]
RULES = "version: 1\nimport: default\nshare:\n" + "".join(
    "  - {id: s-%s-%s, metric: %s, supplier: {%s}, max_ppm: %d}\n" % (m, re.sub(r"\W+", "-", w), m, w, rand.randrange(1000001))
    for m in ("sites", "elements", "traffic-ul", "traffic-dl") for w in ("id: acme", "id: borealis", "group: Coreworks", "group: Delta Group"))
policy = write("shares.yaml", RULES.encode())
outside, wide, n = [], 0, 0
tidy = path("tidy.pcap")
subprocess.run([NETGEN, "sample", tidy, "--without", "all"], check=True)
mixed = network("share.pcap")[0]
for k in range(24):
    file = mixed if k % 3 == 0 else tidy
    every = re.sub(r"^(  - \{id: (?:oss|dns|ntp),.*)\}", r"\1, supplier: acme}", text(REGISTER), flags=re.M)
    true = re.sub(r"supplier: [a-z]+", lambda m: "supplier: " + rand.choice(SUPPLIERS), every)
    few = rand.random()
    blank = re.sub(r"(\n   |,) supplier: [a-z]+", lambda m: "" if rand.random() < few else m.group(), true)
    a = audit_json("-r", file, "--no-digest", "--register", write("true.yaml", true.encode()), "--policy", policy)[1]
    b = audit_json("-r", file, "--no-digest", "--register", write("blank.yaml", blank.encode()), "--policy", policy)[1]
    for x, y in zip(a["shares"], b["shares"]):
        assert (x["metric"], x["supplier"]) == (y["metric"], y["supplier"])
        n += 1
        wide += y["low_ppm"] < y["high_ppm"]
        # a radio node that is not registered leaves even the first open
        if file == tidy and not x["low_ppm"] == x["high_ppm"] == x["numerator"] * 1000000 // x["denominator"]:
            outside.append(("open with every supplier known", x))
        if not y["low_ppm"] <= x["low_ppm"] <= x["high_ppm"] <= y["high_ppm"]:
            outside.append((x, y))
        if {x["verdict"], y["verdict"]} == {"conform", "violated"}:
            outside.append(("verdict", x, y))
ok(n >= 24 * 8 and n > wide > n / 10, "%d shares with suppliers left out, %d of them open" % (n, wide))
ok(not outside, "each interval holds the share of the true suppliers, and no verdict is turned", "\n".join(map(str, outside[:5])))

# ---- a hole is no pardon


def network_layer(p):
    """Protocol, and the transport header's place, of an Ethernet frame with IPv4; (0, 0) for others."""
    at = 14
    if p[12:14] == b"\x81\x00":
        at = 18
    if p[at - 2:at] != b"\x08\x00" or len(p) < at + 20:
        return 0, 0
    return p[at + 9], at + (p[at] & 15) * 4


def hole_shows(p):
    """Removing the frame leaves a trace: a TSN, a sequence number, or a question without its answer."""
    protocol, at = network_layer(p)
    return protocol in (6, 132) or (protocol == 17 and 8805 in struct.unpack(">2H", p[at:at + 4]))


pardoned, removed, truncated, seen = [], 0, 0, {}
for folder, name, file in captures():
    if not name.startswith("violated"):
        continue
    args = arguments(folder, name, file, expected(folder, name))
    place = args.index("-r") + 1
    head, order, records = packets(file)

    def verdict(changed):
        args[place] = save("hole.pcap", head, changed)
        s, out, err = run(*args)
        c = [c for c in json.loads(out)["checks"] if c["id"] == folder][0]
        # of suppliers the subject is an element: it is not seen any more, and the word is of the others, which still conform
        return "not-observed" if folder.startswith("VENDOR-") and c["verdict"] == "conform" and 0 < c["counts"]["conform"] <= conform else c["verdict"]

    s, out, err = run(*args)
    conform = next(c for c in json.loads(out)["checks"] if c["id"] == folder)["counts"]["conform"]
    mine = [f for f in json.loads(out)["findings"] if f["check"] == folder]
    frames = sorted({g["frame"] for f in mine for g in f["frames"]})
    if len(mine) != 1:
        continue                # another subject's verdict would hide this one's
    for i in rand.sample(frames, min(4, len(frames))):
        if hole_shows(records[i - 1][1]):
            removed += 1
            v = verdict(records[:i - 1] + records[i:])
            seen[v] = seen.get(v, 0) + 1
            if v not in ("violated", "not-decidable", "not-observed"):
                pardoned.append("%s/%s without frame %d: %s" % (folder, name, i, v))
        for n in (54, rand.randrange(54, max(55, len(records[i - 1][1])))):
            truncated += 1
            v = verdict(records[:i - 1] + [cut(order, records[i - 1], n)] + records[i:])
            seen[v] = seen.get(v, 0) + 1
            if v not in ("violated", "not-decidable", "not-observed"):
                pardoned.append("%s/%s with frame %d cut at %d: %s" % (folder, name, i, n, v))
ok(removed > 30 and truncated > 60 and not pardoned, "a frame of a finding taken out (%d) or cut (%d) never leaves conform: %s" % (removed, truncated, seen), "\n".join(pardoned))
done()
