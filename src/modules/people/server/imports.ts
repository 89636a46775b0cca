/** Who may bring in what; the machinery is `platform/imports`. `kinds` are those of all modules, wired at the root. */
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { FileStore } from '#platform/files/files.ts';
import {
	createImport,
	importById,
	importsOf,
	kindOf,
	queueImport,
	requestApply,
	undoImport,
	type Import
} from '#platform/imports/imports.ts';
import type { ImportCounts, ImportKind } from '#platform/imports/kinds.ts';
import { countsOf } from '#platform/imports/rehearse.ts';
import { importRows, type ImportRow, type RowFilter } from '#platform/imports/rows.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { officersImport } from '../imports/officers.ts';
import { unitsImport } from '../imports/units.ts';
import { mayAdminister } from './access.ts';

/** What `people` brings in. */
export const peopleImports: ImportKind[] = [unitsImport, officersImport];

const UPLOAD_LIMIT = 50 * 1024 * 1024;

/** An administrator everything; whoever else the kind's scope admits. */
export const mayImport = (actor: Actor, kind: ImportKind): boolean => kind.scope?.admits(actor) ?? mayAdminister(actor);

/** Keeps the file and queues the rehearsal. @param input.kind `people.units` and the like @throws NotFound for whom the kind is not */
export async function beginImport(
	db: Db,
	files: FileStore,
	kinds: ImportKind[],
	actor: Actor,
	at: Date,
	input: { kind: string; fileName: string; bytes: Uint8Array; effectiveOn?: string }
): Promise<{ id: string }> {
	if (!mayImport(actor, kindOf(kinds, input.kind))) throw new NotFound('import');
	if (input.bytes.length === 0) throw new Refusal('people_refusal_no_file', { field: 'file' });
	if (input.bytes.length > UPLOAD_LIMIT) throw new Refusal('people_refusal_file_too_large', { field: 'file' });
	const made = await createImport(db, files, actor, at, input);
	await queueImport(db, made.id);
	return made;
}

/** An administrator finds every import; anybody else their own, of kinds that they may bring in today. */
export async function importFor(db: Db, kinds: ImportKind[], actor: Actor, id: string): Promise<Import> {
	const found = await importById(db, id);
	const own = found.created_by === actor.accountId && mayImport(actor, kindOf(kinds, found.kind));
	if (!own && !mayAdminister(actor)) throw new NotFound('import');
	return found;
}

/** The name of who asked for the writing; null where it was the command or nobody. */
export async function appliedBy(db: Db, found: Import): Promise<string | null> {
	const { rows } = await sql<{ name: string }>`select name from people.accounts where id = ${found.apply_requested_by}`.execute(db);
	return rows[0]?.name ?? null;
}

export async function importsFor(db: Db, kinds: ImportKind[], actor: Actor, before?: { at: string; id: string }): Promise<Import[]> {
	const mine = kinds.filter((kind) => mayImport(actor, kind)).map(({ kind }) => kind);
	if (mine.length === 0) throw new NotFound('import');
	return importsOf(db, mayAdminister(actor) ? undefined : { createdBy: actor.accountId, kinds: mine }, before);
}

/** Rows of an import that was found, without those about somebody who left the actor's reach since. */
export const importRowsFor = (
	db: Db,
	kinds: ImportKind[],
	actor: Actor,
	found: Import,
	page: { filter: RowFilter; after: number; limit: number }
): Promise<ImportRow[]> => importRows(db, found.id, page.filter, page.after, page.limit, reachOf(kinds, actor, found));

/** How many rows there are of each outcome, among those that the actor finds. */
export async function importCounts(db: Db, kinds: ImportKind[], actor: Actor, found: Import): Promise<Partial<ImportCounts>> {
	const reach = reachOf(kinds, actor, found);
	return reach && found.state !== 'reading' ? countsOf(db, found.id, reach) : found.counts;
}

const reachOf = (kinds: ImportKind[], actor: Actor, found: Import): RawBuilder<unknown> | undefined =>
	mayAdminister(actor) ? undefined : kindOf(kinds, found.kind).scope?.subjects(actor);

export async function applyImportOf(db: Db, kinds: ImportKind[], actor: Actor, at: Date, id: string): Promise<void> {
	await importFor(db, kinds, actor, id);
	if (await requestApply(db, actor, at, id)) await queueImport(db, id);
}

export async function undoImportOf(db: Db, kinds: ImportKind[], actor: Actor, at: Date, id: string): Promise<void> {
	await importFor(db, kinds, actor, id);
	await undoImport(db, kinds, actor, at, id);
}
