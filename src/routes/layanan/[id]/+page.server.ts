import { dayOf } from '#platform/clock.ts';
import { isId } from '#platform/ids.ts';
import { indexOf, mayKeep, responses, serviceUnit } from '#modules/service/server/index.ts';

export const load = async ({ locals, params, url }) => {
	const unit = await serviceUnit(locals.db, locals.actor, params.id);
	const today = dayOf(locals.at);
	const asked = url.searchParams.get('tahun') ?? '';
	const year = Number(/^20\d\d$/.test(asked) ? asked : today.slice(0, 4));
	const [from, to] = [`${year}-01-01`, `${year}-12-31`];
	const keeps = mayKeep(locals.actor, unit.unit_path);
	const before = url.searchParams.get('sebelum');
	const limit = 25;
	const rows = keeps ? await responses(locals.db, locals.actor, unit.id, from, to, before && isId(before) ? before : undefined, limit) : [];
	return {
		unit,
		year,
		address: `${url.origin}/skm/${unit.code}`,
		result: await indexOf(locals.db, locals.actor, unit.id, from, to),
		keeps,
		rows,
		next: rows.length === limit ? `?tahun=${year}&sebelum=${rows.at(-1)!.id}` : undefined
	};
};
