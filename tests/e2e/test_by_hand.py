"""docs/verify-by-hand.md, followed to the letter: honest bundles pass, and one octet elsewhere makes a command complain."""
import sys
sys.dont_write_bytecode = True
from tap import *
sys.path.insert(0, os.path.join(HERE, "../verify"))
import make_bundle as mk
from by_hand import STEPS, follow

steps = STEPS
ok(len(steps) >= 7, "the page has commands")


def put(where, name, data):
    with open(os.path.join(where, name), "wb") as f:
        f.write(data)


def flipped(data, i):
    return data[:i] + bytes([data[i] ^ 1]) + data[i + 1:]


# ---- A bundle of invented packets, whose keys are known: all but tshark's part
mk.write(mk.bundle(mk.scene(300)), path("large"))
good, said = follow(path("large"), steps[:-1], FINDING="F-" + mk.hexsha(b'N2-UNKNOWN-RAN\ngnb "north" \\ 1\namf-298')[:12])
ok(good and "amf-298" in said, "307 leaves, a finding by its id, a packet of another segment", said)
ok(not follow(path("large"), steps[:-1], FINDING="F-0123")[0], "a finding that is not there: a command complains")
honest, d = mk.bundle(mk.scene()), path("made")
mk.write(honest, d)
good, said = follow(d, steps[:-1])
ok(good, "an honest bundle", said)
write("foreign", mk.bundle(mk.scene(), log=mk.FOREIGN)["evidence/log.vkey"])
ok(not follow(d, steps[:-1], KEY=path("foreign"))[0], "another key than the log's: a command complains")
missed = []
for name in sorted(honest):
    put(d, name, flipped(honest[name], len(honest[name]) // 2) if honest[name] else b"x")
    missed += [name] if follow(d, steps[:-1])[0] else []
    put(d, name, honest[name])
ok(not missed, "%d files, an octet of each changed: a command complains" % len(honest), missed)

# The exporter signs again what he changed: steps 2 to 5 find it where they look.
lines, pcap, entries = honest["evidence/packets.jsonl"], honest["evidence/packets.pcapng"], honest["evidence/tile/entries/000.p/12"]
second = lines.index(b"\n") + 1
where = [("evidence/checkpoint", [30, 110, 130, 280, 330]), ("evidence/log.vkey", [-10]), ("evidence/exporter.pub", [60]), ("evidence/tile/entries/000.p/12", [20, entries.index(b"amf-0"), entries.index(b'"inputs"') + 40, entries.index(b'"retained":3') + 20]),
         ("evidence/proof/000008.tlog-proof", [5, 30, 40, -100]), ("evidence/proof/000005.tlog-proof", [40]),
         ("evidence/packets.jsonl", [lines.index(x, second) + len(x) for x in (b'"cap":', b'"k":"', b'"n":', b'"o":1', b'"s":"', b'"c":"', b'"leaf":"', b'"orig":', b'"proof":["', b'"ts":"')]),
         ("evidence/packets.pcapng", [pcap.index(b"\2" * 14, 200), pcap.index(b"\2" * 14, 200) + 20])]
missed, n = [], 0
for name, places in where:
    for i in places:
        files = {k: v for k, v in honest.items() if not k.startswith("MANIFEST")}
        files[name] = flipped(files[name], i if i >= 0 else len(files[name]) + i)
        manifest = mk.manifest(files)
        for k, v in ((name, files[name]), ("MANIFEST.sha256", manifest), ("MANIFEST.sha256.sig", mk.sshsig(mk.EXPORTER, manifest))):
            put(d, k, v)
        missed += ["%s at %d" % (name, i)] if follow(d, steps[:-1])[0] else []
        put(d, name, honest[name])
        n += 1
ok(not missed, "%d changes of what the page looks at, the manifest signed again: a command complains" % n, missed)
mk.write(honest, d)
os.symlink("report.json", os.path.join(d, "link"))
ok(not follow(d, steps[:-1])[0], "a link: a command complains")

# ---- The record of the sample network, tshark's part too
d, conf = path("site"), os.path.join(ROOT, "share/sample/")
s, _, err = run("audit", "-r", sample(), "--register", conf + "register.yaml", "--policy", conf + "policy.yaml", "-o", d)
if not os.path.exists(os.path.join(d, "evidence/checkpoint")):
    skip("the sample network's record", "this version of audit writes none")
    done()
good, said = follow(d, steps)
ok(good, "the sample network's record", said)
for f in json.load(open(os.path.join(d, "report.json")))["findings"]:
    good, said = follow(d, steps, FINDING=f["id"])
    ok(good and f["id"] in said, "its finding %s %s" % (f["id"], f["check"]), said)
missed = []
names = [os.path.relpath(os.path.join(at, n), d) for at, _, names in os.walk(d) for n in names]
for name in sorted(names):
    data = open(os.path.join(d, name), "rb").read()
    put(d, name, flipped(data, len(data) // 2) if data else b"x")
    missed += [name] if follow(d, steps)[0] else []
    put(d, name, data)
ok(not missed, "%d files of it, an octet of each changed: a command complains" % len(names), missed)
ok(follow(d, steps)[0], "and put together again it passes")
done()
