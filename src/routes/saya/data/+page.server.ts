import { redirect } from '@sveltejs/kit';
import { personalData } from '#app/personal-data.ts';
import { correctionForm, correctionReadForm } from '#modules/people/forms.ts';
import { acknowledgeCorrection, dataHeld, ownCorrections, readingsOfMe, requestCorrection } from '#modules/people/server/index.ts';
import { timeKeyOf, timeHref } from '#modules/people/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { sentence } from '#platform/sentences.ts';

const PAGE = 20;

export const load = async ({ locals, url }) => {
	const { db, actor, at } = locals;
	const before = timeKeyOf(url);
	const readings = await readingsOfMe(db, actor, before, PAGE + 1);
	const shown = readings.slice(0, PAGE);
	const last = shown.at(-1);
	return {
		formKey: newId(),
		held: await dataHeld(db, actor, at, personalData, getLocale()),
		isOfficer: actor.officerId !== null,
		readings: shown.map((reading) => ({
			id: reading.id,
			at: reading.at,
			name: reading.name,
			post: reading.post_name,
			what: sentence(`people_reading_${reading.action.replace('.', '_')}`)
		})),
		next: readings.length > PAGE && last ? timeHref(url, { id: last.id, at: last.at }) : null,
		first: before ? '/saya/data' : null,
		corrections: await ownCorrections(db, actor),
		sent: url.searchParams.has('terkirim')
	};
};

export const actions = {
	correct: async ({ locals, request }) => {
		const form = await parseForm(correctionForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(locals, form.formKey, (db) => requestCorrection(db, locals.actor, locals.at, form.values), form.raw);
		if (!('id' in made)) return made;
		redirect(303, '/saya/data?terkirim=1#permintaan');
	},
	read: async ({ locals, request }) => {
		const form = await parseForm(correctionReadForm, request);
		if (!form.ok) return form.failure;
		await locals.transaction((db) => acknowledgeCorrection(db, locals.actor, locals.at, form.values.request));
		redirect(303, '/saya/data#permintaan');
	}
};
