// Small comforts of the frame on every page, also on those that ship no script of their own: a menu closes when
// something else is pressed, and Ctrl/⌘ K opens the search. Without script the menus still open and /cari is a link.
{
	const closeMenus = (except) => {
		for (const menu of document.querySelectorAll('details.menu[open]')) if (!except?.(menu)) menu.open = false;
	};
	document.addEventListener('click', ({ target }) =>
		closeMenus((menu) => target instanceof Node && menu.contains(target) && !(target instanceof Element && target.closest('a')))
	);
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			const open = document.querySelector('details.menu[open]');
			closeMenus();
			open?.querySelector('summary')?.focus();
		}
		// where the page has script of its own, the command bar opens there
		const bar = document.querySelector('a.find:not([data-live])');
		if (bar && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
			event.preventDefault();
			bar.click();
		}
	});
}
