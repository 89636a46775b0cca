/** For tests: brings files of any kind in, as whoever is at the desk. */
import type { World } from '../../tests/world.ts';
import { actorOfAccount, applyImportOf, beginImport, undoImportOf } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { importById, importJob, type Import } from '#platform/imports/imports.ts';
import { importKinds, importNames } from './import-kinds.ts';

/** @param world asked for when it is needed: tests open theirs late */
export function importDesk(world: () => World, at: Date) {
	/** What the job does. */
	const work = async (id: string): Promise<Import> => {
		const { db, files } = world();
		await importJob(db, files, importKinds, () => at, actorOfAccount)({ importId: id });
		return importById(db, id);
	};
	/** @param name as the command line calls the kind */
	const rehearse = async (actor: Actor, name: string, text: string): Promise<Import> => {
		const input = { kind: importNames[name]!, fileName: `${name}.csv`, bytes: Buffer.from(text) };
		const { id } = await world().transaction((db) => beginImport(db, world().files, importKinds, actor, at, input));
		return work(id);
	};
	const apply = async (actor: Actor, id: string): Promise<Import> => {
		await world().transaction((db) => applyImportOf(db, importKinds, actor, at, id));
		return work(id);
	};
	return {
		work,
		rehearse,
		apply,
		bring: async (actor: Actor, name: string, text: string) => apply(actor, (await rehearse(actor, name, text)).id),
		undo: (actor: Actor, id: string) => world().transaction((db) => undoImportOf(db, importKinds, actor, at, id))
	};
}
