"""The independent verifier (fwverify.py) on bundles of make_bundle.py: honest ones pass, forged ones fail, whoever forged them.

A forger without a key changes files; one with the exporter's key signs the manifest again; one with the log's key signs anything again, and
only what contradicts itself gives him away.  What nobody can see without an older checkpoint is tested too, so that nobody claims more.
"""
import os, random, shutil, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import *
import fwverify, make_bundle as mk
from forgeries import CASES, forge, octet, resigned

KEY, I = mk.public(mk.LOG), "integrity"


def judge(files, key=KEY):
    d = path("b")
    shutil.rmtree(d, True)
    mk.write(files, d)
    return fwverify.verify(d, key)


def failed(lines):
    return {name for name, word, _ in lines if word == "FAIL"}


def show(lines):
    return "\n".join("%s %s %s" % x for x in lines[:5])


def words(lines):
    return " ".join(word for _, word, _ in lines[:5])


# ---- Honest
for n in (0, 1, 3, 244, 245, 246, 247, 248, 600):
    for opts in ({}, {"digests": False}, {"gaps": True}):
        lines = judge(mk.bundle(mk.scene(n, **opts)))
        want = "PASS PASS PASS %s %s" % ("PASS" if opts.get("digests", True) else "NOT-SHOWN", "NOT-SHOWN" if opts.get("gaps") else "PASS")
        if words(lines) != want or n == 600:
            ok(words(lines) == want, "honest: %d findings %s" % (n, opts), show(lines))
lines = judge(mk.bundle(dict(mk.scene(0), packets=[])))
ok(words(lines) == "PASS PASS PASS PASS PASS", "honest: nothing retained", show(lines))
HONEST = mk.bundle(mk.scene())
ok(judge(HONEST, None)[0][1] == "NOT-SHOWN" and not failed(judge(HONEST, None)), "without a key the signer is not shown, and nothing fails")


# ---- Forged, a change of meaning each
missed = 0
for what, stage, change, wanted in CASES:
    lines = judge(forge(stage, change))
    if not wanted <= failed(lines):
        missed += 1
        ok(False, "forged: " + what, show(lines))
ok(missed == 0, "%d forgeries with the keys that they need are refused, each under its name" % len(CASES))

# ---- Signed again by another, and what nobody can see
theirs = mk.bundle(mk.scene(), log=mk.FOREIGN, exporter=mk.FOREIGN)
ok(failed(judge(theirs)) == {"signer"}, "everything signed again with a foreign key: the signer fails, and only he", show(judge(theirs)))
lines = judge(theirs, None)
ok(not failed(lines) and lines[0][:2] == ("signer", "NOT-SHOWN"), "and without --key nothing fails, but the first line says that anybody can do so")
changed = mk.scene()
changed["cores"] = changed["cores"][1:]
ok(not failed(judge(mk.bundle(changed))), "the boundary: who holds the log's key can leave out a finding from the start, and only the capture tells")
relabelled = mk.bundle(mk.scene(), {"rows": lambda r: r[-1].update(link=1)})
ok(not failed(judge(relabelled)), "the boundary: a packet's link type is not in its leaf, the exporter answers for it")

# ---- What is not a file
for what, make in (("a link to a file", lambda p: os.symlink("/etc/passwd", p)), ("a link within", lambda p: os.symlink("report.json", p)),
                   ("a link to a directory", lambda p: os.symlink("/etc", p)), ("a pipe", os.mkfifo), ("an empty directory", os.mkdir)):
    for name in ("extra", "report.html", "evidence/checkpoint", "evidence/packets.jsonl"):
        judge(HONEST)
        if os.path.exists(path("b/" + name)):
            os.remove(path("b/" + name))
        make(path("b/" + name))
        ok(I in failed(fwverify.verify(path("b"), KEY)), "%s at %s" % (what, name))
judge(HONEST)
os.rename(path("b/evidence"), path("elsewhere"))
os.symlink(path("elsewhere"), path("b/evidence"))
ok(I in failed(fwverify.verify(path("b"), KEY)), "a link for the directory evidence")
os.remove(path("b/evidence"))
shutil.rmtree(path("elsewhere"))
judge(HONEST)
os.rename(path("b"), path("out.partial-1"))
ok(I in failed(fwverify.verify(path("out.partial-1"), KEY)), "a directory that was never finished")

# ---- Octets: one bit, at random; without a key, and with the manifest made and signed again
COUNT, SEED = (int(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3].isdigit() else 3000), 5
rng, missed = random.Random(SEED), []
judge(HONEST)
for k in range(COUNT):
    name, data, what = octet(rng, HONEST)
    resign = k % 2 and not name.startswith("MANIFEST")
    files = dict(HONEST, **{name: data})
    if resign:
        files.update(resigned(files))
    different = {n for n in files if files[n] != HONEST[n]}
    mk.write({n: files[n] for n in different}, path("b"))
    if not different or not failed(fwverify.verify(path("b"), KEY)):
        missed.append("%d: %s%s" % (k, what, ", signed again" if resign else ""))
    mk.write({n: HONEST[n] for n in different}, path("b"))
ok(not missed, "%d random changes of an octet, half of them signed again by the exporter: none missed (seed %d)" % (COUNT, SEED), "\n".join(missed))
ok(not failed(fwverify.verify(path("b"), KEY)), "and the bundle put together again is honest")

# ---- The program
def program(*args):
    p = subprocess.run([sys.executable, "-B", fwverify.__file__] + list(args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return p.returncode, p.stdout, p.stderr


judge(HONEST)
s, out, err = program(path("b"))
ok(s == 0 and out.startswith("signer           NOT-SHOWN") and len(out.splitlines()) == 10, "the program: no key, the signer stands first, exit 0", out + err)
write("k", HONEST["evidence/log.vkey"])
ok(program(path("b"), "--key", path("k"))[0] == 0 and program(path("b"), "--key", mk.vkey(mk.key_name(mk.LOG), mk.LOG).decode())[0] == 0, "a key from a file or from the command line")
ok(program(path("b"), "--key", mk.vkey(mk.key_name(mk.FOREIGN), mk.FOREIGN).decode())[0] == 1, "another key: exit 1")
ok(program(path("b"), "--require", "witnessed")[0] == 1, "what is required and not shown: exit 1")
ok(program(path("b"), "--require", "nonsense")[0] == 2 and program()[0] == 2 and program(path("b"), "--key", "nonsense")[0] == 2, "usage: exit 2")
ok(program(path("none"))[0] == 3, "no directory: exit 3")
done()
