"""fairwitness key: what audit makes on first use is made openly, never replaced, on disk, its owner's alone, and of use to audit, verify and ssh-keygen."""
import re, shutil, stat
from tap import *

FILES = ["case.key", "export.key", "export.pub", "log.key", "log.pub"]
OWN = ["case.key", "export.key", "log.key"]


def home(name, *args, **env):
    """A key command with its own data directory."""
    return run("key", *args, env={"XDG_DATA_HOME": path(name), **env}, key=False)


def held(d):
    out = {}
    for n in sorted(os.listdir(d)) if os.path.isdir(d) else []:
        with open(os.path.join(d, n), "rb") as f:
            out[n] = f.read()
    return out


def mode(p):
    return stat.S_IMODE(os.stat(p).st_mode)


# ---- new
before = os.umask(0)
s, out, err = home("a", "new")
os.umask(before)
d = path("a/fairwitness")
made = held(d)
ok(s == 0 and sorted(made) == FILES and not err, "new makes the keys and their public parts", (s, sorted(made), err))
ok([mode(os.path.join(d, n)) for n in OWN] == [0o600] * 3 and mode(d) == 0o700 and mode(path("a")) == 0o700, "whatever the umask, the keys and new directories are their owner's alone",
   [oct(mode(os.path.join(d, n))) for n in OWN])
seeds = [made[n].split()[-1] for n in OWN]
ok(len({*seeds}) == 3 and all(re.fullmatch(b"[0-9a-f]{64}", x) for x in seeds) and not any(x in out + err.encode() for x in seeds), "three keys, of which nothing secret is printed")
ok(made["log.pub"] in out and made["export.pub"] in out and b"Lost:" in out and d.encode() in out, "it prints the public parts, where they lie, and what losing a key means", out)
s, out, err = home("a", "show", "--json")
shown = {x["key"]: x for x in map(json.loads, out.splitlines())}
ok(s == 0 and list(shown) == ["log", "export", "case"] and shown["log"]["public"].encode() + b"\n" == made["log.pub"] and shown["log"]["public_path"] == os.path.join(d, "log.pub") and
   shown["case"]["public"] is None, "show says the same, as JSON", out)
p = subprocess.run(["ssh-keygen", "-lf", os.path.join(d, "export.pub")], stdout=subprocess.PIPE, text=True)
ok(not p.returncode and p.stdout.split()[1] == shown["export"]["fingerprint"] and p.stdout.split()[3] == "(ED25519)", "ssh-keygen reads the exporter's key and finds the same fingerprint", p.stdout)
s, out, err = home("a", "new")
ok(s == 2 and not out and held(d) == made and all(os.path.join(d, n) in err for n in OWN) and "lost" in err, "none is replaced; it says where they are, and what losing them means", (s, err))
ok(shown["log"]["id"] in err and shown["case"]["id"] in err, "and which they are", err)

