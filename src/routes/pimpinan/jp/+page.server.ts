import { isId } from '#platform/ids.ts';
import { jpRows, jpSummary } from '#modules/credentials/server/index.ts';

const LIMIT = 50;

export const load = async ({ locals, url }) => {
	const [jp, id] = (url.searchParams.get('sesudah') ?? '').split('_');
	const after = id && isId(id) && Number.isFinite(Number(jp)) ? { jp: Number(jp), id } : undefined;
	const rows = await jpRows(locals.db, locals.actor, locals.at, after, LIMIT);
	const last = rows.at(-1);
	return {
		summary: await jpSummary(locals.db, locals.actor, locals.at),
		rows,
		first: after === undefined,
		next: rows.length === LIMIT && last ? `?sesudah=${last.jp}_${last.officer_id}` : undefined
	};
};
