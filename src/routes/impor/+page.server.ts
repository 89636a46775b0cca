import { fail, redirect } from '@sveltejs/kit';
import { uploadForm } from '#modules/people/forms.ts';
import { importKinds, importNamesFor } from '#app/import-kinds.ts';
import { beginImport, importsFor, setUpProgress } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { sentence } from '#platform/sentences.ts';

const PAGE = 20;

/** Each module names its own kinds: `import_kind_people_units`. */
const kindWords = (kind: string, part = ''): string => sentence(`import_kind_${kind.replace('.', '_')}${part}`);

export const load = async ({ locals, url }) => {
	const before = { at: url.searchParams.get('waktu') ?? '', id: url.searchParams.get('sesudah') ?? '' };
	const valid = !Number.isNaN(Date.parse(before.at)) && /^[0-9a-f-]{36}$/i.test(before.id);
	const rows = await importsFor(locals.db, importKinds, locals.actor, valid ? before : undefined);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	const names = importNamesFor(locals.actor);
	const first = 'officers' in names && (await setUpProgress(locals.db)).units > 0 ? 'officers' : Object.keys(names)[0];
	const wanted = url.searchParams.get('isi');
	return {
		formKey: newId(),
		today: dayOf(locals.at),
		kind: wanted !== null && Object.hasOwn(names, wanted) ? wanted : first,
		/** Not the whole installation, but the actor's own subtrees. */
		own: !('units' in names),
		kinds: Object.entries(names).map(([value, kind]) => ({ value, label: kindWords(kind), hint: kindWords(kind, '_hint') })),
		rows: shown.map((row) => ({ ...row, kindName: kindWords(row.kind) })),
		next: rows.length > PAGE && last ? `/impor?sesudah=${last.id}&waktu=${encodeURIComponent(last.created_at.toISOString())}` : null,
		first: valid ? '/impor' : null
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(uploadForm, request);
		if (!form.ok) return form.failure;
		const { kind, file, effective_on } = form.values;
		const names = importNamesFor(locals.actor);
		if (!Object.hasOwn(names, kind))
			return fail(400, { errors: { kind: sentence('platform_choose') } as Record<string, string>, values: {} as Record<string, string> });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) =>
				beginImport(db, locals.runtime.files, importKinds, locals.actor, locals.at, {
					kind: names[kind]!,
					bytes,
					fileName: file.name,
					...(effective_on ? { effectiveOn: effective_on } : {})
				}),
			form.raw
		);
		if ('id' in made) redirect(303, `/impor/${made.id}`);
		return made;
	}
};
