import { partOfMembers, teamDisagreements, teamMembers, teamOf } from '#modules/competency/server/index.ts';
import { goalsOfTeam } from '#modules/planning/server/index.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const after = url.searchParams.get('sesudah');
	const { rows, all, ...byName } = await teamOf(db, actor, at, after);
	const [members, goals, disagreements] = await Promise.all([
		teamMembers(db, at, rows),
		goalsOfTeam(db, actor, at),
		teamDisagreements(db, at, rows)
	]);
	const large = rows.length < all;
	const { rows: people, ...byNeed } = partOfMembers(members, large ? null : after);
	return {
		people,
		all,
		/** More people than one person can lead, so many at a time. */
		large,
		part: large ? byName : byNeed,
		/** Over everybody at hand. */
		unrated: members.filter((person) => person.ratedBySuperior === 0).length,
		short: members.filter((person) => person.short > 0).length,
		disagreements,
		waiting: goals
			.filter((goal) => goal.state === 'waiting')
			.map((goal) => ({
				id: goal.id,
				officerName: goal.officerName,
				competency: goal.competency,
				targetLevel: goal.targetLevel,
				setAt: goal.setAt
			}))
	};
};
