/** An import's life: reading → rehearsed → applying → applied → undone. The rows are in `platform.import_rows`. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { systemActor, type Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { dayOf } from '../clock.ts';
import { inTransaction, type Db } from '../database/connection.ts';
import { storeFile, type FileStore } from '../files/files.ts';
import { isId, newId } from '../ids.ts';
import { enqueue, type JobHandler } from '../jobs.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { ImportCounts, ImportKind } from './kinds.ts';
import { rehearse, type ActorOf } from './rehearse.ts';
import { BEYOND_REACH, keptRows, UNDONE } from './rows.ts';

export type ImportState = 'reading' | 'rehearsed' | 'applying' | 'applied' | 'failed' | 'undone';

export interface Import {
	id: string;
	kind: string;
	file_name: string;
	state: ImportState;
	counts: Partial<ImportCounts>;
	failure: { code: string; params: Record<string, string | number> } | null;
	effective_on: string | null;
	created_by: string | null;
	created_at: Date;
	applied_at: Date | null;
	undone_at: Date | null;
	apply_requested_by: string | null;
	undo_requested_by: string | null;
}

export const UNDO_DAYS = 30;
/** One apply or undo at a time: two that interleave would each be judged against a world that is gone. */
const LOCK = 7_203_118;

/** Keeps the file, to be rehearsed. The caller has checked who may, and queues the job or runs it. */
export async function createImport(
	db: Db,
	files: FileStore,
	actor: Actor,
	at: Date,
	input: { kind: string; fileName: string; bytes: Uint8Array; effectiveOn?: string }
): Promise<{ id: string }> {
	const id = newId();
	const name = input.fileName.replace(/\p{Cc}/gu, '').slice(0, 200) || 'berkas';
	await sql`insert into platform.imports (id, kind, file_name, file_sha256, state, created_by, created_at, effective_on)
		values (${id}, ${input.kind}, ${name}, ${createHash('sha256').update(input.bytes).digest('hex')}, 'reading', ${actor.accountId}, ${at}, ${input.effectiveOn ?? dayOf(at)})`.execute(
		db
	);
	await storeFile(db, files, {
		bytes: input.bytes,
		name,
		mediaType: 'application/octet-stream',
		ownerType: 'import',
		ownerId: id,
		createdBy: actor.accountId,
		at
	});
	await audit(db, actor, at, 'platform.import_begun', { type: 'import', id }, { kind: input.kind, file: name });
	return { id };
}

export const queueImport = (db: Db, importId: string): Promise<void> => enqueue(db, 'import', { importId });

/**
 * Asks for the writing; the job does it. Asking twice is the same.
 * @returns true when there is something to do
 * @throws Refusal to the second of two persons who ask
 */
export async function requestApply(db: Db, actor: Actor, at: Date, importId: string): Promise<boolean> {
	const { rows } = await sql<{
		state: ImportState;
		apply_requested_by: string | null;
	}>`select state, apply_requested_by from platform.imports where id = ${importId} for update`.execute(db);
	if (!rows[0]) throw new NotFound('import');
	const { state, apply_requested_by: by } = rows[0];
	if ((state === 'applying' || state === 'applied') && by !== actor.accountId)
		throw new Refusal(state === 'applied' ? 'import_refusal_applied_already' : 'import_refusal_applying_already');
	if (state === 'applying' || state === 'applied') return false;
	if (state !== 'rehearsed') throw new Refusal('import_refusal_not_rehearsed');
	await sql`update platform.imports set state = 'applying', apply_requested_by = ${actor.accountId} where id = ${importId}`.execute(db);
	await audit(db, actor, at, 'platform.import_applying', { type: 'import', id: importId });
	return true;
}

/** What the job `import` does: whatever the state asks for; nothing when it was done already. */
export function importJob(db: Db, files: FileStore, kinds: ImportKind[], now: () => Date, actorOf: ActorOf): JobHandler {
	return async (data) => {
		const importId = String(data.importId);
		const { rows } = await sql<{ state: ImportState }>`select state from platform.imports where id = ${importId}`.execute(db);
		try {
			if (rows[0]?.state === 'reading') await rehearse(db, files, kinds, importId, now(), actorOf);
			if (rows[0]?.state === 'applying') {
				const applied = await inTransaction(db, (own) => applyImport(own, kinds, importId, now(), actorOf));
				if (!applied) await rehearse(db, files, kinds, importId, now(), actorOf);
			}
		} catch (cause) {
			// rolled back whole: the page says so, the log says why, and nobody waits for a job that will never pass
			await sql`update platform.imports set state = 'failed', failure = '{"code": "import_fault", "params": {}}' where id = ${importId} and state in ('reading', 'applying')`.execute(
				db
			);
			throw cause;
		}
	};
}

/** Queues again what a killed process left unfinished; harmless when another process is at it. */
export async function resumeImports(db: Db): Promise<void> {
	const { rows } = await sql<{ id: string }>`select id from platform.imports where state in ('reading', 'applying') limit 100`.execute(db);
	for (const { id } of rows) await queueImport(db, id);
}

/**
 * Writes the rehearsed rows in the caller's one transaction. A second call waits for the first and finds it done. When
 * another import was applied or undone since the rehearsal, or a row is no longer within the reach of who brought it
 * in, the rehearsal is repeated instead and must be looked at again.
 * @returns true when the rows are in
 */
