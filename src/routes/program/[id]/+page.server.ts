import { classState } from '#modules/catalogue/index.ts';
import { classesOf, mayManage, pausesOf, programmeVersion, publicationRequirements } from '#modules/catalogue/server/index.ts';
import { competencyById } from '#modules/competency/server/index.ts';
import { jpRule } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals, parent }) => {
	const { programme } = await parent();
	const day = dayOf(locals.at);
	const versionId = programme.published_version_id ?? programme.draft_version_id!;
	const version = await programmeVersion(locals.db, versionId);
	const manages = mayManage(locals.actor);
	return {
		version,
		manages,
		competency: await competencyById(locals.db, programme.competency_id),
		rule: await jpRule(locals.db, version.form_code, day),
		missing:
			manages && programme.draft_version_id
				? (await publicationRequirements(locals.db, programme.draft_version_id))
						.filter((row) => row.fulfilled_at === null)
						.map((row) => row.kind)
				: [],
		pauses: manages ? await pausesOf(locals.db, versionId) : [],
		classes: (await classesOf(locals.db, programme.id)).map((row) => ({ ...row, state: classState(row, locals.at, day) }))
	};
};
