import { timeHref, timeKeyOf } from '#modules/people/index.ts';
import { correctionRequests, processingRegister } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';

const PAGE = 30;

export const load = async ({ locals, url }) => {
	const answered = url.searchParams.get('tampil') === 'dijawab';
	const before = timeKeyOf(url);
	const rows = await correctionRequests(locals.db, locals.actor, { answered, before, limit: PAGE + 1 });
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	const register = processingRegister();
	const locale = getLocale();
	return {
		answered,
		now: locals.at,
		rows: shown.map((row) => ({ ...row, category: register.get(row.category)?.[`name_${locale}`] ?? row.category })),
		next: answered && rows.length > PAGE && last ? timeHref(url, { id: last.id, at: last.answered_at! }) : null,
		first: before ? '/akun/koreksi?tampil=dijawab' : null
	};
};
