"""fairwitness checks: the list, the pages, and that the pages in docs/checks are what the program says."""
import os, re
from tap import *


def said(*args):
    p = subprocess.run([FW, "checks", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return p.returncode, p.stdout, p.stderr


code, out, _ = said("--json")
checks = json.loads(out)
ids = [c["id"] for c in checks]
with open(os.path.join(ROOT, "src/checks/LIST")) as f:
    listed = [line.strip().upper().replace("_", "-") for line in f if line.strip() and not line.startswith("#")]
ok(code == 0 and ids == listed, "the list is that of LIST, in its order", "%s\n%s" % (ids, listed))
ok(set(checks[0]) >= {"id", "title", "severity", "refs", "filter", "means", "confirm", "causes", "todo"}, "each has what people need", checks[0])
for c in checks:
    texts = {k: c[k] for k in ("title", "refs", "filter", "means", "confirm", "causes", "todo")}
    empty = [k for k, s in texts.items() if not s or not s.strip()]
    ends = [k for k in ("means", "confirm", "causes", "todo") if not c[k] or c[k][-1] not in ".?)"]
    ok(not empty and not ends and not c["title"].endswith("."), c["id"] + " has its texts, in sentences", "%s %s" % (empty, ends))
code, out, _ = said()
ok(code == 0 and [line.split()[0] for line in out.splitlines()] == ids, "the table has one line each", out)
code, out, _ = said(ids[0])
ok(code == 0 and all(w in out for w in ("What it means", "How to confirm", "What else could", "What to do", checks[0]["filter"])), "one check is a page", out)
code, out, _ = said("--json", ids[1])
ok(code == 0 and [c["id"] for c in json.loads(out)] == [ids[1]], "one check is one object", out)
for args in (["NO-SUCH-CHECK"], ["--no-such"], ["--json", "--markdown"], [ids[0], ids[1]]):
    code, out, err = said(*args)
    ok(code == 2 and not out and "usage:" in err, "%s is told as wrong" % " ".join(args), out + err)
pages = os.path.join(ROOT, "docs/checks")
ok(sorted(os.listdir(pages)) == sorted(i + ".md" for i in ids), "docs/checks has a page for each, and no other", sorted(os.listdir(pages)))
for i in ids:
    file = os.path.join(pages, i + ".md")
    with open(file) if os.path.exists(file) else open(os.devnull) as f:
        ok(f.read() == said("--markdown", i)[1], "docs/checks/%s.md is what the program says (make docs)" % i)
with open(os.path.join(ROOT, "docs/protocols.md"), encoding="utf-8") as f:
    ok(f.read() == run("coverage", "--markdown")[1].decode(), "docs/protocols.md is what the program says (make docs)")
done()
