// The report's page in Debian's Chromium: node browser.mjs JOB.json
// JOB: { chromium, pages: [{ name, file, bare, big, hostile, map, seen }], shots, all }.  One line of JSON a result on stdout: { ok, what, detail }.
// shots: a directory for a screenshot of each page in each way, to be looked at; none without.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };
const WIDE = { width: 1280, height: 900 }, NARROW = { width: 390, height: 844 };

const say = (ok, what, detail = []) => console.log(JSON.stringify({ ok, what, detail: detail.slice(0, 12) }));

// A page in a context of its own that hears all that goes wrong: messages, errors, requests.  The file itself is the only thing it may ask for.
async function visit(browser, file, how, act) {
	const context = await browser.newContext({ viewport: how.size, colorScheme: how.scheme ?? "light", javaScriptEnabled: how.scripts ?? true, reducedMotion: how.motion ?? "no-preference" });
	const page = await context.newPage();
	const wrong = [], url = "file://" + file;
	let asked = 0;

	page.setDefaultTimeout(20000);
	page.on("console", m => wrong.push(m.type() + ": " + m.text()));
	page.on("pageerror", e => wrong.push("error: " + e.message));
	page.on("request", r => { if (r.url() !== url || asked++) wrong.push("request: " + r.url()); });
	page.on("dialog", d => { wrong.push("dialog: " + d.message()); d.dismiss(); });
	page.on("popup", () => wrong.push("popup"));
	await context.route("**/*", r => r.request().url() === url ? r.continue() : r.abort());
	await page.goto(url);
	try {
		await act(page, wrong, context);
	} catch (e) {
		wrong.push("stopped: " + e.message.split("\n")[0]);
	}
	await context.close();
	return wrong;
}

// What axe says, in the state in which the page is.  The page's own policy forbids scripts of others, so axe comes in from the debugger.
async function accessible(page, wrong) {
	const cdp = await page.context().newCDPSession(page);
	const run = async expression => {
		const r = await cdp.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });

		if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description ?? r.exceptionDetails.text);
		return r.result.value;
	};

	await run(axe + ";0");
	const found = await run(`axe.run(document, ${JSON.stringify(RULES)}).then(r => r.violations.map(v => v.id + " " + v.nodes.length + " times: " + v.nodes[0].html.slice(0, 160) + " " + (v.nodes[0].failureSummary || "").slice(0, 200)))`);

	wrong.push(...found.map(f => "axe: " + f));
}

// Nothing is wider than the window but what scrolls in a region of its own.  What is closed is not laid out, and not looked at.
const fits = page => page.evaluate(() => {
	const root = document.documentElement, out = [], look = [document.body];

	if (root.scrollWidth > innerWidth) out.push("the body scrolls: " + root.scrollWidth + " > " + innerWidth);
	while (look.length) {
		const e = look.pop(), b = e.getBoundingClientRect();

		if (b.width && b.right > innerWidth + 1) out.push("past the right edge: " + e.tagName + "." + e.className);
		if (e.matches(".wide, pre, svg")) continue;
		for (const inner of e.children)
			if (!inner.matches(".skip, .said, script, style, details:not([open]) > :not(summary)")) look.push(inner);
	}
	for (const e of document.querySelectorAll("svg.bar"))
		if (e.getBoundingClientRect().width < 100) out.push("a bar too small to be read");
	return out;
});

// Of long lists the first are left: what follows is more of the same, and axe would need minutes for it.
const trim = page => page.evaluate(() => {
	for (const list of document.querySelectorAll(".rest, .rest tbody, tbody, .cells, .chips")) {
		const items = [...list.children].filter(e => !e.matches("summary"));

		for (const e of items.slice(40)) e.remove();
	}
});

const openAll = page => page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });

async function shot(page, name) {
	if (job.shots) await page.screenshot({ path: `${job.shots}/${name}.png`, fullPage: true });
}

