import { classById } from '#modules/catalogue/server/index.ts';
import { measurementStatus, type PersonStatus } from '#modules/evaluation/server/index.ts';
import { audit } from '#platform/audit.ts';

const STATES = ['assigned', 'attended', 'measured', 'unmeasured'] as const;

export const load = async ({ locals, params, url }) => {
	const cls = await classById(locals.db, params.id);
	const { moments, persons } = await measurementStatus(locals.db, locals.actor, locals.at, params.id);
	// who read persons' results is on the record
	if (persons.length > 0)
		await locals.transaction((db) => audit(db, locals.actor, locals.at, 'evaluation.results_read', { type: 'class', id: params.id }));
	const arm = (['programme', 'comparison'] as const).find((each) => each === url.searchParams.get('kelompok')) ?? null;
	const state = STATES.find((each) => each === url.searchParams.get('keadaan')) ?? null;
	const level = url.searchParams.get('tingkat') === 'L2' ? 'L2' : 'L3';
	const after = moments.find(({ measurement }) => measurement.level === level && measurement.moment === 'after')?.measurement.id;
	const fits = (person: PersonStatus) => {
		if (arm && person.arm !== arm) return false;
		const measured = after !== undefined && person.answers[after]?.state === 'answered';
		if (state === 'attended') return person.attendedDays > 0;
		return state === 'measured' ? measured : state === 'unmeasured' ? !measured : true;
	};
	return {
		classId: cls.id,
		className: cls.name,
		programmeId: cls.programme_id,
		programmeTitle: cls.programme_title,
		moments,
		total: {
			programme: persons.filter((person) => person.arm === 'programme').length,
			comparison: persons.filter((person) => person.arm === 'comparison').length
		},
		noRater: persons.filter((person) => Object.values(person.answers).some((answer) => answer.state === 'no_rater')).length,
		persons: persons.filter(fits),
		filter: arm || state ? { arm, state, level } : null
	};
};
