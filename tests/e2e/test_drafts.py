"""Drafts of register and policy: they load, leave nothing that they could cure, allow nobody outside; and what is planted is found with the draft of a clean capture."""
import ipaddress, re, subprocess, sys
from tap import *

sys.path.insert(0, os.path.join(ROOT, "tests/golden/checks"))
from captures import captures  # noqa: E402

CURED = {"CONTACT-UNEXPLAINED", "PFCP-UNKNOWN-PEER", "N2-UNKNOWN-RAN", "VENDOR-UNREGISTERED", "MGMT-LATERAL"}
OUTSIDE = {"GTPU-UNKNOWN-PEER", "DNS-FOREIGN-RESOLVER", "EGRESS-UNDECLARED"}
GLOBAL_NOT = [ipaddress.ip_network(n) for n in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
                                               "224.0.0.0/3")]


def outside(text, inside):
    """A global address that is in none of the networks."""
    a = ipaddress.ip_address(text)
    private = not text.lower().startswith(("2", "3")) if a.version == 6 else any(a in n for n in GLOBAL_NOT)
    return not private and not any(a in n for n in inside if n.version == a.version)


def networks(register):
    m = re.search(r"^  inside: \[(.*)\]", register, re.M)
    return [ipaddress.ip_network(n) for n in re.findall(r'"([^"]+)"', m.group(1))] if m else []


def drafts(name, *files):
    """The folder of the drafts, or None where nothing was read."""
    args = [x for f in files for x in ("-r", f)]
    s, out, err = run("register", *args, "-o", path(name))
    return (path(name) if s in (0, 3) and os.path.exists(path(name)) else None), s, err


def with_drafts(d, *files):
    args = [x for f in files for x in ("-r", f)]
    s, r, err = audit_json(*args, "--no-digest", "--register", d + "/register.yaml", "--policy", d + "/policy.yaml")
    return s, r, err


def address(text, report):
    """The addresses that a subject or object stands for."""
    try:
        return [str(ipaddress.ip_address(text))]
    except ValueError:
        return [a for e in report["elements"] if e["id"] == text for a in e["addresses"]]


def wrong(name, f):
    """What is wrong with the drafts of a capture; None: nothing could be learned."""
    d, s, err = drafts(name, f)
    if not d:
        return None if s == 3 else "register: exit %d: %s" % (s, err)
    s, r, err = with_drafts(d, f)
    if not r:
        return None if s == 3 else "audit: exit %d: %s" % (s, err)
    with open(d + "/register.yaml") as x:
        inside = networks(x.read())
    with open(d + "/policy.yaml") as x:
        allowed = [a for line in x if line.startswith("  - {id: learned-") for a in re.findall(r'hosts: \["([^"]+)"\]', line)]
    bad = ["allows %s" % a for a in allowed if outside(a, inside)]
    for x in r["findings"]:
        cures = x["check"] in CURED or (x["check"] in OUTSIDE and not any(outside(a, inside) for t in (x["subject"], x["object"]) for a in address(t, r)))
        if cures and x["verdict"] == "violated":
            bad.append("%s %s -> %s: %s" % (x["check"], x["subject"], x["object"], x["reason"]))
    return "\n".join(bad)


mine = [sample()] + [p for _, _, p in captures()] + [g for g in goldens() if "/model/" in g]
for kind, files in (("golden capture", mine), ("capture by others", others())):
    bad, n = [], 0
    for i, f in enumerate(files):
        why = wrong("%s%d" % (kind[0], i), f)
        n += why is not None
        if why:
            bad.append("%s: %s" % (os.path.relpath(f, ROOT), why))
    if not files:
        skip("drafts of captures by others", "the folder is absent")
    else:
        ok(n > len(files) * 0.8 and not bad, "drafts of %d of %d %ss: they load, cure what drafts can cure, and allow nobody outside" % (n, len(files), kind), "\n".join(bad))


# ---- what is planted, judged by the draft of the clean network

def network(name, *scenes):
    return json.loads(subprocess.run([NETGEN, "sample", path(name), "--truth", *scenes], stdout=subprocess.PIPE, check=True).stdout)


def same(name, known, truth, report):
    """Is what a finding names (an id of the draft, or an address) what the truth means?"""
    if name == truth:
        return True
    mine = known.get(truth, [])
    m = re.search(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$", name)
    return name in mine or (m and m.group() in mine) or any(a in mine for a in address(name, report))


clean = network("clean.pcap", "--without", "all")
d, s, err = drafts("learned", path("clean.pcap"))
s, r, err = with_drafts(d, path("clean.pcap"))
ok(s == 0 and not [f for f in r["findings"] if f["verdict"] == "violated"], "the draft of the clean network finds nothing in it", err or r["findings"])
all_ = network("all.pcap")["planted"]
for what in [p["check"].lower() for p in all_] + ["all"]:
    truth = network("one.pcap", *(["--without", "all", "--with", what] if what != "all" else []))
    known = {e["name"]: list(e["addresses"].values()) for e in truth["elements"]}
    # who supplies what no draft can know; that a cipher is required, no policy that was learned says
    want = [(p["check"], p["subject"], p["object"]) for p in truth["planted"] if p["check"] not in ("VENDOR-ROLE-EXCLUDED", "NAS-NULL-CIPHER")]
    s, r, err = with_drafts(d, path("one.pcap"))
    if not ok(s == 0 and r is not None, "%s is audited with the draft" % what, err):
        continue
    left = [f for f in r["findings"] if f["verdict"] == "violated"]
    missed = []
    for check, subject, object_ in want:
        hit = [f for f in left if f["check"] in (check, "CONTACT-UNEXPLAINED" if check == "MGMT-LATERAL" else check) and
               same(f["subject"], known, subject, r) and same(f["object"], known, object_, r)]
        missed += [] if hit else [(check, subject, object_)]
        left = [f for f in left if f not in hit]
    ok(not missed and not left, "%s: what a draft can know is found, and nothing is invented" % what, "missed %s, invented %s" % (missed,
       [(f["check"], f["subject"], f["object"], f["reason"]) for f in left]))
    if "NAS-NULL-CIPHER" in [p["check"] for p in truth["planted"]]:
        bare = [f for f in r["findings"] if f["check"] == "NAS-NULL-CIPHER" and f["verdict"] == "unprotected"]
        ok(len(bare) == 1 and same(bare[0]["subject"], known, "amf-1", r) and same(bare[0]["object"], known, "gnb-north", r),
           "%s: the null cipher is told as unprotected" % what, bare)

# Names come from the wire: what YAML cannot hold is left out, what it could take for its own is quoted.
raw = open(sample(), "rb").read()
for i, name in enumerate((b"\xff\xfe\x01\x7f\x00zzz<", b"a: \"bb\" #", b"\xc2\x85\xef\xbb\xbfz[]{")):
    d, s, err = drafts("hostile%d" % i, write("hostile%d.pcap" % i, raw.replace(b"gnb-north", name)))
    s, r, err = with_drafts(d, path("hostile%d.pcap" % i)) if d else (s, None, err)
    ok(d and s == 0 and r, "a node named %r is drafted, and the drafts load" % name, err)
done()
