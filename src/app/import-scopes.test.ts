/** An OPD's training officer brings in facts of the own officers and service units; of others nothing is learnt. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../../tests/world.ts';
import { actorOfAccount, applyImportOf, importCounts, importFor, importRowsFor, importsFor } from '#modules/people/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import type { Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { importById } from '#platform/imports/imports.ts';
import { importRows, keptRows, type ImportRow, type RowFilter } from '#platform/imports/rows.ts';
import { NotFound } from '#platform/refusal.ts';
import { importDesk } from './import-desk.ts';
import { importKinds, importNames, importNamesFor } from './import-kinds.ts';

const at = new Date('2026-03-02T03:00:00Z');
const OWN_KINDS = ['riwayat-kursus', 'riwayat-diklat', 'predikat-kinerja', 'skm'];
let world: World;
let province: SmallProvince;

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
});
afterAll(() => world.close());

const { work, rehearse, apply, bring, undo } = importDesk(() => world, at);
const rowsOf = (id: string): Promise<ImportRow[]> => importRows(world.db, id, undefined, 0, 100);
const found = (actor: Actor, id: string) => importFor(world.db, importKinds, actor, id);
const seenBy = async (actor: Actor, id: string) => {
	const one = await found(actor, id);
	const page = (filter: RowFilter) => importRowsFor(world.db, importKinds, actor, one, { filter, after: 0, limit: 100 });
	const rows = await Promise.all((['new', 'changed', 'unchanged', 'refused', 'kept'] as const).map(page));
	return { rows: rows.flat(), counts: await importCounts(world.db, importKinds, actor, one) };
};
/** What a row says, without its place and the ids that were sent. */
const told = ({ outcome, faults, changes, label, key }: ImportRow, sent: string): string =>
	JSON.stringify({ outcome, faults, changes, label, key })
		.replaceAll(sent, '…')
		.replace(/\ba[23]\b/g, 'a');

interface Kind {
	name: string;
	table: string;
	heading: string;
	/** A row about the subject; `record` is the id of the record, `value` something that may change. */
	row(subject: string, record: string, value: number): string;
	/** Column of the table that `value` goes to. */
	value: string;
	/** Ids of the national system: two of the own OPD and one outside. */
	subjects(): Promise<{ own: string; moving: string; outside: string }>;
	/** Takes `moving` to another OPD, and back. */
	move(away: boolean): Promise<void>;
}

async function sourceOf(table: string, id: string | undefined): Promise<string> {
	const { rows } = await sql<{ siasn_id: string }>`select siasn_id from ${sql.table(table)} where id = ${id}`.execute(world.db);
	return rows[0]!.siasn_id;
}
const subjects = (table: string, ids: () => Record<string, string>, own: string, moving: string, outside: string) => async () => ({
	own: await sourceOf(table, ids()[own]),
	moving: await sourceOf(table, ids()[moving]),
	outside: await sourceOf(table, ids()[outside])
});
const officers = {
	subjects: subjects('people.officers', () => province.officers, 'KARTIKA SARI', 'JOKO SUSILO', 'RIZAL FAUZI'),
	async move(away: boolean) {
		const unit = province.units[away ? 'Bidang Administrasi Kependudukan' : 'Instalasi Rawat Jalan'];
		const joko = province.officers['JOKO SUSILO'];
		await sql`update people.post_assignments set unit_id = ${unit} where officer_id = ${joko}`.execute(world.db);
	}
};
const units = {
	subjects: subjects(
		'people.units',
		() => province.units,
		'Loket Pendaftaran',
		'Instalasi Rawat Jalan',
		'Bidang Administrasi Kependudukan'
	),
	async move(away: boolean) {
		const parent = province.units[away ? 'Dinas Kependudukan dan Pencatatan Sipil' : 'RSUD Contoh Siginjai'];
		await sql`update people.unit_versions v set path = p.path || u.label::text from people.unit_versions p, people.units u
			where v.unit_id = ${province.units['Instalasi Rawat Jalan']} and u.id = v.unit_id and p.unit_id = ${parent}`.execute(world.db);
	}
};

const KINDS: Kind[] = [
	{
		name: 'riwayat-kursus',
		table: 'credentials.external_trainings',
		heading: 'id;idPns;namaKursus;jumlahJam;tanggalKursus;tahunKursus;noSertipikat;institusiPenyelenggara',
		row: (subject, record, value) => `${record};${subject};Pelayanan publik;${value};12-05-2025;2025;S/${record};BPSDM`,
		value: 'hours',
		...officers
	},
	{
		name: 'riwayat-diklat',
		table: 'credentials.external_trainings',
		heading: 'id;idPns;latihanStrukturalNama;jumlahJam;tanggal;tahun;nomor;institusiPenyelenggara',
		row: (subject, record, value) => `${record};${subject};Kepemimpinan pengawas;${value};12-05-2024;2024;S/${record};LAN`,
		value: 'hours',
		...officers
	},
	{
		name: 'predikat-kinerja',
		table: 'performance.appraisals',
		heading: 'pns_id;tahun;nilai',
		row: (subject, _record, value) => `${subject};2021;${value}`,
		value: 'score',
		...officers
	},
	{
		name: 'skm',
		table: 'service.skm_responses',
		heading: 'unor_id;layanan;tanggal;responden;U1;U2;U3;U4;U5;U6;U7;U8;U9',
		row: (subject, record, value) => `${subject};Pendaftaran;03-02-2025;${record};${(value % 4) + 1};3;3;3;3;3;3;3;3`,
		value: 'u1',
		...units
	}
];

