/** Who may bring in what; the machinery is `platform/imports`. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { FileStore } from '#platform/files/files.ts';
import { createImport, importById, importsOf, queueImport, requestApply, undoImport, type Import } from '#platform/imports/imports.ts';
import type { ImportKind } from '#platform/imports/kinds.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { officersImport } from '../imports/officers.ts';
import { unitsImport } from '../imports/units.ts';
import { mayAdminister } from './access.ts';

/** What `people` brings in; wired at the root with the kinds of other modules. */
export const peopleImports: ImportKind[] = [unitsImport, officersImport];

const UPLOAD_LIMIT = 50 * 1024 * 1024;

/** Keeps the file and queues the rehearsal. @param input.kind `people.units` and the like @throws NotFound for anybody but an administrator */
export async function beginImport(
	db: Db,
	files: FileStore,
	actor: Actor,
	at: Date,
	input: { kind: string; fileName: string; bytes: Uint8Array; effectiveOn?: string }
): Promise<{ id: string }> {
	if (!mayAdminister(actor)) throw new NotFound('import');
	if (input.bytes.length === 0) throw new Refusal('people_refusal_no_file', { field: 'file' });
	if (input.bytes.length > UPLOAD_LIMIT) throw new Refusal('people_refusal_file_too_large', { field: 'file' });
	const made = await createImport(db, files, actor, at, input);
	await queueImport(db, made.id);
	return made;
}

export async function importFor(db: Db, actor: Actor, id: string): Promise<Import> {
	if (!mayAdminister(actor)) throw new NotFound('import');
	return importById(db, id);
}

/** The name of who asked for the writing; null where it was the command or nobody. */
export async function appliedBy(db: Db, found: Import): Promise<string | null> {
	const { rows } = await sql<{ name: string }>`select name from people.accounts where id = ${found.apply_requested_by}`.execute(db);
	return rows[0]?.name ?? null;
}

export async function importsFor(db: Db, actor: Actor, before?: { at: string; id: string }): Promise<Import[]> {
	if (!mayAdminister(actor)) throw new NotFound('import');
	return importsOf(db, '', before);
}

export async function applyImportOf(db: Db, actor: Actor, at: Date, id: string): Promise<void> {
	await importFor(db, actor, id);
	if (await requestApply(db, actor, at, id)) await queueImport(db, id);
}

/** @param kinds of all modules; wired at the root */
export async function undoImportOf(db: Db, kinds: ImportKind[], actor: Actor, at: Date, id: string): Promise<void> {
	await importFor(db, actor, id);
	await undoImport(db, kinds, actor, at, id);
}
