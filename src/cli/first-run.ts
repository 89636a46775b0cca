/** What the very first start of a data folder does: the demo, whole or not at all, or an empty installation. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installationIsEmpty } from '../modules/people/server/index.ts';
import { connect } from '../platform/database/connection.ts';
import { kindOfInstallation, recreateEmbedded, type Database } from './database.ts';

/** Stands in the data folder while the demo is loading; found at a start, the last one was cut off. */
const UNFINISHED = 'demo-unfinished';

/**
 * Loads the demo unless `empty` or the database is somebody's own (`DATABASE_URL`), and notes what the folder is. A
 * demo that was cut off is thrown away and loaded anew; a database that no demo of ours began is never thrown away.
 * @throws Error with what to do, when the demo is wanted and the embedded database holds something else
 */
export async function firstRun(database: Database, empty: boolean): Promise<void> {
	const kind = kindOfInstallation(database.folder);
	const unfinished = join(database.folder, UNFINISHED);
	if (kind) return rmSync(unfinished, { force: true });
	const demo = !empty && !process.env.DATABASE_URL && existsSync('demo/load.ts');
	if (demo) {
		if (existsSync(unfinished)) {
			console.error('Pemuatan provinsi contoh yang lalu terputus: basis datanya dibuat ulang.');
			await recreateEmbedded(database);
		} else if (!(await isEmpty(database.url)))
			throw new Error(
				`Folder data ${database.folder} sudah berisi basis data, tetapi installation.json tidak ada. Supaya tidak ada yang hilang, provinsi contoh tidak dimuat ke dalamnya. Pakai isinya dengan "npm start -- --empty", atau pilih folder lain dengan SIGINJAI_DATA.`
			);
		writeFileSync(unfinished, new Date().toISOString(), { flush: true });
		await loadDemo(database);
	}
	const file = join(database.folder, 'installation.json');
	writeFileSync(`${file}.new`, JSON.stringify({ kind: demo ? 'demo' : 'empty' }), { flush: true });
	renameSync(`${file}.new`, file);
	rmSync(unfinished, { force: true });
}

async function isEmpty(url: string): Promise<boolean> {
	const connection = connect(url, 1);
	try {
		return await installationIsEmpty(connection.db);
	} finally {
		await connection.close();
	}
}

async function loadDemo(database: Database): Promise<void> {
	console.error('Memuat provinsi contoh …');
	const { loadDemo: load } = (await import(resolve('demo/load.ts'))) as { loadDemo(database: Database): Promise<void> };
	await load(database);
}
