import { redirect } from '@sveltejs/kit';
import { uploadForm } from '#modules/people/forms.ts';
import { beginPeopleImport, peopleImportsOf, setUpProgress } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attempt, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { once } from '#platform/once.ts';

const PAGE = 20;

export const load = async ({ locals, url }) => {
	const before = { at: url.searchParams.get('waktu') ?? '', id: url.searchParams.get('sesudah') ?? '' };
	const valid = !Number.isNaN(Date.parse(before.at)) && /^[0-9a-f-]{36}$/i.test(before.id);
	const rows = await peopleImportsOf(locals.db, locals.actor, valid ? before : undefined);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	const { units } = await setUpProgress(locals.db);
	const wanted = url.searchParams.get('isi');
	return {
		formKey: newId(),
		today: dayOf(locals.at),
		kind: wanted === 'units' || wanted === 'officers' ? wanted : units === 0 ? 'units' : 'officers',
		rows: shown,
		next: rows.length > PAGE && last ? `/impor?sesudah=${last.id}&waktu=${encodeURIComponent(last.created_at.toISOString())}` : null,
		first: valid ? '/impor' : null
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(uploadForm, request);
		if (!form.ok) return form.failure;
		const { kind, file, effective_on } = form.values;
		const bytes = new Uint8Array(await file.arrayBuffer());
		const made = await attempt(
			() =>
				locals.transaction((db) =>
					once(db, form.formKey, locals.at, () =>
						beginPeopleImport(db, locals.runtime.files, locals.actor, locals.at, {
							kind,
							bytes,
							fileName: file.name,
							...(effective_on ? { effectiveOn: effective_on } : {})
						})
					)
				),
			form.raw
		);
		if ('id' in made) redirect(303, `/impor/${made.id}`);
		return made;
	}
};