// All ways to look at a page: two widths, two schemes, with scripts and without.  Axe takes a second a time, so of the first page it looks at half of them, each width,
// scheme and script twice, of the others at two, each once; at all with job.all.  With scripts off it cannot run: it is given the page without its script, whose
// document is the same.
async function looks(browser, p) {
	const wrong = new Map();
	const wanted = (wide, light, scripts) => job.all || (p === job.pages[0] ? (wide === light) === scripts : wide === scripts && light === scripts);

	for (const scripts of [true, false]) {
		const over = async (file, scriptsOn, act) => {
			const name = (size, scheme) => `${size.width} px, ${scheme}, scripts ${scripts ? "on" : "off"}`;
			let way = name(WIDE, "light");

			for (const size of [WIDE, NARROW])
				for (const scheme of ["light", "dark"])
					if (!wrong.has(name(size, scheme))) wrong.set(name(size, scheme), []);
			const others = await visit(browser, file, { size: WIDE, scripts: scriptsOn }, async (page, heard) => {
				if (!p.big) await openAll(page);
				for (const size of [WIDE, NARROW])
					for (const scheme of ["light", "dark"]) {
						way = name(size, scheme);
						await page.setViewportSize(size);
						await page.emulateMedia({ colorScheme: scheme });
						await act(page, wrong.get(way), { size, scheme, axe: wanted(size === WIDE, scheme === "light", scripts) });
						wrong.get(way).push(...heard.splice(0));
					}
			});
			wrong.get(way).push(...others);
		};

		await over(p.file, scripts, async (page, bad, how) => {
			bad.push(...await fits(page));
			if (scripts && how.axe && !p.big) await accessible(page, bad);
			await shot(page, `${p.name}-${how.size.width}-${how.scheme}-${scripts ? "on" : "off"}`);
		});
		if (!scripts || p.big)
			await over(scripts ? p.file : p.bare, true, async (page, bad, how) => {
				if (!how.axe) return;
				if (p.big) await trim(page);
				await accessible(page, bad);
			});
	}
	for (const [way, bad] of wrong)
		say(!bad.length, `${p.name}, ${way}: axe and the console are silent, nothing is asked for, all fits`, bad);
}

// ---- the drawing

// Lines go between boxes, never through one; boxes and names keep to themselves.
async function drawing(browser, p) {
	const wrong = await visit(browser, p.file, { size: WIDE }, async (page, wrong) => {
		wrong.push(...await page.evaluate(() => {
			const out = [], map = document.querySelector(".map > svg");
			const num = (e, name) => Number(e.getAttribute(name));
			const boxes = [...map.querySelectorAll("rect.box")].map(r => ({ x: num(r, "x"), y: num(r, "y"), r: num(r, "x") + num(r, "width"), b: num(r, "y") + num(r, "height") }));
			const meets = (s, b) => s.x < b.r && s.r > b.x && s.y < b.b && s.b > b.y;

			boxes.forEach((a, i) => { if (boxes.some((b, k) => k < i && meets(a, b))) out.push("a box lies on another"); });
			for (const path of map.querySelectorAll("path.edge")) {
				let x = 0, y = 0;

				for (const [, way, n] of path.getAttribute("d").matchAll(/([MHV ])(\d+)/g)) {
					const nx = way === "M" || way === "H" ? +n : x, ny = way === "V" || way === " " ? +n : y;
					const s = { x: Math.min(x, nx), r: Math.max(x, nx), y: Math.min(y, ny), b: Math.max(y, ny) };

					if ((way === "H" || way === "V") && boxes.some(b => meets(s, b))) out.push("a line crosses a box: " + path.textContent);
					x = nx;
					y = ny;
				}
				if (x > num(map, "width") || y > num(map, "height")) out.push("a line leaves the drawing: " + path.textContent);
			}
			if (!boxes.length || !map.querySelector("path.edge")) out.push("nothing is drawn");
			if (boxes.length > 2000) out.push(boxes.length + " boxes");
			return out;
		}));
	});

	say(!wrong.length, `${p.name}: in the drawing no line crosses a box and no box another`, wrong);
}

// ---- by keyboard

const REACH = "a[href], button, input, select, summary, [tabindex='0']";

