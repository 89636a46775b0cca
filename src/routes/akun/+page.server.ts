import { accounts } from '#modules/people/server/index.ts';
import { firstHref, keyOf, nextHref } from '#modules/people/index.ts';

const PAGE = 50;

export const load = async ({ locals, url }) => {
	const filter = {
		search: url.searchParams.get('cari') ?? '',
		role: url.searchParams.get('peran') ?? '',
		state: url.searchParams.get('keadaan') ?? ''
	};
	const rows = await accounts(locals.db, locals.actor, locals.at, { ...filter, after: keyOf(url), limit: PAGE + 1 });
	const shown = rows.slice(0, PAGE);
	return {
		filter,
		rows: shown,
		next: rows.length > PAGE ? nextHref(url, shown.at(-1)!) : null,
		first: firstHref(url),
		invited: url.searchParams.get('diundang'),
		onPaper: url.searchParams.get('tanpa')
	};
};
