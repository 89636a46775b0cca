import { redirect } from '@sveltejs/kit';
import { importKinds } from '#app/import-kinds.ts';
import {
	appliedBy,
	applyImportOf,
	faultWords,
	importCounts,
	importFor,
	importRowsFor,
	keptWords,
	undoImportOf
} from '#modules/people/server/index.ts';
import { hasRole } from '#platform/actor.ts';
import { kindOf, mayStillUndo, UNDO_DAYS } from '#platform/imports/imports.ts';
import { keptRows, ROW_FILTERS, type RowFilter } from '#platform/imports/rows.ts';
import { attempt } from '#platform/forms.ts';

const PAGE = 50;

export const load = async ({ locals, params, url, setHeaders }) => {
	const found = await importFor(locals.db, importKinds, locals.actor, params.id);
	const busy = found.state === 'reading' || found.state === 'applying';
	// the page renews itself until there is something to decide
	if (busy) setHeaders({ refresh: '2' });
	const wanted = url.searchParams.get('tampil');
	const counts = await importCounts(locals.db, importKinds, locals.actor, found);
	// what needs a person first: refused rows, then changed ones
	const first: RowFilter = counts.refused
		? 'refused'
		: counts.changed
			? 'changed'
			: counts.new
				? 'new'
				: counts.absent
					? 'absent'
					: 'unchanged';
	const filter = ROW_FILTERS.find((name) => name === wanted) ?? first;
	const row = url.searchParams.get('sesudah') ?? '';
	const after = /^\d{1,9}$/.test(row) ? Number(row) : 0;
	const rows =
		busy || found.state === 'failed'
			? []
			: await importRowsFor(locals.db, importKinds, locals.actor, found, { filter, after, limit: PAGE + 1 });
	const shown = rows.slice(0, PAGE);
	const { about } = kindOf(importKinds, found.kind);
	const kept = found.state === 'undone' ? await keptRows(locals.db, params.id) : { used: 0, beyond: 0 };
	return {
		found: {
			id: found.id,
			kind: found.kind,
			file_name: found.file_name,
			state: found.state,
			counts,
			applied_at: found.applied_at,
			applied_by: found.state === 'applying' || found.state === 'applied' ? await appliedBy(locals.db, found) : null,
			undone_at: found.undone_at
		},
		busy,
		failure: found.failure ? faultWords(found.kind, found.failure) : null,
		until:
			found.applied_at && mayStillUndo(found.applied_at, locals.at) ? new Date(found.applied_at.getTime() + UNDO_DAYS * 86_400_000) : null,
		kept,
		/** Rows that this person may try to undo again: what lies beyond one's reach is for BKD. */
		again: kept.used + (hasRole(locals.actor, 'administrator') ? kept.beyond : 0),
		filter,
		rows: shown.map((row) => ({
			row: row.row,
			outcome: row.outcome,
			label: row.label,
			about: row.data && (about?.(row.data) ?? null),
			faults: row.faults.map((fault) => ({
				outcome: fault.outcome,
				column: fault.column,
				what: faultWords(found.kind, fault)
			})),
			changes: row.changes,
			keptBecause: row.kept_because ? keptWords(row.kept_because) : null
		})),
		next: rows.length > PAGE ? `/impor/${params.id}?tampil=${filter}&sesudah=${shown.at(-1)!.row}` : null,
		first: after > 0 ? `/impor/${params.id}?tampil=${filter}` : null
	};
};

export const actions = {
	apply: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => applyImportOf(db, importKinds, locals.actor, locals.at, params.id)));
		if (refused) return refused;
		redirect(303, `/impor/${params.id}`);
	},
	undo: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => undoImportOf(db, importKinds, locals.actor, locals.at, params.id)));
		if (refused) return refused;
		redirect(303, `/impor/${params.id}`);
	}
};