async function keyboard(browser, p, size) {
	const wrong = await visit(browser, p.file, { size }, async (page, wrong) => {
		const want = await page.evaluate(sel => [...document.querySelectorAll(sel)].filter(e => e.checkVisibility({ contentVisibilityAuto: true })).map((e, i) => (e.dataset.at = i)).length, REACH);
		const seen = new Set();

		for (let i = 0; i < want + 2 && seen.size < want; i++) {
			await page.keyboard.press("Tab");
			const at = await page.evaluate(() => {
				const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();

				return { at: e.dataset.at, tag: e.tagName + " " + e.textContent.slice(0, 30), ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
					inView: b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth };
			});

			if (at.at === undefined) continue;
			seen.add(at.at);
			if (!at.ring) wrong.push("no focus to be seen: " + at.tag);
			if (!at.inView) wrong.push("focused out of view: " + at.tag);
		}
		if (!want || seen.size !== want) wrong.push(`${seen.size} of ${want} reached`);
	});

	say(!wrong.length, `${p.name}, ${size.width} px: Tab reaches all that acts, and its focus is seen`, wrong);
}

// ---- what the script does

async function acts(browser, p) {
	const wrong = await visit(browser, p.file, { size: WIDE }, async (page, wrong, context) => {
		const must = (cond, what) => { if (!cond) wrong.push(what); };
		const list = page.locator(".list[data-what=findings]");
		const all = await list.locator("article").count();
		const first = list.locator("article").first();

		await context.grantPermissions(["clipboard-read", "clipboard-write"]);
		await list.locator("input[type=search]").fill("no such words");
		await page.waitForTimeout(300);
		must(await list.locator("article:visible").count() === 0, "the filter hides nothing");
		must((await list.locator(".tools [role=status]").textContent()).startsWith("0 of " + all), "the filter does not say how many");
		await list.locator("input[type=search]").fill("pfcp-dupl-n4 SMF-1");
		await page.waitForTimeout(300);
		const left = await list.locator("article:visible").count();
		must(left === 1, "the filter finds " + left + " of " + all);
		await list.locator("input[type=search]").fill("");
		await page.waitForTimeout(300);
		must(await list.locator("article:visible").count() === all, "the emptied filter hides something");
		await list.locator("select").first().selectOption("critical");
		must(await list.locator("article:visible").count() === await list.locator("article.crit").count(), "the severity filters something else");
		await list.locator("select").first().selectOption("");

		const details = first.locator("details").first();
		await details.locator("summary").first().focus();
		await page.keyboard.press("Enter");
		must(await details.evaluate(d => d.open), "Enter does not open");
		await details.locator("button", { hasText: "Copy" }).first().click();
		await page.waitForTimeout(100);
		must(await details.locator(".copy button").first().textContent() === "Copied", "the button does not say that it copied");
		must(await page.evaluate(() => navigator.clipboard.readText()) === await details.locator(".copy pre").first().textContent(), "something else was copied");
		await list.getByRole("button", { name: "Open all" }).click();
		must(await list.locator("article details:not([open])").count() === 0, "Open all leaves some closed");
		await list.getByRole("button", { name: "Close all" }).click();
		must(await list.locator("article details[open]").count() === 0, "Close all leaves some open");

		const table = page.locator(".list[data-what=contacts] table").first();
		const column = i => table.locator("tbody tr td:nth-child(" + i + ")").allTextContents();
		await table.locator("th").nth(4).locator("button").click();
		let v = (await column(5)).map(Number);
		must(await table.locator("th").nth(4).getAttribute("aria-sort") === "ascending" && v.every((x, i) => !i || v[i - 1] <= x), "numbers are not sorted");
		await table.locator("th").nth(4).locator("button").click();
		v = (await column(5)).map(Number);
		must(await table.locator("th").nth(4).getAttribute("aria-sort") === "descending" && v.every((x, i) => !i || v[i - 1] >= x), "numbers are not sorted the other way");

		// a link into something closed opens it
		const link = page.locator("article a[href^='#p-']").first();
		const target = (await link.getAttribute("href")).slice(1);
		await link.click();
		await page.waitForTimeout(100);
		must(await page.evaluate(id => { const b = document.getElementById(id).getBoundingClientRect(); return b.height > 0 && b.top < innerHeight && b.bottom > 0; }, target), "a frame's link does not show its packet");

		const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		const was = await paper();
		for (let i = 0; i < 2; i++) await page.getByRole("button", { name: /^Colours/ }).click();
		must(await paper() !== was, "the colours do not change");
	});

	say(!wrong.length, `${p.name}: filter, severity, opening, copying, sorting, links and colours do what they say`, wrong);
}

