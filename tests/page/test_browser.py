"""The page in Debian's Chromium, looked at as a reader would: wide and narrow, light and dark, with scripts and without, by keyboard, on paper.
test_browser.py FAIRWITNESS NETGEN MADE-PAGE [SHOTS]: MADE-PAGE is tests/unit/test_page, SHOTS a directory for screenshots to be looked at (then axe looks in all ways, too)."""
import re, shutil, sys
sys.path.insert(0, __import__("os").path.join(__import__("os").path.dirname(__import__("os").path.abspath(__file__)), "..", "e2e"))
from tap import *

PAGE = os.path.dirname(os.path.abspath(__file__))
MADE = os.path.abspath(sys.argv[3])
SHOTS = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 else None
REGISTER, POLICY = (os.path.join(ROOT, "share/sample", n) for n in ("register.yaml", "policy.yaml"))
CHROMIUM, NODE = shutil.which("chromium"), shutil.which("node")

if not CHROMIUM or not NODE or not all(os.path.isdir(os.path.join(PAGE, "node_modules", m)) for m in ("playwright-core", "axe-core")):
    skip("the page in a browser", "chromium, node or tests/page/node_modules is not there: script/bootstrap --test brings them")
    done()


def laid_out(r):
    """A report as report.json is laid out: a line a member and item."""
    flat = lambda v: json.dumps(v, ensure_ascii=False, separators=(",", ":"))
    out = []
    for k, v in r.items():
        if isinstance(v, dict):
            inner = ",\n".join('  "%s": %s' % (m, flat(x)) for m, x in v.items())
            out.append(' "%s": {\n%s\n }' % (k, inner))
        elif isinstance(v, list) and v:
            out.append(' "%s": [\n%s\n ]' % (k, ",\n".join("  " + flat(x) for x in v)))
        else:
            out.append(' "%s": %s' % (k, flat(v)))
    return "{\n" + ",\n".join(out) + "\n}\n"


def audited(name, *args):
    run("audit", *args, "-o", path(name), "--no-digest")
    return path(name + "/report.html")


def made(name, report):
    write(name + ".json", laid_out(report).encode())
    subprocess.run([MADE, ROOT, path(name + ".html"), path(name + ".json")], check=True)
    return path(name + ".html")


# Names as an enemy, an accident or another language gives them.
NASTY = ["<img src=x onerror=alert(1)>", "\u202egnb\u202c", "\u0628\u0631\u062c \u0627\u0644\u0634\u0645\u0627\u0644", "W" * 300, "\u0001\u0007\u007f\u200b", "a b " * 60, "\"'&amp;</script>", "\u57fa\u7ad9\u5317" * 40]


def renamed(v, names):
    if isinstance(v, str):
        return names.get(v, v)
    if isinstance(v, list):
        return [renamed(x, names) for x in v]
    if isinstance(v, dict):
        return {k: renamed(x, names) for k, x in v.items()}
    return v


def hostile(r):
    said = {e["id"] for e in r["elements"]} | {n for e in r["elements"] for n in e["names"]} | set(r["network"]["columns"]) | {r["inputs"][0]["name"]}
    said |= {x for c in r["contacts"] for x in c["a_elements"] + c["b_elements"]} | {x["id"] for c in r["network"]["cells"] for x in c["first"]}
    said |= {s["supplier"] for s in r["shares"]} | {s["scope"] for s in r["shares"]}
    return renamed(r, {s: NASTY[i % len(NASTY)] + s for i, s in enumerate(sorted(said))})


