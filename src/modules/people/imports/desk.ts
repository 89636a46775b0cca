/** For tests: somebody at a desk who brings files in, and looks at what is known afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { World } from '../../../../tests/world.ts';
import { systemActor } from '#platform/actor.ts';
import { importById, importJob, type Import } from '#platform/imports/imports.ts';
import { importRows, type ImportRow } from '#platform/imports/rows.ts';
import { actorOfAccount } from '../server/actors.ts';
import { applyImportOf, beginImport, peopleImports, undoImportOf } from '../server/imports.ts';
import { staleCards } from '../testing.ts';

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures', name));
const january = new Date('2026-01-31T03:00:00Z');

export class Desk {
	world: World;
	constructor(world: World) {
		this.world = world;
	}
	/** What the job does. */
	run = (id: string, at = january) => importJob(this.world.db, this.world.files, peopleImports, () => at, actorOfAccount)({ importId: id });

	async rehearse(kind: 'units' | 'officers', bytes: Buffer, at = january): Promise<Import> {
		const { id } = await this.world.transaction((db) =>
			beginImport(db, this.world.files, peopleImports, systemActor, at, {
				kind: `people.${kind}`,
				fileName: 'x',
				bytes
			})
		);
		await this.run(id, at);
		return importById(this.world.db, id);
	}
	async apply(id: string, at = january): Promise<Import> {
		await this.world.transaction((db) => applyImportOf(db, peopleImports, systemActor, at, id));
		await this.run(id, at);
		return importById(this.world.db, id);
	}
	async bring(kind: 'units' | 'officers', bytes: Buffer, at = january): Promise<Import> {
		const { id } = await this.rehearse(kind, bytes, at);
		return this.apply(id, at);
	}
	undo = (id: string, at = january) => this.world.transaction((db) => undoImportOf(db, peopleImports, systemActor, at, id));
	rows = (id: string): Promise<ImportRow[]> => importRows(this.world.db, id, undefined, 0, 10_000);

	/** Everything that an import writes, without ids and the traces of which import wrote it. */
	async state(): Promise<unknown> {
		const { rows } = await sql`select jsonb_build_object(
			'officers', (select jsonb_agg(to_jsonb(o) - 'id' - 'imported_by' - 'created_at' - 'updated_at' - 'government_id' order by siasn_id) from people.officers o),
			'numbers', (select jsonb_agg(jsonb_build_array(o.siasn_id, n.number, n.valid_from, n.valid_to) order by o.siasn_id, n.valid_from, n.number) from people.officer_numbers n join people.officers o on o.id = n.officer_id),
			'posts', (select jsonb_agg(jsonb_build_array(o.siasn_id, p.post_name, p.rung, p.valid_from, p.valid_to, u.siasn_id) order by o.siasn_id, p.valid_from, p.post_name) from people.post_assignments p join people.officers o on o.id = p.officer_id join people.units u on u.id = p.unit_id),
			'units', (select jsonb_agg(jsonb_build_array(u.siasn_id, v.name, nlevel(v.path), p.siasn_id, v.valid_from, v.valid_to) order by u.siasn_id, v.valid_from, v.valid_to) from people.unit_versions v join people.units u on u.id = v.unit_id left join people.units p on p.id = v.parent_id)
			) as state`.execute(this.world.db);
		return (rows[0] as { state: unknown }).state;
	}

	/** Every column of every row, but when it was touched last. */
	async dump(): Promise<Record<string, string[]>> {
		const found: Record<string, string[]> = {};
		for (const table of ['officers', 'officer_numbers', 'post_assignments', 'units', 'unit_versions', 'governments', 'cards']) {
			const { rows } = await sql<{
				row: string;
			}>`select (to_jsonb(t) - 'updated_at')::text as row from ${sql.table(`people.${table}`)} t order by t.id`.execute(this.world.db);
			found[table] = rows.map(({ row }) => row);
		}
		return found;
	}

	staleCards = (): Promise<number> => staleCards(this.world.db);
}
