/** Whose facts a sheet may bring in: an administrator everybody's, further roles those of their subtrees. */
import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { ImportScope } from '#platform/imports/kinds.ts';
import type { Role } from '../rules.ts';
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

/** @param roles who brings in facts of officers beside an administrator */
export const officersFor = (...roles: Role[]): Subjects =>
	subjectsFor(roles, 'people.officers', (actor) => {
		const within = mayAdminister(actor) ? sql`true` : visibleOfficers(actor, ...roles);
		return sql`select o.id, o.siasn_id, o.full_name as name from people.officers o join people.officer_cards c on c.id = o.id where ${within}`;
	});

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
