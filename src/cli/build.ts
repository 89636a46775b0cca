import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { run } from './run.ts';

const STAMP = 'build/.source';

/** Builds when a source changed since the last build (names, sizes and times, so a second start takes seconds). */
export async function buildIfNeeded(): Promise<void> {
	const wanted = fingerprint();
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	console.error('Menyusun aplikasi …');
	const code = await run('vite', ['build', '--logLevel', 'error']);
	if (code !== 0) throw new Error('Penyusunan gagal; lihat pesan di atas.');
	writeFileSync(STAMP, wanted);
}

function fingerprint(): string {
	const hash = createHash('sha256');
	const files = globSync(['src/**/*', 'static/**/*', 'project.inlang/*.json', 'vite.config.ts', 'package-lock.json'], {
		exclude: (path) => path.includes('paraglide/') || path.endsWith('paraglide')
	}).sort();
	for (const file of files) {
		const stat = statSync(file);
		if (stat.isFile()) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
	}
	return hash.digest('hex');
}