def big(r, elements=5000, contacts=20000, findings=3000, sites=60):
    """A network of a country: the sample's records, over and over, under names of their own."""
    times = lambda l, n: [dict(l[i % len(l)]) for i in range(n)]
    r = dict(r, elements=times(r["elements"], elements), contacts=times(r["contacts"], contacts), findings=times(r["findings"], findings))
    for i, e in enumerate(r["elements"]):
        e.update(id="gnb-%05d" % i, names=["north-%05d" % i], addresses=["10.%d.%d.%d" % (100 + i // 65536, i // 256 % 256, i % 256)])
    for i, c in enumerate(r["contacts"]):
        c.update(id="C-%012x" % i, a_elements=["gnb-%05d" % (i % elements)], b_elements=["gnb-%05d" % (i * 7 % elements)])
    for i, f in enumerate(r["findings"]):
        f.update(id="F-%012x" % i, subject="gnb-%05d" % i)
    roles = ("RAN", "AMF", "SMF", "UPF", "core", "operation", "other")
    columns = ["region-%02d" % i for i in range(sites)]
    cells = [dict(role=t, site=s, elements=40 + 7 * k, unregistered=k % 3, violated=k % 2, silent=k % 5, first_silent=["never-%s-%d" % (s, n) for n in range(k % 5)],
                  first=[dict(id="gnb-%05d" % (k * 64 + n), registered=n > 1, violated=not n) for n in range(4)]) for k, t in enumerate(roles) for s in columns]
    cells.append(dict(role="outside", site=None, elements=900, unregistered=900, violated=30, silent=0, first=[dict(id="203.0.113.%d" % n, registered=False, violated=n < 30) for n in range(64)], first_silent=[]))
    joins = (("RAN", "AMF", "N2", "esp"), ("RAN", "UPF", "N3", "esp"), ("SMF", "UPF", "N4", "none"), ("AMF", "SMF", "SBI", "unread"), ("RAN", "operation", "tcp 22", "unread"), ("RAN", "outside", "tcp 443", "unread"))
    links = [dict(a=dict(role=a, site=s), b=dict(role=b, site=None if b == "outside" else s), interface=i, protection=p, contacts=60 + k, packets=9000 * (k + 1), violated=k % 4 == 3)
             for k, s in enumerate(columns) for a, b, i, p in joins]
    pairs = [dict(a="gnb-%05d" % n, b="gnb-%05d" % (n + 1), interface="N2", protection="esp", contacts=1, packets=5, violated=n < 20) for n in range(2000)]
    r["network"] = dict(r["network"], by="region", columns=columns, cells=cells, links=links, pairs=pairs, pairs_total=18000)
    r["summary"] = dict(r["summary"], violated=dict(total=findings, crit=1125, high=1125, med=750, low=0, info=0))
    return r


pages = [("sample", audited("full", "-r", sample(), "--register", REGISTER, "--policy", POLICY)), ("no register", audited("bare", "-r", sample()))]
subprocess.run([NETGEN, "sample", path("quiet.pcap"), "--without", "all"], check=True)
pages.append(("no finding", audited("quiet", "-r", path("quiet.pcap"), "--register", REGISTER, "--policy", POLICY)))
subprocess.run([MADE, ROOT, path("hand.html")], check=True)
pages.append(("packets by hand", path("hand.html")))
report = json.load(open(path("full/report.json"), encoding="utf-8"))
same = json.load(open(path("full/report.json"), encoding="utf-8"))
ok(re.sub("<figure.*?</figure>", "", open(made("same", same), encoding="utf-8").read(), flags=re.S).count("<article") == len(report["findings"]), "a report that is laid out anew makes a page")
pages.append(("hostile names", made("hostile", hostile(report))))
pages.append(("a country", made("big", big(report))))
pages.append(("seven sites", made("seven", big(report, 300, 300, 40, 7))))
size = os.path.getsize(path("big.html"))
ok(size < 16 << 20, "a network of 5,000 elements, 20,000 contacts and 3,000 findings makes a page of less than 16 MiB", size)

job = dict(chromium=CHROMIUM, shots=SHOTS, all=bool(SHOTS), pages=[])
for name, file in pages:
    html = open(file, encoding="utf-8").read()
    bare = file[:-5] + ".bare.html"
    open(bare, "w", encoding="utf-8").write(html[:html.rindex("<script>")] + html[html.rindex("</script>") + 9:])
    job["pages"].append(dict(name=name, file=file, bare=bare, big=name == "a country", hostile=name == "hostile names", map="class=\"wide map" in html, seen=name != "seven sites"))
write("job.json", json.dumps(job).encode())
env = dict(os.environ, HOME=TMP)
env.pop("NODE_OPTIONS", None)
n = 0
with open(path("err"), "w+") as err, subprocess.Popen([NODE, os.path.join(PAGE, "browser.mjs"), path("job.json")], stdout=subprocess.PIPE, stderr=err, text=True, env=env) as p:
    for line in p.stdout:
        r = json.loads(line)
        ok(r["ok"], r["what"], "\n".join(r["detail"]))
        n += 1
    p.wait()
    err.seek(0)
    said = err.read()
ok(p.returncode == 0 and n == 7 + 8 * (len(pages) - 1) + len(pages) - 2 + sum(p["map"] for p in job["pages"]), "the browser came to the end", said)
done()