export async function applyImport(db: Db, kinds: ImportKind[], importId: string, at: Date, actorOf: ActorOf): Promise<boolean> {
	await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
	const { rows } = await sql<{ kind: string; state: ImportState; effective_on: string; created_by: string | null; stale: boolean }>`
		select kind, state, effective_on, created_by, seen_turn < coalesce((select max(turn) from platform.imports), 0) as stale
		from platform.imports where id = ${importId} for update`.execute(db);
	const found = rows[0];
	if (!found) throw new NotFound('import');
	if (found.state === 'applied') return true;
	if (found.state !== 'applying') throw new Refusal('import_refusal_not_rehearsed');
	const kind = kindOf(kinds, found.kind);
	if (found.stale || (await beyondReach(db, kind, await actorOf(db, at, found.created_by), importId)).length > 0) {
		await sql`update platform.imports set state = 'reading', failure = null where id = ${importId}`.execute(db);
		return false;
	}
	const actor: Actor = { ...systemActor, accountId: found.created_by };
	await kind.apply(db, actor, at, importId, found.effective_on);
	await sql`update platform.imports set state = 'applied', applied_at = ${at}, turn = nextval('platform.import_turns') where id = ${importId}`.execute(
		db
	);
	await audit(db, actor, at, 'platform.import_applied', { type: 'import', id: importId });
	return true;
}

export function kindOf(kinds: ImportKind[], name: string): ImportKind {
	const kind = kinds.find((candidate) => candidate.kind === name);
	if (!kind) throw new Error(`Unknown kind of import: ${name}`);
	return kind;
}

/** Rows that stand and are about somebody whom the actor does not reach now: posts and grants change. */
async function beyondReach(db: Db, kind: ImportKind, actor: Actor, importId: string): Promise<number[]> {
	if (!kind.scope) return [];
	const { rows } = await sql<{ row: number }>`select row from platform.import_rows where import_id = ${importId}
		and outcome in ('new', 'changed') and subject_id not in (${kind.scope.subjects(actor)})`.execute(db);
	return rows.map(({ row }) => row);
}

/**
 * What is used since, or beyond the actor's reach by now, is left as it is, and tried again when undo is asked for again.
 * @throws Refusal after thirty days, or where the kind refuses
 */
export async function undoImport(db: Db, kinds: ImportKind[], actor: Actor, at: Date, importId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
	const { rows } = await sql<{
		kind: string;
		state: ImportState;
		applied_at: Date | null;
	}>`select kind, state, applied_at from platform.imports where id = ${importId} for update`.execute(db);
	const found = rows[0];
	if (!found) throw new NotFound('import');
	const again = found.state === 'undone';
	if (again && Object.values(await keptRows(db, importId)).every((rows) => rows === 0)) return;
	if (!again && found.state !== 'applied') throw new Refusal('import_refusal_not_applied');
	if (!mayStillUndo(found.applied_at, at)) throw new Refusal('import_refusal_undo_too_late', { params: { days: UNDO_DAYS } });
	const kind = kindOf(kinds, found.kind);
	if (again)
		await sql`update platform.import_rows set kept_because = case when kept_because is null then ${UNDONE} end
			where import_id = ${importId} and outcome in ('new', 'changed') and kept_because is distinct from ${UNDONE}`.execute(db);
	await sql`update platform.import_rows set kept_because = ${BEYOND_REACH}
		where import_id = ${importId} and kept_because is null and row = any(${await beyondReach(db, kind, actor, importId)})`.execute(db);
	await kind.undo(db, actor, at, importId);
	await sql`update platform.imports set state = 'undone', undone_at = ${at}, undo_requested_by = ${actor.accountId}, turn = nextval('platform.import_turns') where id = ${importId}`.execute(
		db
	);
	await audit(db, actor, at, 'platform.import_undone', { type: 'import', id: importId });
}

export const mayStillUndo = (appliedAt: Date | null, at: Date): boolean =>
	appliedAt !== null && at.getTime() - appliedAt.getTime() <= UNDO_DAYS * 86_400_000;

const COLUMNS = sql.raw(
	`i.id, i.kind, i.file_name, i.state, i.counts, i.failure, i.effective_on, i.created_by, i.created_at, i.applied_at, i.undone_at, i.apply_requested_by, i.undo_requested_by`
);

/** @throws NotFound */
export async function importById(db: Db, id: string): Promise<Import> {
	const { rows } = isId(id) ? await sql<Import>`select ${COLUMNS} from platform.imports i where i.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('import');
	return rows[0];
}

/** The newest first, paged by (created_at, id). @param only somebody's own, of these kinds */
export async function importsOf(
	db: Db,
	only?: { createdBy: string | null; kinds: string[] },
	before?: { at: string; id: string },
	limit = 30
): Promise<Import[]> {
	const { rows } = await sql<Import>`select ${COLUMNS} from platform.imports i
		where ${only ? sql`i.created_by = ${only.createdBy} and i.kind = any(${only.kinds})` : sql`true`}
		${before ? sql`and (i.created_at, i.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
		order by i.created_at desc, i.id desc limit ${limit}`.execute(db);
	return rows;
}