describe.each(KINDS)('$name', (kind) => {
	let maya: Actor;
	let bkd: Actor;
	let own: string, moving: string, outside: string;
	const sheet = (...rows: string[]) => [kind.heading, ...rows].join('\n');
	const kept = async (): Promise<number[]> => {
		const { rows } = await sql<{
			value: number;
		}>`select ${sql.ref(kind.value)}::int as value from ${sql.table(kind.table)} order by 1`.execute(world.db);
		return rows.map(({ value }) => value);
	};
	/** Does it while `moving` belongs to another OPD. */
	const away = async (work: () => Promise<void>) => {
		await kind.move(true);
		await work().finally(() => kind.move(false));
	};
	beforeAll(async () => {
		({ trainingOfficer: maya, administrator: bkd } = province);
		({ own, moving, outside } = await kind.subjects());
	});

	test('a row about somebody outside reads like a row about nobody, and only the own come in', async () => {
		const nobody = newId();
		const before = await kept();
		const rows = [kind.row(own, 'a1', 10), kind.row(outside, 'a2', 10), kind.row(nobody, 'a3', 10)];
		const { id, counts } = await rehearse(maya, kind.name, sheet(...rows));
		expect(counts).toMatchObject({ rows: 3, new: 1, changed: 0, unchanged: 0, refused: 2 });
		const [mine, other, unknown] = await rowsOf(id);
		expect(mine!.outcome).toBe('new');
		expect(unknown!.faults.map(({ code }) => code)).toEqual([kind.name === 'skm' ? 'unit_unknown' : 'person_unknown']);
		expect(told(other!, outside)).toBe(told(unknown!, nobody));
		await apply(maya, id);
		expect(await kept()).toHaveLength(before.length + 1);
		await undo(maya, id);
		expect(await kept()).toEqual(before);
	});

	test('what others hold by the same record id is neither shown nor touched', async () => {
		const theirs = await bring(bkd, kind.name, sheet(kind.row(outside, 'b1', 41)));
		expect(theirs.counts).toMatchObject({ new: 1, refused: 0 });
		const before = await kept();
		const { id, counts } = await rehearse(maya, kind.name, sheet(kind.row(own, 'b1', 42), kind.row(outside, 'b1', 43)));
		expect(counts).toMatchObject({ rows: 2, new: 1, changed: 0, unchanged: 0, refused: 1 });
		// ids, which come by chance, hold such digits too
		expect(JSON.stringify(await rowsOf(id)).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')).not.toContain('41');
		await apply(maya, id);
		const stored = kind.name === 'skm' ? 3 : 42;
		expect(await kept()).toEqual([...before, stored].sort((a, b) => a - b));
		// and the administrator, who sees both, finds both again
		const again = await rehearse(bkd, kind.name, sheet(kind.row(own, 'b1', 42), kind.row(outside, 'b1', 41)));
		expect(again.counts).toMatchObject({ unchanged: 2, new: 0, changed: 0 });
		await undo(maya, id);
		await undo(bkd, theirs.id);
	});

	test('somebody who left between rehearsal and applying is looked at again, and reads like nobody', async () => {
		const { id } = await rehearse(maya, kind.name, sheet(kind.row(own, 'c1', 10), kind.row(moving, 'c2', 10)));
		const before = await kept();
		await away(async () => {
			const again = await apply(maya, id);
			expect(again.state).toBe('rehearsed');
			expect(again.counts).toMatchObject({ rows: 2, new: 1, refused: 1 });
			expect(await kept()).toEqual(before);
			expect((await apply(maya, id)).state).toBe('applied');
			expect(await kept()).toHaveLength(before.length + 1);
			await undo(maya, id);
		});
	});

	test('undo leaves alone who left since; the import no longer shows them, and BKD still does', async () => {
		const before = await kept();
		const { id } = await bring(maya, kind.name, sheet(kind.row(own, 'd1', 10), kind.row(moving, 'd2', 10)));
		expect(await kept()).toHaveLength(before.length + 2);
		await away(async () => {
			const shown = await seenBy(maya, id);
			expect(shown.counts).toMatchObject({ rows: 1, new: 1 });
			expect(shown.rows).toHaveLength(1);
			await undo(maya, id);
			expect(await kept()).toHaveLength(before.length + 1);
			expect(await keptRows(world.db, id)).toEqual({ used: 0, beyond: 1 });
			expect((await seenBy(maya, id)).rows.map((row) => row.kept_because)).toEqual([null]);
			expect((await seenBy(bkd, id)).rows.filter((row) => row.kept_because === 'beyond_reach')).toHaveLength(2); // as new and as kept
		});
	});

	test('a changed row is undone to what it was, for the own only', async () => {
		await bring(bkd, kind.name, sheet(kind.row(own, 'e1', 4), kind.row(moving, 'e2', 4)));
		const { id, counts } = await bring(maya, kind.name, sheet(kind.row(own, 'e1', 6), kind.row(moving, 'e2', 7)));
		expect(counts).toMatchObject({ changed: 2, new: 0 });
		const changed = await kept();
		await away(() => undo(maya, id));
		const [was, became] = kind.name === 'skm' ? [1, 3] : [4, 6];
		expect(await kept()).toEqual(changed.with(changed.indexOf(became), was).sort((a, b) => a - b));
	});
});

describe('who finds which import', () => {
	const courses = 'id;idPns;namaKursus;jumlahJam;tanggalKursus';

	test('a training officer brings in four kinds; the rest reads as not found', async () => {
		expect(Object.keys(importNamesFor(province.trainingOfficer))).toEqual(OWN_KINDS);
		expect(Object.keys(importNamesFor(province.administrator))).toEqual(Object.keys(importNames));
		for (const who of [province.manager, province.superior, province.leader, province.trainer, province.learner, province.partner])
			expect(importNamesFor(who)).toEqual({});
		for (const name of Object.keys(importNames).filter((one) => !OWN_KINDS.includes(one)))
			await expect(rehearse(province.trainingOfficer, name, courses), name).rejects.toBeInstanceOf(NotFound);
		for (const name of OWN_KINDS) await expect(rehearse(province.superior, name, courses), name).rejects.toBeInstanceOf(NotFound);
	});

	test('everybody their own, BKD all; who lost the role, or has another OPD now, finds nothing of it', async () => {
		const kartika = await sourceOf('people.officers', province.officers['KARTIKA SARI']);
		const mine = await rehearse(province.trainingOfficer, 'riwayat-kursus', `${courses}\nf1;${kartika};Arsip;6;05-05-2025`);
		const theirs = await rehearse(province.administrator, 'riwayat-kursus', `${courses}\nf2;${newId()};Arsip;6;05-05-2025`);
		const listed = async (actor: Actor) => (await importsFor(world.db, importKinds, actor)).map(({ id }) => id);
		expect(await listed(province.trainingOfficer)).toContain(mine.id);
		expect(await listed(province.trainingOfficer)).not.toContain(theirs.id);
		expect(await listed(province.administrator)).toEqual(expect.arrayContaining([mine.id, theirs.id]));
		for (const act of [
			() => found(province.trainingOfficer, theirs.id),
			() => apply(province.trainingOfficer, theirs.id),
			() => undo(province.trainingOfficer, theirs.id)
		])
			await expect(act()).rejects.toBeInstanceOf(NotFound);

		await expect(found({ ...province.trainingOfficer, accountId: newId() }, mine.id)).rejects.toBeInstanceOf(NotFound);

		// the grant ends while the import waits to be written: it is read again, and nothing stands
		await world.transaction((db) => applyImportOf(db, importKinds, province.trainingOfficer, at, mine.id));
		const { accountId } = province.trainingOfficer;
		await sql`update people.role_grants set valid_to = '2026-03-01' where account_id = ${accountId}`.execute(world.db);
		const former = await actorOfAccount(world.db, at, accountId);
		try {
			await work(mine.id);
			expect(await importById(world.db, mine.id)).toMatchObject({ state: 'rehearsed', counts: { new: 0, refused: 1 } });
			await expect(found(former, mine.id)).rejects.toBeInstanceOf(NotFound);
			await expect(listed(former)).rejects.toBeInstanceOf(NotFound);
			await sql`insert into people.role_grants (id, account_id, role, unit_id, granted_at, valid_from)
				values (${newId()}, ${former.accountId}, 'training_officer', ${province.units['Dinas Kependudukan dan Pencatatan Sipil']}, ${at}, '2026-03-02')`.execute(
				world.db
			);
			const elsewhere = await actorOfAccount(world.db, at, former.accountId);
			const applied = (await importsFor(world.db, importKinds, elsewhere)).filter(({ state }) => state === 'undone' || state === 'applied');
			expect(applied.length).toBeGreaterThan(0);
			for (const one of applied)
				expect(
					(await seenBy(elsewhere, one.id)).rows.filter((row) => row.outcome !== 'refused'),
					one.kind
				).toEqual([]);
		} finally {
			await sql`delete from people.role_grants where account_id = ${former.accountId} and valid_from = '2026-03-02'`.execute(world.db);
			await sql`update people.role_grants set valid_to = null where account_id = ${former.accountId}`.execute(world.db);
		}
	});
});
