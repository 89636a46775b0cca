/**
 * A province of 80,000 officers as a data folder with the server stopped: units and officers through the import as an
 * administrator brings them in, ratings by set-based SQL. Made once per state of the sources that it depends on, into
 * `.data-test/province-<hash>`, and copied for each run.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { setUp } from '../../src/modules/people/server/index.ts';
import { connect, inTransaction, type Db } from '../../src/platform/database/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import { addUser } from '../../src/platform/session/credentials.ts';
import { fastServerOn } from '../demo-folder.ts';
import { newDataFolder } from '../server.ts';
import { writeCsv } from './files.ts';
import { exportedOfficers } from './officers.ts';
import { exportedUnits, unitRows } from './units.ts';

export const OFFICERS = 80_000;
export const UNITS = 600;
export const ADMINISTRATOR = { name: 'Siti Administrator', email: 'siti@jambi.example', password: 'kata sandi yang panjang' };

export const SUPERIOR = { name: 'Atasan', email: 'atasan@jambi.example', password: ADMINISTRATOR.password };

const SOURCES = [
	'tests/scale/*.ts',
	'migrations/*.sql',
	'reference/**/*.json',
	'src/modules/people/imports/*.ts',
	'src/platform/imports/*.ts'
];

/** A copy of the province, the caller's to throw away. */
export function copyOfProvince(): string {
	const prepared = preparedProvince();
	const folder = newDataFolder();
	execFileSync('cp', ['-a', `${prepared}/.`, folder]);
	return folder;
}

function preparedProvince(): string {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES)
		.filter((path) => !path.endsWith('.test.ts'))
		.sort())
		hash.update(file).update(readFileSync(file));
	const folder = `.data-test/province-${hash.digest('hex').slice(0, 16)}`;
	if (existsSync(folder)) return folder;
	mkdirSync('.data-test', { recursive: true });
	for (const name of readdirSync('.data-test')) if (name.startsWith('province-')) rmSync(join('.data-test', name), { recursive: true });
	const loading = newDataFolder();
	execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename], {
		env: { ...process.env, SIGINJAI_DATA: loading, SIGINJAI_LOG: 'warn' },
		stdio: ['ignore', 'inherit', 'inherit']
	});
	mkdirSync(`${folder}.new`);
	execFileSync('cp', ['-a', `${loading}/.`, `${folder}.new`]);
	renameSync(`${folder}.new`, folder);
	rmSync(loading, { recursive: true });
	return folder;
}

async function fill(folder: string): Promise<void> {
	const server = await fastServerOn(folder);
	const files = newDataFolder();
	const units = exportedUnits(UNITS);
	await writeCsv(join(files, 'unor.csv'), unitRows(units));
	await writeCsv(join(files, 'asn.csv'), exportedOfficers(OFFICERS, units));
	for (const [kind, name] of [
		['units', 'unor.csv'],
		['officers', 'asn.csv']
	] as const)
		execFileSync(process.execPath, ['src/cli/tasks.ts', 'siginjai', 'import', kind, join(files, name), '--apply'], {
			env: { ...process.env, INIT_CWD: '/' },
			stdio: ['ignore', 'ignore', 'inherit']
		});
	const connection = connect(server.url(), 1);
	await inTransaction(connection.db, (db) => people(db));
	await inTransaction(connection.db, superiors);
	await inTransaction(connection.db, rate);
	await inTransaction(connection.db, age);
	// as the database itself does in an installation that runs
	await sql`vacuum analyze`.execute(connection.db);
	await connection.close();
	writeFileSync(join(folder, 'installation.json'), JSON.stringify({ kind: 'empty' }));
	rmSync(files, { recursive: true });
	await server.stop();
}

/** An administrator who is also the leadership of the whole. */
async function people(db: Db): Promise<void> {
	const at = new Date();
	const input = { ...ADMINISTRATOR, repeat: ADMINISTRATOR.password, government: '15', other_name: '', other_kind: 'provinsi' } as const;
	const { accountId } = await setUp(db, at, input);
	await sql`insert into people.role_grants (id, account_id, role, unit_id, granted_at, valid_from)
		select ${newId()}, ${accountId}, 'leadership', id, ${at}, ${at} from people.current_units where parent_id is null`.execute(db);
}

/**
 * Each unit outside the largest office has a superior, one of its own officers; one of them, over a unit with none below, can
 * sign in. In the largest office nobody leads anybody yet.
 */
async function superiors(db: Db): Promise<void> {
	const at = new Date();
	await sql`
		with heads as (
			select distinct on (c.unit_id) c.id, c.unit_id, c.display_name from people.officer_cards c
			where c.active and c.opd_id is distinct from (select opd_id from people.officer_cards where active group by opd_id order by count(*) desc limit 1)
			order by c.unit_id, c.id),
		made as (
			insert into people.accounts (id, officer_id, name, email, created_at)
			select gen_random_uuid(), id, display_name, gen_random_uuid() || '@akun.invalid', ${at} from heads returning id, officer_id)
		insert into people.role_grants (id, account_id, role, unit_id, granted_at, valid_from)
		select gen_random_uuid(), made.id, 'superior', heads.unit_id, ${at}, ${at} from made join heads on heads.id = made.officer_id`.execute(db);
	const userId = await addUser(db, at, SUPERIOR);
	await sql`update people.accounts set auth_user_id = ${userId}, email = ${SUPERIOR.email} where id = (
		select g.account_id from people.role_grants g join people.officer_cards c on c.unit_id = g.unit_id and c.active
		where g.role = 'superior' and not exists (select 1 from people.unit_versions v where v.parent_id = g.unit_id and v.valid_to is null)
		group by g.account_id having count(*) >= 20 order by count(*), 1 limit 1)`.execute(db);
}

/**
 * Two of three pairs of officer and competency have a rating of the superior, one in nine an older one of an assessment
 * centre besides, one in thirty one that ended; which, tells a hash of the national id.
 */
async function rate(db: Db): Promise<void> {
	const rating = (source: string, share: string, days: number, ends: number | null) => sql`
		insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at, valid_until)
		select gen_random_uuid(), o.id, c.id, 1 + abs(h.lot / 7) % 5, ${source}, now() - make_interval(days => ${days}), ${ends === null ? null : sql`current_date + ${ends}::int`}
		from people.officers o cross join competency.competencies c cross join lateral (select hashtext(o.siasn_id || c.code || ${source}) as lot) h
		where c.category in ('manajerial', 'sosial_kultural') and ${sql.raw(share)}`;
	await rating('superior', 'h.lot % 3 <> 0', 90, 640).execute(db);
	await rating('assessment_centre', 'h.lot % 9 = 0', 400, 695).execute(db);
	await rating('test', 'h.lot % 30 = 0', 500, -10).execute(db);
}

/** As if the registers had been brought in two years ago. */
async function age(db: Db): Promise<void> {
	for (const table of ['people.unit_versions', 'people.post_assignments'])
		await sql`update ${sql.table(table)} set valid_from = least(valid_from, current_date - 730)`.execute(db);
}

if (import.meta.main) {
	await fill(process.env.SIGINJAI_DATA!);
	process.exit(0);
}
