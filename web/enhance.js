// The page says everything without this: it filters, sorts, opens and copies what is there, and asks for nothing.
"use strict";
(() => {
	const make = (tag, text, kind) => {
		const e = document.createElement(tag);

		if (text) e.textContent = text;
		if (kind) e.className = kind;
		return e;
	};
	const button = (text, act) => {
		const b = make("button", text);

		b.type = "button";
		b.addEventListener("click", act);
		return b;
	};
	const said = make("p", "", "said");
	const say = text => { said.textContent = text; };

	said.setAttribute("role", "status");
	document.body.append(said);

	// ---- filter: rows of all tables of a list, or its findings
	const items = list => list.querySelectorAll(":scope article, :scope tbody > tr");

	const filter = (list, text, picks) => {
		const words = text.toLowerCase().split(/\s+/).filter(Boolean);
		let shown = 0, all = 0;

		for (const item of items(list)) {
			const has = item.textContent.toLowerCase();
			const ok = words.every(w => has.includes(w)) && picks.every(p => !p.value || item.dataset[p.name] === p.value);

			item.classList.toggle("unmatched", !ok);
			shown += ok;
			all++;
		}
		const rest = list.querySelector(":scope > details.rest");
		if (rest && (words.length || picks.some(p => p.value))) rest.open = true;
		return shown + " of " + all + " " + list.dataset.what;
	};

	const pick = (list, name) => {
		const values = new Set();
		const s = make("select");

		for (const item of items(list))
			if (item.dataset[name]) values.add(item.dataset[name]);
		if (values.size < 2) return null;
		s.name = name;
		s.setAttribute("aria-label", name + " of " + list.dataset.what);
		s.append(new Option("any " + name, ""));
		for (const v of values) s.append(new Option(v, v));
		return s;
	};

	for (const list of document.querySelectorAll(".list")) {
		const n = items(list).length;

		if (n < 4) continue;
		const tools = make("div", "", "tools");
		const input = make("input");
		const count = make("span", n + " " + list.dataset.what, "dim");
		const picks = ["severity", "verdict", "state"].map(name => pick(list, name)).filter(Boolean);
		let wait = 0;
		const run = () => { count.textContent = filter(list, input.value, picks); };

		input.type = "search";
		input.placeholder = "Filter " + list.dataset.what;
		input.setAttribute("aria-label", "Filter " + list.dataset.what);
		input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(run, 150); });
		count.setAttribute("role", "status");
		for (const p of picks) p.addEventListener("change", run);
		tools.append(input, ...picks, count);
		if (list.querySelector("article details"))
			tools.append(button("Open all", () => open(list, true)), button("Close all", () => open(list, false)));
		list.prepend(tools);
	}

	function open(list, on) {
		for (const d of list.querySelectorAll("article details")) d.open = on;
		say(on ? "All opened" : "All closed");
	}

	// ---- sort: a list's tables are one; numbers by value, the rest by text
	const value = (row, i) => row.cells[i] ? row.cells[i].textContent.trim() : "";
	const order = new Intl.Collator("en", { numeric: true });

	const sort = (tables, i, up) => {
		const bodies = tables.map(t => t.tBodies[0]);
		const sizes = bodies.map(b => b.rows.length);
		const rows = bodies.flatMap(b => [...b.rows]);
		const keys = new Map(rows.map(r => [r, value(r, i)]));
		let at = 0;

		rows.sort((a, b) => (up ? 1 : -1) * order.compare(keys.get(a), keys.get(b)));
		bodies.forEach((b, k) => {
			b.replaceChildren(...rows.slice(at, at + sizes[k]));
			at += sizes[k];
		});
	};

	for (const list of document.querySelectorAll(".list")) {
		const tables = [...list.querySelectorAll("table")];

		if (!tables.length || items(list).length < 3) continue;
		for (const table of tables)
			[...table.tHead.rows[0].cells].forEach((th, i) => {
				const b = button(th.textContent, () => {
					const up = th.getAttribute("aria-sort") !== "ascending";

					for (const t of tables)
						for (const h of t.tHead.rows[0].cells) h.removeAttribute("aria-sort");
					for (const t of tables) t.tHead.rows[0].cells[i].setAttribute("aria-sort", up ? "ascending" : "descending");
					sort(tables, i, up);
					say("Sorted by " + b.textContent + (up ? ", rising" : ", falling"));
				});

				th.replaceChildren(b);
			});
	}

	// ---- copy
	const copied = (pre, b) => {
		const done = ok => {
			b.textContent = ok ? "Copied" : "Selected: press the keys that copy";
			say(b.textContent);
			setTimeout(() => { b.textContent = "Copy"; }, 2500);
		};
		const select = () => {
			getSelection().selectAllChildren(pre);
			done(false);
		};

		if (navigator.clipboard) navigator.clipboard.writeText(pre.textContent).then(() => done(true), select);
		else select();
	};

	for (const box of document.querySelectorAll(".copy")) {
		const pre = box.querySelector("pre");
		const b = button("Copy", () => copied(pre, b));

		b.setAttribute("aria-label", "Copy: " + box.querySelector("p").textContent);
		box.append(b);
	}

	// ---- a link into something closed opens it; what is printed is open
	const reveal = () => {
		const id = decodeURIComponent(location.hash.slice(1));
		const target = id && document.getElementById(id);

		if (!target) return;
		if (target.tagName === "DETAILS") target.open = true;
		for (let e = target.parentElement; e; e = e.parentElement)
			if (e.tagName === "DETAILS") e.open = true;
		const inner = target.matches("article") && target.querySelector("details");
		if (inner) inner.open = true;
		target.scrollIntoView();
	};

	addEventListener("hashchange", reveal);
	reveal();
	addEventListener("beforeprint", () => {
		for (const d of document.querySelectorAll("details")) d.open = true;
	});

	// ---- light or dark, else as the system has it
	const themes = ["as the system", "light", "dark"];
	let theme = 0;
	const switcher = button("Colours: as the system", () => {
		theme = (theme + 1) % 3;
		if (theme) document.documentElement.dataset.theme = themes[theme];
		else delete document.documentElement.dataset.theme;
		switcher.textContent = "Colours: " + themes[theme];
	});
	document.querySelector("nav").append(switcher);
})();
