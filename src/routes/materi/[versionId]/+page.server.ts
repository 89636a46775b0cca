import { programme, programmeVersion } from '#modules/catalogue/server/index.ts';
import { courseOf } from '#modules/learning/server/index.ts';

export const load = async ({ locals, params }) => {
	const version = await programmeVersion(locals.db, params.versionId);
	return {
		version,
		programme: await programme(locals.db, version.programme_id),
		lessons: (await courseOf(locals.db, version.id))?.lessons ?? []
	};
};
