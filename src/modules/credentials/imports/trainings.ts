/** Training history of the national system: courses (`rw-kursus`) and structural training (`rw-diklat`). */
import { readFileSync } from 'node:fs';
import { officersFor } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import type { ImportColumn, ImportKind } from '#platform/imports/kinds.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { sameness } from '../rules.ts';

type Kind = 'course' | 'structural';

const COMMON: ImportColumn[] = [
	{ name: 'id', required: true },
	{ name: 'idPns', required: true },
	{ name: 'institusiPenyelenggara' },
	{ name: 'jumlahJam', required: true }
];

/** Names of the file by what they mean; the two answers spell them apart. */
const FILES = {
	course: {
		kind: 'credentials.courses',
		columns: [
			...COMMON,
			{ name: 'namaKursus', required: true },
			{ name: 'jenisDiklatId' },
			{ name: 'noSertipikat' },
			{ name: 'tahunKursus' },
			{ name: 'tanggalKursus', required: true },
			{ name: 'tanggalSelesaiKursus' }
		],
		name: 'namaKursus',
		type: 'jenisDiklatId',
		typeList: 'jenisDiklat',
		number: 'noSertipikat',
		year: 'tahunKursus',
		starts: 'tanggalKursus',
		ends: 'tanggalSelesaiKursus'
	},
	structural: {
		kind: 'credentials.structural_trainings',
		columns: [
			...COMMON,
			{ name: 'latihanStrukturalNama', required: true },
			{ name: 'latihanStrukturalId' },
			{ name: 'nomor' },
			{ name: 'tahun' },
			{ name: 'tanggal', required: true },
			{ name: 'tanggalSelesai' }
		],
		name: 'latihanStrukturalNama',
		type: 'latihanStrukturalId',
		typeList: 'latihanStruktural',
		number: 'nomor',
		year: 'tahun',
		starts: 'tanggal',
		ends: 'tanggalSelesai'
	}
} as const;

/** Structural training belongs to `diklat`; among the courses it is taken and named (routing rule of the national system). */
const STRUCTURAL_TYPE = '1';

/** Who works with the history of the officers of a subtree. */
const people = officersFor('training_officer');

export const trainingImports: ImportKind[] = [trainingImport('course'), trainingImport('structural')];

function trainingImport(kind: Kind): ImportKind {
	const file = FILES[kind];
	return recordImport({
		kind: file.kind,
		columns: [...file.columns],
		table: 'credentials.external_trainings',
		keyColumn: 'id',
		scope: people.scope,
		fields: {
			name: file.name,
			type_id: file.type,
			institution: 'institusiPenyelenggara',
			number: file.number,
			hours: 'jumlahJam',
			year: file.year,
			starts_on: file.starts,
			ends_on: file.ends
		},
		derived: ['officer_id', 'kind', 'type_name', 'sameness'],
		async begin(db, at, actor) {
			const officers = await people.bySource(db, actor);
			const types = typeNames(file.typeList);
			const seen = new Set<string>();
			const today = dayOf(at);
			return (reader, row) => {
				const id = reader.text('id', 100);
				const person = reader.text('idPns', 100);
				const name = reader.text(file.name);
				row.label = name?.slice(0, 120) ?? null;
				if (id === null) reader.refuse('key_missing', 'id');
				if (name === null && !reader.refused()) reader.refuse('training_name_missing', file.name);
				const officer = person === null ? undefined : officers.get(person);
				row.subjectId = officer?.id ?? null;
				if (!officer) reader.refuse('person_unknown', 'idPns');
				else row.label = `${officer.name}: ${row.label}`.slice(0, 120);
				const dates = readPeriod(reader, file, today);
				const type = reader.text(file.type, 40);
				const hours = readHours(reader);
				const number = reader.text(file.number, 100);
				const institution = reader.text('institusiPenyelenggara');
				if (reader.refused() || !officer) return null;
				if (number === null) reader.warn('certificate_number_missing', file.number);
				if (type !== null && !types.has(type)) reader.warn('training_type_unknown', file.type, { value: name! });
				if (kind === 'course' && type === STRUCTURAL_TYPE) reader.warn('structural_among_courses', file.type);
				const same = sameness({ name: name!, number, startsOn: dates.starts, hours });
				if (seen.has(`${officer.id} ${same}`)) reader.warn('training_twice', file.name);
				seen.add(`${officer.id} ${same}`);
				return {
					// of the officer: the same id about somebody else is another record
					source_key: `${kind}:${officer.id}|${id}`,
					officer_id: officer.id,
					kind,
					name,
					type_id: type,
					type_name: type === null ? null : (types.get(type) ?? null),
					institution,
					number,
					hours,
					year: dates.year,
					starts_on: dates.starts,
					ends_on: dates.ends,
					sameness: same
				};
			};
		}
	});
}

/** None, zero and nothing are all "not known": nothing is put in their place. */
function readHours(reader: CellReader): number | null {
	const hours = reader.whole('jumlahJam');
	if (hours !== null && hours > 10_000) reader.refuse('number_unreadable', 'jumlahJam', { value: String(hours) });
	if (!hours) reader.warn('hours_missing', 'jumlahJam');
	return hours || null;
}

function readPeriod(reader: CellReader, file: { year: string; starts: string; ends: string }, today: string) {
	const starts = reader.date(file.starts);
	const ends = reader.date(file.ends);
	const year = reader.whole(file.year);
	if (year !== null && (year < 1950 || year > Number(today.slice(0, 4)) + 1))
		reader.refuse('number_unreadable', file.year, { value: String(year) });
	if (starts === null && !reader.refused()) reader.warn('date_missing', file.starts);
	if (starts !== null && starts > today) reader.refuse('date_future', file.starts);
	if (starts !== null && year !== null && Number(starts.slice(0, 4)) !== year)
		reader.warn('year_differs', file.year, { year: starts.slice(0, 4) });
	if (starts !== null && ends !== null && ends < starts) reader.warn('ends_before_start', file.ends);
	return { starts, ends, year };
}

function typeNames(list: string): Map<string, string> {
	const { rows } = JSON.parse(readFileSync('reference/siasn-reference.json', 'utf8')) as {
		rows: { list: string; id: string; name: string }[];
	};
	return new Map(rows.filter((row) => row.list === list).map((row) => [row.id, row.name]));
}
