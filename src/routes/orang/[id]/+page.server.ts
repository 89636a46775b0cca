import { matchOf, newestAssessment, readProfile } from '#modules/competency/server/index.ts';
import { trainingHistory } from '#modules/credentials/server/index.ts';
import { officerPage } from '#modules/people/server/index.ts';
import { appraisalsOf } from '#modules/performance/server/index.ts';
import { hasRole } from '#platform/actor.ts';
import { NotFound } from '#platform/refusal.ts';

/** Leadership opens the page without what is about the person's work; the domain decides, the page leaves it out. */
const allowed = <T>(work: Promise<T>): Promise<T | null> =>
	work.catch((cause: unknown) => {
		if (cause instanceof NotFound) return null;
		throw cause;
	});

export const load = async ({ locals, params }) => {
	const { db, actor, at } = locals;
	const officer = await officerPage(db, actor, at, params.id);
	const history = await allowed(trainingHistory(db, actor, params.id));
	const profile = await allowed(readProfile(db, actor, at, params.id));
	return {
		officer,
		match: profile && (await matchOf(db, at, profile.rows)),
		history,
		appraisals: await allowed(appraisalsOf(db, actor, params.id)),
		assessment: history === null ? null : ((await newestAssessment(db, at, params.id)) ?? null),
		// one's own stands on its own page, with what can be done there
		competence: actor.officerId === params.id ? null : profile,
		now: at,
		mayList: hasRole(actor, 'administrator', 'programme_manager', 'training_officer', 'superior', 'leadership'),
		self: actor.officerId === params.id
	};
};
