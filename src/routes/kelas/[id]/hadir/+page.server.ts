import { redirect } from '@sveltejs/kit';
import { attendanceForm } from '#modules/catalogue/index.ts';
import { attendanceSheet, classById, markAttendance, sessionsOf } from '#modules/catalogue/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params, url }) => {
	const held = await classById(locals.db, params.id);
	const today = dayOf(locals.at);
	const sessions = await sessionsOf(locals.db, held.id);
	const wanted = url.searchParams.get('hari');
	const come = sessions.filter((session) => session.day <= today);
	// today's sheet, else the first one nobody marked, else the last day
	const session =
		sessions.find((each) => each.day === wanted) ??
		come.find((each) => each.day === today) ??
		come.find((each) => each.marked === 0) ??
		come.at(-1) ??
		sessions[0] ??
		null;
	return {
		formKey: newId(),
		held,
		today,
		sessions,
		session,
		saved: url.searchParams.has('tersimpan'),
		sheet: session && held.drawn_at ? await attendanceSheet(locals.db, locals.actor, held.id, session.id) : []
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(attendanceForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => markAttendance(db, locals.actor, locals.at, params.id, form.values),
			form.raw
		);
		if (!('marks' in done)) return done;
		const day = (await sessionsOf(locals.db, params.id)).find((session) => session.id === form.values.sessionId)!.day;
		redirect(303, `/kelas/${params.id}/hadir?hari=${day}&tersimpan`);
	}
};
