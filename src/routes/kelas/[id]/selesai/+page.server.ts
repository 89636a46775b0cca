import { redirect } from '@sveltejs/kit';
import { classById, completeClass, completionRows, mayManage, minimumAttendance, sessionsOf } from '#modules/catalogue/server/index.ts';
import { certificatesOfClass } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, formKeyOf } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const held = await classById(locals.db, params.id);
	const certificates = await certificatesOfClass(locals.db, held.id);
	return {
		formKey: newId(),
		held,
		over: held.drawn_at !== null && dayOf(locals.at) >= held.ends_on,
		manages: mayManage(locals.actor),
		minimumShare: await minimumAttendance(locals.db, locals.at),
		unmarked: (await sessionsOf(locals.db, held.id)).filter((session) => session.marked === 0).length,
		rows: (await completionRows(locals.db, locals.actor, locals.at, held.id)).map((row) => ({
			...row,
			certificateId: mayManage(locals.actor) && row.completionId ? (certificates.get(row.completionId)?.id ?? null) : null
		}))
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const key = formKeyOf(await request.formData(), request);
		const done = await attemptOnce(locals, key, (db) => completeClass(db, locals.actor, locals.at, params.id));
		if ('completed' in done) redirect(303, `/kelas/${params.id}/selesai`);
		return done;
	}
};
