import { personalData } from '#app/personal-data.ts';
import { exportOfMe } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';

/** Everything held about the one who asks, as one file. */
export const GET = async ({ locals }) => {
	const { actor, at, runtime } = locals;
	const everything = await locals.transaction((db) => exportOfMe(db, actor, at, personalData, runtime.demo));
	return new Response(JSON.stringify(everything, null, 1), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="data-saya-${dayOf(at)}.json"`
		}
	});
};
