"""A test's frame: TAP lines, a scratch directory, the binary under test run as a user would run it."""
import atexit, json, os, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KEY = os.path.join(ROOT, "tests/golden/case.key")
FW = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""
NETGEN = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else ""
TMP = tempfile.mkdtemp(prefix="fw-e2e-")
atexit.register(shutil.rmtree, TMP, True)
os.environ["XDG_DATA_HOME"] = os.path.join(TMP, "data")		# the keys that runs make stay here
_n = _bad = 0


def ok(cond, what, detail=""):
    global _n, _bad
    _n += 1
    _bad += not cond
    print("%sok %d - %s" % ("" if cond else "not ", _n, what), flush=True)
    if not cond:
        for line in str(detail).splitlines()[:15]:
            print("#", line[:400])
    return cond


def skip(what, why):
    global _n
    _n += 1
    print("ok %d - %s # SKIP %s" % (_n, what, why))


def done():
    print("1..%d" % _n)
    sys.exit(1 if _bad else 0)


def run(*args, fw=None, stdin=None, env=None, key=True, cwd=None):
    """Exit status, standard output (bytes), standard error (text)."""
    cmd = [fw or FW] + list(args)
    if key and args and args[0] in ("audit", "decode") and "--case-key" not in args:
        cmd += ["--case-key", KEY]
    e = dict(os.environ, **(env or {}))
    p = subprocess.run(cmd, input=stdin if stdin is not None else b"", stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=e, cwd=cwd)
    return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace")


def audit_json(*args, fw=None):
    s, out, err = run("audit", "--json", *args, fw=fw)
    return s, (json.loads(out) if out.strip() else None), err


def path(name):
    return os.path.join(TMP, name)


def write(name, data):
    with open(path(name), "wb") as f:
        f.write(data)
    return path(name)


def sample():
    """The sample network's capture, made once."""
    p = path("sample.pcap")
    if not os.path.exists(p):
        subprocess.run([NETGEN, "sample", p], check=True)
    return p


def goldens():
    out = []
    for d, _, names in sorted(os.walk(os.path.join(ROOT, "tests/golden"))):
        out += [os.path.join(d, n) for n in sorted(names) if n.endswith((".pcap", ".pcapng"))]
    return out


def others():
    """Captures by others, when they are at hand."""
    d = os.environ.get("FW_CAPTURES") or os.path.join(os.path.dirname(ROOT), "shared/captures")
    if not os.path.isdir(d):
        return []
    return [os.path.join(d, n) for n in sorted(os.listdir(d)) if n.endswith((".pcap", ".pcapng", ".cap"))]
