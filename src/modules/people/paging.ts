/** Keys of the page before, as they stand in the address: `sesudah` = id, `nama` = name. */
export function keyOf(url: URL): { name: string; id: string } | undefined {
	const id = url.searchParams.get('sesudah');
	const name = url.searchParams.get('nama');
	return id !== null && name !== null && /^[0-9a-f-]{36}$/i.test(id) ? { id, name } : undefined;
}

/** The same list after its last row. */
export function nextHref(url: URL, last: { id: string; name: string }): string {
	const search = new URLSearchParams(url.searchParams);
	search.set('sesudah', last.id);
	search.set('nama', last.name);
	return `${url.pathname}?${search}`;
}

/** The same list from its beginning. */
export function firstHref(url: URL): string | null {
	if (!url.searchParams.has('sesudah')) return null;
	const search = new URLSearchParams(url.searchParams);
	search.delete('sesudah');
	search.delete('nama');
	return search.size > 0 ? `${url.pathname}?${search}` : url.pathname;
}

/** Keys of a list by time: `sesudah` = id, `waktu` = ISO time of the last row of the page before. */
export function timeKeyOf(url: URL): { at: string; id: string } | undefined {
	const id = url.searchParams.get('sesudah') ?? '';
	const at = url.searchParams.get('waktu') ?? '';
	return /^[0-9a-f-]{36}$/i.test(id) && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at)) ? { id, at } : undefined;
}

/** The same list after its last row. */
export function timeHref(url: URL, last: { id: string; at: Date }): string {
	const search = new URLSearchParams(url.searchParams);
	search.set('sesudah', last.id);
	search.set('waktu', last.at.toISOString());
	return `${url.pathname}?${search}`;
}
