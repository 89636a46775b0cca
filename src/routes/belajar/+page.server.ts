import { ownCourses } from '#modules/learning/server/index.ts';
import { openClasses } from '#modules/catalogue/server/index.ts';

export const load = async ({ locals }) => ({
	courses: await ownCourses(locals.db, locals.actor),
	open: await openClasses(locals.db, locals.at)
});
