"""What is written, where, and what is not: directories, exit statuses, the command line."""
import os, resource, signal, subprocess, time
from tap import *

ALL = ["MANIFEST.sha256", "MANIFEST.sha256.sig", "evidence", "findings.ndjson", "report.html", "report.json"]

s, _, err = run("audit", "-r", sample(), "-o", path("o"))
ok(s == 0 and sorted(os.listdir(path("o"))) == ALL, "-o makes the directory and writes the report and its evidence", err)
first = open(path("o/report.json"), "rb").read()
s, _, err = run("audit", "-r", sample(), "-o", path("o"), "--facts")
ok(s == 0 and sorted(os.listdir(path("o"))) == sorted(ALL + ["facts.ndjson.zst"]), "an earlier output is replaced as a whole", err)
ok(open(path("o/report.json"), "rb").read() == first, "the same input gives the same report, byte for byte")
s, _, err = run("audit", "-r", sample(), "-o", path("o/"))
ok(s == 0 and sorted(os.listdir(path("o"))) == ALL, "a slash at the end of -o makes no difference", err)
run("audit", "-r", sample(), "-o", path("f"), "--facts")
facts = subprocess.run(["zstd", "-dc", path("f/facts.ndjson.zst")], stdout=subprocess.PIPE).stdout
ok(facts == run("decode", "-r", sample())[1], "--facts writes what decode prints")
lines = [json.loads(l) for l in facts.splitlines()]
ok(lines[0]["kind"] == "run" and lines[-1]["kind"] == "end", "the list begins with run and ends with end")
ok([l["n"] for l in lines[1:-1]] == list(range(1, len(lines) - 1)), "facts are numbered without a hole")
ok(lines[0]["id"] == json.loads(run("decode", "-r", sample())[1].splitlines()[0])["id"], "equal inputs give an equal run id")

os.mkdir(path("mine"))
open(path("mine/notes.txt"), "w").write("mine")
s, _, err = run("audit", "-r", sample(), "-o", path("mine"))
ok(s == 2 and "notes.txt" in err and os.listdir(path("mine")) == ["notes.txt"], "a directory that holds something else is refused and left alone", err)
open(path("afile"), "w").write("x")
s, _, err = run("audit", "-r", sample(), "-o", path("afile"))
ok(s == 2 and "not a directory" in err, "a file in the place of -o is refused", err)
os.mkdir(path("blank"))
s, _, err = run("audit", "-r", sample(), "-o", path("blank"))
ok(s == 0 and os.path.exists(path("blank/report.json")), "an empty directory is used", err)
s, _, err = run("audit", "-r", sample(), "-o", path("a/b/c"))
ok(s == 0 and os.path.exists(path("a/b/c/report.json")), "parents are made", err)
s, _, err = run("audit", "-r", sample(), "-o", "/proc/nowhere/out")
ok(s == 4 and "/proc/nowhere/out" in err, "an output that cannot be made: exit 4", err)
s, _, err = run("audit", "-r", path("none"), "-o", path("mine"))
ok(s == 2, "precedence: the command line's 2 goes before the input's 3", err)


def limit():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


p = subprocess.run([FW, "audit", "-r", sample(), "-o", path("full"), "--case-key", KEY], preexec_fn=limit, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
ok(p.returncode == 4 and b"cannot be written" in p.stderr, "no room for the report: exit 4 and why", p.stderr)
ok(not [f for f in os.listdir(TMP) if f.startswith("full")], "and nothing is left behind")
p = subprocess.run([FW, "audit", "-r", sample(), "--case-key", KEY], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE)
ok(p.returncode == 4, "a full standard output: exit 4", p.stderr)
p = subprocess.run([FW, "decode", "-r", sample(), "--case-key", KEY], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE)
ok(p.returncode == 4, "decode to a full standard output: exit 4", p.stderr)

os.mkfifo(path("pipe"))
p = subprocess.Popen([FW, "audit", "-r", path("pipe"), "-o", path("killed"), "--case-key", KEY], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open(path("pipe"), "wb") as f:
    f.write(open(sample(), "rb").read(200000))
    f.flush()
    time.sleep(0.3)
    p.kill()
    p.wait()
    ok(not os.path.exists(path("killed")), "killed in the middle: no output under its name")
    try:
        f.close()
    except BrokenPipeError:
        pass

for args, word in ((["audit"], "-r"), (["audit", "-r"], "argument"), (["audit", "--nonsense"], "--nonsense"), (["audit", "x.pcap"], "x.pcap"), (["frobnicate"], "frobnicate"),
                   (["decode", "-r", sample(), "--proto", "nope"], "nas-5gs"), (["audit", "-r", sample(), "--from", "yesterday"], "yesterday"),
                   (["audit", "-r", sample(), "--batch", "0"], "--batch"), (["audit", "-r", sample(), "--jobs", "x"], "--jobs"), (["audit", "-r", sample(), "--facts"], "-o"),
                   (["coverage", "x"], "x"), (["version", "x"], "x"), (["audit", "-r", sample(), "--case-key", path("afile")], "16"), (["audit", "-r", sample(), "--case-key", path("none")], "none")):
    s, out, err = run(*args, key=False)
    ok(s == 2 and word in err and not out, "%s: exit 2, and the error names %s" % (" ".join(args).replace(TMP, "..."), word), "exit %d\n%s" % (s, err))
s, out, err = run()
ok(s == 2 and "audit" in err, "no command: exit 2 and what there is", err)
for args in (["--help"], ["audit", "--help"], ["decode", "--help"], ["coverage", "--help"], ["version"], ["--version"], ["coverage"]):
    s, out, err = run(*args, key=False)
    ok(s == 0 and out and not err, "%s: exit 0" % " ".join(args), err)
s, out, err = run("decode", "-r", sample(), "--proto", "pfcp")
kinds = {json.loads(l)["kind"] for l in out.splitlines()}
ok(s == 0 and kinds == {"run", "pfcp", "end"}, "--proto keeps one kind", kinds)

# The key made for a user: once, for him alone.
home = path("home")
os.mkdir(home)
env = {"HOME": home, "XDG_DATA_HOME": ""}
s, _, err = run("audit", "-r", sample(), "--json", key=False, env=env)
key = os.path.join(home, ".local/share/fairwitness/case.key")
ok(s == 0 and os.stat(key).st_mode & 0o777 == 0o600, "a case key is made once, mode 0600", err)
before = open(key).read()
run("audit", "-r", sample(), "--json", key=False, env=env)
ok(open(key).read() == before, "and used again")
s, out, err = run("decode", "-r", sample(), key=False, env=env)
ok(before.strip().encode() not in out, "the key is in no output")

# Colour and progress only on a terminal.
s, out, err = run("audit", "-r", sample())
ok(b"\033" not in out and not err, "no colour and no progress line where there is no terminal", err)
done()
