import { accessSync, constants, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { systemActor } from '../platform/actor.ts';
import { now } from '../platform/clock.ts';
import { connect, inTransaction } from '../platform/database/connection.ts';
import { localFiles } from '../platform/files/files.ts';
import { createImport, importById, importJob, requestApply, type Import } from '../platform/imports/imports.ts';
import { importRows, type ImportRow } from '../platform/imports/rows.ts';
import { importKinds, importNames } from '../app/import-kinds.ts';
import { actorOfAccount, faultSentence } from '../modules/people/server/index.ts';
import { openDatabase } from './database.ts';

interface ReportedFault {
	row: number | null;
	line: number | null;
	column: string | null;
	code: string;
	outcome: string;
	message: string;
}

/** `siginjai import KIND FILE [--apply] [--json]`: a rehearsal, and with `--apply` the writing. */
export async function run(args: string[]): Promise<number> {
	const [kind, file] = args.filter((arg) => !arg.startsWith('--'));
	if (kind === undefined || !Object.hasOwn(importNames, kind) || !file) {
		console.error(`Pemakaian: siginjai import ${Object.keys(importNames).join('|')} BERKAS [--apply] [--json]`);
		return 2;
	}
	// npm starts us in the project's folder; a relative path is meant from where the person stands
	const path = resolve(process.env.INIT_CWD ?? '.', file);
	try {
		accessSync(path, constants.R_OK);
	} catch {
		console.error(`Berkas ${file} tidak dapat dibaca.`);
		return 2;
	}
	const database = await openDatabase();
	const connection = connect(database.url, 3);
	try {
		const { db } = connection;
		const files = localFiles(join(database.folder, 'files'));
		const { id } = await inTransaction(db, (own) =>
			createImport(own, files, systemActor, now(), { kind: importNames[kind]!, fileName: basename(file), bytes: readFileSync(path) })
		);
		const work = () => importJob(db, files, importKinds, now, actorOfAccount)({ importId: id });
		await work();
		let found = await importById(db, id);
		// another import may come in between: then the rehearsal is repeated, and so is the wish to write
		for (let attempt = 0; args.includes('--apply') && found.state === 'rehearsed' && attempt < 5; attempt++) {
			await inTransaction(db, (own) => requestApply(own, systemActor, now(), id));
			await work();
			found = await importById(db, id);
		}
		const faults: ReportedFault[] = [];
		for (let after = 0; ;) {
			const rows = await importRows(db, id, 'noted', after, 1000);
			if (rows.length === 0) break;
			faults.push(...rows.flatMap((row) => faultsOf(found.kind, row)));
			after = rows.at(-1)!.row;
		}
		if (found.failure)
			faults.push({
				row: null,
				line: null,
				column: null,
				code: found.failure.code,
				outcome: 'refused',
				message: faultSentence(found.kind, { ...found.failure, column: null }, 1, 'id')
			});
		print(found, faults, args.includes('--json'), args.includes('--apply'));
		return found.state === 'failed' ? 1 : 0;
	} finally {
		await connection.close();
		if (!database.adopted) await database.stop();
	}
}

const faultsOf = (kind: string, row: ImportRow): ReportedFault[] =>
	row.faults.map((fault) => ({
		row: row.row,
		line: row.line,
		column: fault.column,
		code: fault.code,
		outcome: fault.outcome,
		message: faultSentence(kind, fault, row.row, 'id')
	}));

function print(found: Import, faults: ReportedFault[], json: boolean, apply: boolean): void {
	const count = (name: keyof Import['counts']) => found.counts[name] ?? 0;
	const { rows, fresh, ...rest } = {
		rows: count('rows'),
		fresh: count('new'),
		changed: count('changed'),
		unchanged: count('unchanged'),
		refused: count('refused'),
		warned: count('warned'),
		skipped: count('skipped'),
		absent: count('absent')
	};
	if (json) {
		console.log(JSON.stringify({ rows, new: fresh, ...rest, applied: found.state === 'applied', faults }, null, 1));
		return;
	}
	for (const fault of faults) console.log(fault.message);
	console.log(
		`${rows} baris: ${fresh} baru, ${rest.changed} berubah, ${rest.unchanged} sama, ${rest.refused} ditolak, ${rest.warned} dengan catatan, ${rest.skipped} dilewati, ${rest.absent} tidak ada lagi di berkas.`
	);
	if (found.state === 'applied' && fresh + rest.changed + rest.absent === 0)
		console.log('Isi berkas ini sudah ada semua: tidak ada yang berubah.');
	else if (found.state === 'applied') console.log('Sudah diterapkan. Dapat dibatalkan selama 30 hari di halaman Impor.');
	else if (!apply && found.state === 'rehearsed')
		console.log('Ini baru gladi. Belum ada yang berubah. Tambahkan --apply untuk menerapkan.');
}
