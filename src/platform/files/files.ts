import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';

/** Content by SHA-256 in a folder; the row with its owner is in the database and decides who may read. */
export interface FileStore {
	put(bytes: Uint8Array): Promise<string>;
	get(sha256: string): Promise<Buffer>;
}

export function localFiles(folder: string): FileStore {
	const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
	return {
		async put(bytes) {
			const sha256 = createHash('sha256').update(bytes).digest('hex');
			const path = pathOf(sha256);
			await mkdir(dirname(path), { recursive: true });
			// written beside and renamed: a crash leaves no half file under a content name
			const draft = `${path}.${newId()}`;
			await writeFile(draft, bytes, { flush: true });
			await rename(draft, path);
			return sha256;
		},
		get: (sha256) => readFile(pathOf(sha256))
	};
}

export interface StoredFile {
	id: string;
	sha256: string;
	name: string;
	media_type: string;
	bytes: number;
	owner_type: string;
	owner_id: string;
}

export async function storeFile(
	db: Db,
	store: FileStore,
	file: { bytes: Uint8Array; name: string; mediaType: string; ownerType: string; ownerId: string; createdBy: string | null; at: Date }
): Promise<string> {
	const sha256 = await store.put(file.bytes);
	const id = newId();
	await sql`insert into platform.files (id, sha256, name, media_type, bytes, owner_type, owner_id, created_by, created_at)
		values (${id}, ${sha256}, ${file.name}, ${file.mediaType}, ${file.bytes.length}, ${file.ownerType}, ${file.ownerId}, ${file.createdBy}, ${file.at})`.execute(
		db
	);
	return id;
}
