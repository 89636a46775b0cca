/** Whose facts a sheet may bring in: an administrator everybody's, further roles those of their subtrees. */
import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import type { ImportColumn, ImportScope } from '#platform/imports/kinds.ts';
import { isScientific, type Role } from '../rules.ts';
import { mayAdminister, visibleOfficers, visibleUnits } from './access.ts';

export interface KnownSubject {
	id: string;
	name: string;
}

export interface Subjects {
	scope: ImportScope;
	/** Those within the actor's reach by the national system's id: how a row of a sheet names them. Never by name. */
	bySource(db: Db, actor: Actor): Promise<Map<string, KnownSubject>>;
}

export interface OfficerSubjects extends Subjects {
	/** Reads the person of a row of a sheet made here: `pns_id`, or where that is empty any number the person has had. */
	named(db: Db, actor: Actor): Promise<(reader: CellReader) => { officer: KnownSubject | undefined; written: string | null }>;
}

/** Columns that `named` reads. */
export const OFFICER_COLUMNS: ImportColumn[] = [
	{ name: 'pns_id', aliases: ['idPns'] },
	{ name: 'nip_baru', aliases: ['nipBaru', 'nip'] }
];

/** @param roles who brings in facts of officers beside an administrator */
export function officersFor(...roles: Role[]): OfficerSubjects {
	const known = (actor: Actor) => {
		const within = mayAdminister(actor) ? sql`true` : visibleOfficers(actor, ...roles);
		return sql`select o.id, o.siasn_id, o.full_name as name from people.officers o join people.officer_cards c on c.id = o.id where ${within}`;
	};
	const subjects = subjectsFor(roles, 'people.officers', known);
	return {
		...subjects,
		async named(db, actor) {
			const bySource = await subjects.bySource(db, actor);
			const byNumber = await byNumbers(db, known(actor));
			return (reader) => {
				const id = reader.text('pns_id', 100);
				const number = reader.text('nip_baru', 40)?.replace(/\s/g, '') ?? null;
				const meant = number === null ? undefined : byNumber.get(number);
				const officer = id === null ? meant : bySource.get(id);
				if (id === null && number !== null && isScientific(number)) reader.refuse('nip_scientific', 'nip_baru', { value: number });
				else if (!officer) reader.refuse('person_unknown', id === null && number !== null ? 'nip_baru' : 'pns_id');
				else if (meant && meant.id !== officer.id)
					reader.refuse('person_contradicts', 'nip_baru', { name: officer.name, other: meant.name });
				return { officer, written: id ?? number };
			};
		}
	};
}

/** A number that two have had, one after the other, names nobody. */
async function byNumbers(db: Db, known: RawBuilder<unknown>): Promise<Map<string, KnownSubject>> {
	const { rows } = await sql<KnownSubject & { number: string }>`
		select n.number, min(k.id::text)::uuid as id, min(k.name) as name from (${known}) k join people.officer_numbers n on n.officer_id = k.id
		group by n.number having count(distinct k.id) = 1`.execute(db);
	return new Map(rows.map(({ number, id, name }) => [number, { id, name }]));
}

/** Units in force. @param roles who brings in facts of units beside an administrator */
export const unitsFor = (...roles: Role[]): Subjects =>
	subjectsFor(roles, 'people.units', (actor) => {
		const within = mayAdminister(actor) ? sql`true` : visibleUnits(actor, ...roles);
		return sql`select u.id, u.siasn_id, u.name from people.current_units u where u.siasn_id is not null and ${within}`;
	});

function subjectsFor(roles: Role[], table: string, known: (actor: Actor) => RawBuilder<unknown>): Subjects {
	return {
		scope: {
			admits: (actor) => mayAdminister(actor) || (roles.length > 0 && hasRole(actor, ...roles)),
			// an administrator undoes what is about a unit that ended since, too
			subjects: (actor) =>
				mayAdminister(actor) ? sql`select id from ${sql.table(table)}` : sql`select id from (${known(actor)}) within_reach`
		},
		async bySource(db, actor) {
			const { rows } = (await known(actor).execute(db)) as { rows: (KnownSubject & { siasn_id: string })[] };
			return new Map(rows.map(({ id, siasn_id, name }) => [siasn_id, { id, name }]));
		}
	};
}
