// Comforts of the frame, on every page: menus close, the command bar opens, a form is sent once. Pages ship no other
// script (one does); with script off menus still open, the search is a page and forms are sent.
{
	const closeMenus = (except) => {
		for (const menu of document.querySelectorAll('details.menu[open]')) if (!except?.(menu)) menu.open = false;
	};
	document.addEventListener('click', ({ target }) =>
		closeMenus((menu) => target instanceof Node && menu.contains(target) && !(target instanceof Element && target.closest('a')))
	);
	document.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		const open = document.querySelector('details.menu[open]');
		closeMenus();
		open?.querySelector('summary')?.focus();
	});

	const dialog = document.querySelector('dialog.command');
	if (dialog) {
		const field = dialog.querySelector('input');
		const found = dialog.querySelector('.found');
		let timer;
		const find = async () => {
			const asked = field.value;
			const answer = await fetch(`/cari/hasil?q=${encodeURIComponent(asked)}`).catch(() => undefined);
			const html = answer?.ok && (await answer.text());
			// a slow answer to an older question must not replace a newer one
			if (html && asked === field.value) found.innerHTML = html;
		};
		const open = (event) => {
			event.preventDefault();
			dialog.showModal();
			field.select();
			void find();
		};
		document.querySelector('a.find').addEventListener('click', open);
		document.addEventListener('keydown', (event) => {
			if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') open(event);
		});
		field.addEventListener('input', () => {
			clearTimeout(timer);
			timer = setTimeout(find, 150);
		});
		dialog.addEventListener('click', ({ target }) => {
			if (target === dialog || target.closest('a')) dialog.close();
		});
		dialog.addEventListener('keydown', (event) => {
			// a search field keeps the first Escape for itself
			if (event.key === 'Escape') dialog.close();
			if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
			event.preventDefault();
			const stops = [...dialog.querySelectorAll('input, .item')];
			const at = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
			stops[Math.min(stops.length - 1, Math.max(0, at))]?.focus();
		});
	}

	// on a slow line the button is pressed again: the server does it once all the same, and here it shows
	document.addEventListener('submit', (event) => {
		const form = event.target;
		if (event.defaultPrevented || form.method !== 'post') return;
		if (form.ariaBusy === 'true') event.preventDefault();
		form.ariaBusy = 'true';
		setTimeout(() => (form.ariaBusy = null), 20_000);
	});
	addEventListener('pageshow', () => {
		for (const form of document.querySelectorAll('form[aria-busy]')) form.ariaBusy = null;
	});

	// a long form is kept choice by choice; the page says once it is on disk
	for (const form of document.querySelectorAll('form[data-keep]'))
		form.addEventListener('change', async () => {
			const status = form.querySelector('[data-kept]');
			status.textContent = status.dataset.keeping;
			const answer = await fetch(form.dataset.keep, { method: 'POST', body: new FormData(form) }).catch(() => undefined);
			if (answer?.ok) status.textContent = status.dataset.kept;
			// it ended meanwhile: the page of what has ended says so
			else if (answer?.status === 409) location.reload();
		});

	// the browser speaks its own language in a file field; the house's words take their place
	for (const pick of document.querySelectorAll('.pick')) {
		const [field, button, name] = pick.children;
		button.hidden = name.hidden = false;
		pick.classList.add('named');
		field.addEventListener('change', () => {
			if (field.files.length === 0) return;
			button.lastElementChild.textContent = button.dataset.other;
			name.textContent = [...field.files].map((file) => file.name).join(', ');
			name.classList.remove('muted');
		});
	}

	// the list of what is wrong stands before the fields and cannot know their labels
	for (const link of document.querySelectorAll('form.form > .note a[href^="#"]')) {
		const field = document.getElementById(link.hash.slice(1));
		const label = (field?.closest('fieldset.field')?.querySelector('legend') ?? field?.labels?.[0])?.textContent.trim();
		if (label) link.prepend(`${label}: `);
	}
}