# ---- which
s, out, err = home("b", "new", "--case")
ok(s == 0 and list(held(path("b/fairwitness"))) == ["case.key"] and b"verify --key" not in out, "--case makes that one only", (s, out))
case = held(path("b/fairwitness"))
s, out, err = home("b", "new")
ok(s == 2 and held(path("b/fairwitness")) == case and "nothing was made" in err and "--log" in err, "one that is there: nothing else is made unless it is asked for", (s, err))
s, out, err = home("b", "new", "--log", "--export")
ok(s == 0 and sorted(held(path("b/fairwitness"))) == FILES and held(path("b/fairwitness"))["case.key"] == case["case.key"], "which it is here", (s, err))
s, out, err = home("c", "show", "--case")
ok(s == 3 and not out and "key new --case" in err, "show of one that is not there", (s, err))
s, out, err = home("c", "show")
ok(s == 3 and not os.path.exists(path("c")), "of none: and it makes nothing", (s, err))
procs = [subprocess.Popen([FW, "key", "new"], env=dict(os.environ, XDG_DATA_HOME=path("race")), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
ends = sorted((p.communicate() and p.returncode) for p in procs)
ok(ends == [0] + [2] * 7 and sorted(held(path("race/fairwitness"))) == FILES, "of eight at once one makes them, and nothing else is left", (ends, sorted(held(path("race/fairwitness")))))
ok(home("race", "show")[0] == 0, "whose parts belong together", home("race", "show"))

# ---- use
cap = sample()
for name, options in (("own", []), ("dir", ["--dir"])):
    data = path("u-" + name)
    where = os.path.join(data, "keys" if options else "fairwitness")
    s, out, err = home("u-" + name, "new", *(options and ["--dir", where]))
    ok(s == 0 and sorted(held(where)) == FILES, "%s: made" % name, (s, err))
    named = ["--log-key", where + "/log.key", "--export-key", where + "/export.key", "--case-key", where + "/case.key"] if options else []
    s, out, err = run("audit", "-r", cap, "-o", path("o-" + name), *named, env={"XDG_DATA_HOME": data}, key=False)
    ok(s == 0 and not err and sorted(held(where)) == FILES and os.listdir(data) == [os.path.basename(where)], "%s: audit takes them, and makes no others" % name, (s, err, os.listdir(data)))
    s, out, err = run("verify", path("o-" + name), "--key", where + "/log.pub", "--require", "signer,integrity,inclusion,re-derived-core", key=False)
    ok(s == 0, "%s: verify takes the public part" % name, out.decode() + err)
    with open(path("o-%s/report.json" % name)) as f:
        report = json.load(f)
    said = {x["key"]: x for x in map(json.loads, run("key", "show", "--dir", where, "--json")[1].splitlines())}
    ok(report["case"] == said["case"]["id"], "%s: the report names the case key by the id that show prints" % name)
    with open(path("allowed-" + name), "wb") as f:
        f.write(b"exporter namespaces=\"bundle-v1@fairwitness\" " + held(where)["export.pub"])
    with open(path("o-%s/MANIFEST.sha256" % name), "rb") as f:
        p = subprocess.run(["ssh-keygen", "-Y", "verify", "-f", path("allowed-" + name), "-I", "exporter", "-n", "bundle-v1@fairwitness", "-s", path("o-%s/MANIFEST.sha256.sig" % name)],
                           stdin=f, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    ok(not p.returncode, "%s: ssh-keygen finds the manifest signed by it" % name, p.stdout)
d = path("u-dir/keys")
for n, kind in (("log.key", "log"), ("export.key", "export")):
    s, out, err = run("key", "show", os.path.join(d, n), "--json")
    ok(s == 0 and json.loads(out)["key"] == kind and json.loads(out)["public"].encode() + b"\n" == held(d)[kind + ".pub"], "a file says itself that it is of the %s" % kind, (s, out, err))
ok(json.loads(run("key", "show", "--case", os.path.join(d, "case.key"), "--json")[1])["id"] == report["case"], "of the case key when it is told so")
for n, want in (("case.key", "neither"), ("log.pub", "neither"), ("absent", "cannot be read")):
    s, out, err = run("key", "show", os.path.join(d, n))
    ok(s == (3 if n == "absent" else 2) and not out and want in err, "%s is not taken for one" % n, (s, err))

# ---- what is wrong with keys that are there
x = path("x/fairwitness")
home("x", "new")
os.chmod(x + "/log.key", 0o644)
s, out, err = home("x", "show")
ok(s == 2 and "chmod 600" in err and b"export key" in out, "a key that others may read is named, the rest is shown", (s, err))
os.chmod(x + "/log.key", 0o600)
pubs = held(x)
shutil.copy(path("a/fairwitness/log.pub"), x + "/log.pub")
s, out, err = home("x", "show")
ok(s == 2 and "is not the public part" in err, "a public part of another key is named", (s, err))
s, out, err = run("audit", "-r", cap, "-o", path("o-x"), env={"XDG_DATA_HOME": path("x")}, key=False)
ok(s == 2 and "is not the public part" in err and not os.path.exists(path("o-x")), "audit does not sign beside it", (s, err))
os.remove(x + "/log.key")
for what, (s, out, err) in (("new", home("x", "new", "--log")), ("audit", run("audit", "-r", cap, "-o", path("o-x"), env={"XDG_DATA_HOME": path("x")}, key=False))):
    ok(s == 2 and "is gone" in err and not os.path.exists(x + "/log.key") and not os.path.exists(path("o-x")), "%s: a key that was lost is not replaced behind its public part" % what, (s, err))
os.remove(x + "/log.pub")
s, out, err = home("x", "new", "--log")
ok(s == 0 and held(x)["log.pub"] != pubs["log.pub"] and held(x)["export.key"] == pubs["export.key"], "when that is moved away it is", (s, err))
os.remove(x + "/log.pub")
run("audit", "-r", cap, "-o", path("o-x"), env={"XDG_DATA_HOME": path("x")}, key=False)
ok(held(x).get("log.pub", b"").startswith(b"fairwitness/"), "a public part that was lost is put back by audit")

# ---- where none can be made
bare = {k: v for k, v in os.environ.items() if k not in ("HOME", "XDG_DATA_HOME")}
for what, env in (("no HOME", {}), ("a relative one", {"HOME": "here", "XDG_DATA_HOME": "there"})):
    p = subprocess.run([FW, "key", "new"], env=dict(bare, **env), cwd=TMP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ok(p.returncode == 4 and "HOME" in p.stderr and "--dir" in p.stderr and not os.path.exists(path("there")), "%s: exit 4, and what to do" % what, (p.returncode, p.stderr))
p = subprocess.run([FW, "key", "new"], env=dict(bare, HOME=path("h")), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
ok(p.returncode == 0 and sorted(held(path("h/.local/share/fairwitness"))) == FILES, "HOME alone: under .local/share", p.stderr)
write("file", b"")
s, out, err = home("file", "new")
ok(s == 4 and path("file/fairwitness/log.key") in err and "Not a directory" in err, "a file in the way: exit 4 and its name", (s, err))
os.mkdir(path("ro"))
mounted = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o ro none "$1" && shift && exec "$@"', "sh", path("ro")]
if subprocess.run(mounted + ["true"], stderr=subprocess.DEVNULL).returncode:
    skip("a read-only home: exit 4", "no mount namespaces here")
else:
    p = subprocess.run(mounted + [FW, "key", "new"], env=dict(os.environ, XDG_DATA_HOME=path("ro")), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ok(p.returncode == 4 and "Read-only file system" in p.stderr and not p.stdout, "a read-only home: exit 4", (p.returncode, p.stderr))
with open("/dev/full", "w") as full:
    p = subprocess.run([FW, "key", "show"], env=dict(os.environ, XDG_DATA_HOME=path("a")), stdout=full, stderr=subprocess.PIPE, text=True)
ok(p.returncode == 4, "standard output that is full: exit 4", p.stderr)
if not shutil.which("strace"):
    skip("keys are on disk before their names are", "no strace")
else:
    env = dict(os.environ, XDG_DATA_HOME=path("s/t"), ASAN_OPTIONS="detect_leaks=0")
    subprocess.run(["strace", "-o", path("calls"), "-y", "-e", "trace=fsync,link,renameat2,mkdir", FW, "key", "new", "--log"], env=env, check=True, stdout=subprocess.DEVNULL)
    with open(path("calls")) as f:
        calls = [re.match(r"(fsync|link|renameat2|mkdir)\((.*)\) += 0", x) for x in f]
    order = [c[1] + (" file" if ".key." in c[2] or ".pub." in c[2] else " dir") * (c[1] == "fsync") for c in calls if c and path("s") in c[2] or c and TMP + ">" in c[2]]
    ok(order == ["mkdir", "fsync dir"] * 3 + ["fsync file", "renameat2", "fsync dir"] * 2, "file, name, directory: in that order onto the disk, new directories too", order)

# ---- the command
for args in ([], ["old"], ["new", "x"], ["new", "--dir"], ["new", "--dir", ""], ["new", "--force"], ["show", "a", "b"], ["show", "--log", "a"], ["show", "--dir", "d", "f"]):
    s, out, err = home("cmd", *args)
    ok(s == 2 and not out and "usage" in err and not os.path.exists(path("cmd")), "usage: key %s" % " ".join(args), (s, err))
for args in (["--help"], ["new", "-h"]):
    s, out, err = home("cmd", *args)
    ok(s == 0 and b"key new" in out and b"key show" in out, "help: key %s" % " ".join(args))
done()
