import { hasRole } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import { indexes } from '#modules/service/server/index.ts';

export const load = async ({ locals, url }) => {
	const today = dayOf(locals.at);
	const from = `${today.slice(0, 4)}-01-01`;
	const order = url.searchParams.get('urut') === 'terendah' ? 'lowest' : 'name';
	const rows = await indexes(locals.db, locals.actor, from, today);
	if (order === 'lowest')
		rows.sort((a, b) => (a.result.state === 'shown' ? a.result.index : 999) - (b.result.state === 'shown' ? b.result.index : 999));
	return { from, today, order, rows, mayOpen: hasRole(locals.actor, 'administrator', 'programme_manager', 'training_officer') };
};
