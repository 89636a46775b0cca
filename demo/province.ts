/**
 * The invented province as the two files that a real one brings: the unit tree (`ref-unor`) and the "Export Data ASN",
 * so that the demo comes in through the same import as everybody's data.
 */
import { makeOfficer, NAMED, OFFICER_COLUMNS, uniqueName, type DemoOfficer, type Level } from './officers.ts';
import { POSTS, siasnIdOf } from './posts.ts';
import { seeded } from './random.ts';
import { GOVERNMENT_ID, TREE, UNIT_COLUMNS, type Unit } from './tree.ts';

export interface DemoProvince {
	unitsCsv: string;
	officersCsv: string;
	officers: DemoOfficer[];
}

export function demoProvince(seed = 2026): DemoProvince {
	const random = seeded(seed);
	const units: string[][] = [];
	const officers: DemoOfficer[] = [];
	const rows: string[][] = [];
	const used = new Set<string>();
	let serial = 0;
	let code = 0;

	const person = (
		unit: string,
		path: string[],
		unitId: string,
		kind: string,
		kindName: string,
		post: string,
		head: boolean,
		level: Level
	) => {
		const named = NAMED.find((item) => item.unit === unit && item.post.test(post) && !used.has(item.name));
		if (named) used.add(named.name);
		const sex = named?.sex ?? random.pick(['F', 'M'] as const);
		const name = named?.name ?? uniqueName(random, sex, used);
		const officer = makeOfficer(random, { name, sex, unit, unitId, kind, kindName, post, level, serial: serial++ });
		rows.push(officer.row);
		officers.push({ siasnId: officer.siasnId, name, nip: officer.nip, unit, unitPath: path, post, head });
		return officer.siasnId;
	};

	const walk = (unit: Unit, parentId: string, opdId: string, path: string[]) => {
		const [name, echelon, head, children = []] = unit;
		const unitId = siasnIdOf(`unit:${[...path, name].join('/')}`);
		const opd = opdId || unitId;
		const here = [...path, name];
		const school = echelon === '99';
		const leader = person(
			name,
			here,
			unitId,
			school ? '2' : '1',
			school ? 'Jabatan Fungsional Tertentu' : 'Jabatan Struktural',
			school ? 'Guru Ahli Madya' : head,
			true,
			'head'
		);
		units.push([unitId, GOVERNMENT_ID, parentId, echelon, name, head, String(550000000000 + ++code * 10000), opd, leader, 'null']);
		const [, posts, size] = POSTS.find(([word]) => word.test(name))!;
		const count = children.length > 0 ? 3 : size;
		for (let i = 0; i < count; i++) {
			const [kind, post] = posts[i % posts.length]!;
			person(name, here, unitId, kind, kind === '2' ? 'Jabatan Fungsional Tertentu' : 'Jabatan Fungsional Umum', post, false, 'staff');
		}
		for (const child of children) walk(child, unitId, opd, here);
	};

	const root = siasnIdOf('unit:root');
	units.push([root, GOVERNMENT_ID, 'null', '99', 'Pemerintah Provinsi Jambi', 'Gubernur', '550000000000', 'null', 'null', 'null']);
	for (const unit of TREE) walk(unit, root, '', []);
	return { unitsCsv: csv(UNIT_COLUMNS, units), officersCsv: csv(OFFICER_COLUMNS, rows), officers };
}

const csv = (columns: readonly string[], rows: string[][]): string =>
	[columns, ...rows]
		.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
		.join('\n') + '\n';
