import { competencyByCode, officersBehind } from '#modules/competency/server/index.ts';
import { audit } from '#platform/audit.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

const LIMIT = 100;

export const load = async ({ locals, url }) => {
	const { db, actor, at } = locals;
	const competency = await competencyByCode(db, url.searchParams.get('kompetensi') ?? '');
	const unit = url.searchParams.get('unit');
	if (unit !== null && !isId(unit)) throw new NotFound('unit');
	const people = await officersBehind(db, actor, at, competency.id, {
		unitId: unit ?? undefined,
		ownOnly: url.searchParams.has('langsung')
	});
	if (people.length === 0) throw new NotFound('officers');
	await locals.transaction((transaction) =>
		audit(
			transaction,
			actor,
			at,
			'competency.read_gaps',
			{ type: 'unit', id: unit ?? 'all' },
			{ competency: competency.id, people: people.length }
		)
	);
	const shown = url.searchParams.get('tampil') === 'semua' ? people : people.filter((person) => (person.gap ?? 0) > 0);
	const page = Math.max(1, Number(url.searchParams.get('halaman')) || 1);
	return {
		competency,
		unit,
		own: url.searchParams.has('langsung'),
		everybody: url.searchParams.get('tampil') === 'semua',
		counts: {
			people: people.length,
			short: people.filter((person) => (person.gap ?? 0) > 0).length,
			unknown: people.filter((person) => person.gap === null).length
		},
		rows: shown.slice((page - 1) * LIMIT, page * LIMIT),
		page,
		more: shown.length > page * LIMIT
	};
};