// ---- without the script, on paper, without motion

const reading = page => page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));

async function plain(browser, p) {
	let on = "", off = "";
	const wrong = await visit(browser, p.file, { size: WIDE, scripts: false }, async (page, wrong) => {
		if (await page.locator("button, input, select").count()) wrong.push("something to press that does nothing");
		for (const s of await page.locator("summary").all()) {
			if (!await s.isVisible()) continue;
			await s.focus();
			await page.keyboard.press("Space");
		}
		await openAll(page);		/* what lies in others */
		off = await reading(page);
		const closed = await page.evaluate(() => [...document.querySelectorAll("main *")].filter(e => e.childElementCount === 0 && e.textContent.trim() && !e.closest("svg") && !e.checkVisibility()).map(e => e.tagName + " " + e.textContent.slice(0, 40)));

		wrong.push(...closed.map(c => "never seen: " + c));
	});

	wrong.push(...await visit(browser, p.file, { size: WIDE }, async page => {
		await openAll(page);
		await page.evaluate(() => { for (const e of document.querySelectorAll("main .tools, main .copy button")) e.remove(); });
		on = await reading(page);
	}));
	if (off.length < 1000 || on !== off) wrong.push(`${off.length} letters without the script, ${on.length} with it`);
	say(!wrong.length, `${p.name}: with scripts off everything opens and reads the same`, wrong);
}

async function paper(browser, p) {
	const wrong = await visit(browser, p.file, { size: { width: 750, height: 1000 }, scheme: "dark", scripts: false }, async (page, wrong) => {
		await page.emulateMedia({ media: "print", colorScheme: "light" });
		const hidden = await page.evaluate(() => [...document.querySelectorAll("main p, main td, main th, main pre, main li, main figcaption")]
			.filter(e => e.textContent.trim() && !e.closest("svg") && !(e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height)).map(e => e.tagName + " " + e.textContent.slice(0, 40)));

		wrong.push(...hidden.map(h => "not printed: " + h));
		if (await page.locator("nav:visible").count()) wrong.push("links between parts are printed");
		if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push("wider than the paper");
		if (job.shots) await page.screenshot({ path: `${job.shots}/${p.name}-print.png`, fullPage: true });
		const pdf = await page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "12mm", right: "12mm" } });

		if (job.shots) writeFileSync(`${job.shots}/${p.name}.pdf`, pdf);
		const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
		if (pdf.subarray(0, 5).toString() !== "%PDF-" || pages < 2) wrong.push("no PDF of some pages: " + pages);
	});

	say(!wrong.length, `${p.name}: printed with scripts off, everything is open and as wide as the paper`, wrong);
}

async function still(browser, p) {
	const wrong = await visit(browser, p.file, { size: WIDE, motion: "reduce" }, async (page, wrong) => {
		const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter(e => {
			const s = getComputedStyle(e);

			return parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0 || s.scrollBehavior === "smooth";
		}).map(e => e.tagName + "." + e.className));

		wrong.push(...moving.map(m => "moves: " + m));
		if (await page.evaluate(() => document.getAnimations().length)) wrong.push("something is in motion");
	});

	say(!wrong.length, `${p.name}: nothing moves for those who asked for that`, wrong);
}

const browser = await chromium.launch({ executablePath: job.chromium, args: ARGS });		// with a data directory of its own
try {
	say(true, "the browser is Chromium " + browser.version().split(".")[0]);
	for (const p of job.pages.filter(p => p.seen)) await looks(browser, p);
	const first = job.pages[0], big = job.pages.find(p => p.big);

	await keyboard(browser, first, WIDE);
	await keyboard(browser, first, NARROW);
	await acts(browser, first);
	for (const p of job.pages.filter(p => p.map)) await drawing(browser, p);
	for (const p of job.pages.filter(p => p.seen && !p.big)) await plain(browser, p);
	await paper(browser, first);
	await paper(browser, job.pages.find(p => p.hostile));
	await still(browser, first);
} finally {
	await browser.close();
}
