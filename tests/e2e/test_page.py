"""report.html: one offline page that holds what report.json holds, and nothing that a browser would run or fetch."""
from html.parser import HTMLParser
from tap import *

VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "path"}
REGISTER, POLICY = (os.path.join(ROOT, "share/sample", n) for n in ("register.yaml", "policy.yaml"))


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.ids, self.targets, self.text = [], [], set(), [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append("left open: %s" % self.open)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        for k, v in attrs:
            if k == "id":
                if v in self.ids:
                    self.wrong.append("id twice: " + v)
                self.ids.add(v)
            if k == "href":
                self.targets.append(v)
            if k in ("src", "srcset", "style", "action", "data") or k.startswith("on"):
                self.wrong.append("%s has %s" % (tag, k))
        if tag in ("script", "iframe", "object", "embed", "form", "link", "base", "img"):
            self.wrong.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append("closed out of turn: " + tag)

    def handle_data(self, data):
        self.text.append(data)


def page(*args):
    s, out, err = run("audit", *args, "-o", path("o"), "--no-digest")
    return open(path("o/report.html"), encoding="utf-8").read(), json.load(open(path("o/report.json")))


def told(p, r):
    text = " ".join(p.text)
    return all(f["subject"] in text and f["check"] in text and f["filter"] in text for f in r["findings"])


bad, untold = [], []
files = [g for g in goldens() if "/model/" in g or g.endswith("/violated.pcap")]
for f in files:
    html, r = page("-r", f)
    p = Page(html)
    bad += ["%s: %s" % (os.path.basename(f), w) for w in p.wrong] + ["%s: target %s" % (f, t) for t in p.targets if t[0] != "#" or t[1:] not in p.ids]
    if not told(p, r):
        untold.append(f)
ok(not bad, "%d pages are well formed, run nothing and fetch nothing" % len(files), "\n".join(bad))
ok(not untold, "each finding is on its page, with its filter", "\n".join(untold))

html, r = page("-r", sample(), "--register", REGISTER, "--policy", POLICY)
p = Page(html)
text = " ".join(p.text)
ok(not p.wrong and told(p, r), "so it is for the sample network with its register and policy", p.wrong)
ok(text.index("8 violations") < text.index("What could not be judged") < text.index("F-"), "it opens with the verdict, then what could not be judged, then findings")
ok(all(e["id"] in text for e in r["elements"]), "every element is there")
ok(all(c["id"] in text for c in r["checks"]), "every check is there")
ok(html == page("-r", sample(), "--register", REGISTER, "--policy", POLICY)[0], "the same audit gives the same page, byte for byte")

# A name from the wire is text, whatever it holds.
raw = open(sample(), "rb").read()
write("hostile.pcap", raw.replace(b"gnb-north", b"<b>&'\"\x01<"))
html, r = page("-r", path("hostile.pcap"))
p = Page(html)
ok(not p.wrong and "<b>" not in html and "&lt;b&gt;&amp;" in html, "a name with markup in it is shown as text", p.wrong)
done()
