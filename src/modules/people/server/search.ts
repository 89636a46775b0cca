/** Search over people and units, limited to what the actor may see. */
import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { searchable } from '../rules.ts';
import { visibleOfficers, visibleUnits } from './access.ts';

/** More words than this only narrow what is found already. */
const WORDS = 6;
/** Below this length a likeness is chance. */
const LIKE_FROM = 4;

/** Condition on alias `c` of `people.officer_cards`: every word is in the name as written, or close to a word of it; a number is looked up by who may know numbers. */
export function officerMatches(actor: Actor, search: string): RawBuilder<boolean> {
	const digits = search.replace(/[\s'’.-]/g, '');
	if (/^\d{6,18}$/.test(digits)) {
		if (!hasRole(actor, 'administrator', 'programme_manager', 'training_officer')) return sql<boolean>`false`;
		return sql<boolean>`c.id in (select officer_id from people.officer_numbers where number like ${`${digits}%`})`;
	}
	const words = searchable(search).split(' ').filter(Boolean).slice(0, WORDS);
	if (words.length === 0) return sql<boolean>`false`;
	const each = words.map((word) =>
		word.length < LIKE_FROM ? sql`o.search_name like ${`%${word}%`}` : sql`(o.search_name like ${`%${word}%`} or ${word} <% o.search_name)`
	);
	return sql<boolean>`c.id in (select o.id from people.officers o where ${sql.join(each, sql` and `)})`;
}

/** As the names of units are kept for the search; worked out once a question and not once a unit. */
const folded = (text: string) => sql`(select people.folded(${text}))`;

/** Condition on alias `u` of `people.current_units`: every word is in the name or close to a word of it, or the whole is its initials. */
export function unitMatches(search: string): RawBuilder<boolean> {
	const words = search.split(/\s+/).filter(Boolean).slice(0, WORDS);
	if (words.length === 0) return sql<boolean>`false`;
	const each = words.map((word) =>
		word.length < LIKE_FROM
			? sql`u.search_name like '%' || ${folded(word)} || '%'`
			: sql`(u.search_name like '%' || ${folded(word)} || '%' or ${folded(word)} <% u.search_name)`
	);
	return sql<boolean>`(${folded(search)} <> '' and (${sql.join(each, sql` and `)} or u.initials = ${folded(search)}))`;
}

export interface FoundOfficer {
	id: string;
	display_name: string;
	post_name: string | null;
	unit_name: string | null;
}

export interface FoundUnit {
	id: string;
	name: string;
	opd_name: string | null;
}

/** The closest first, at most `limit` of each. */
export async function searchPeopleAndUnits(
	db: Db,
	actor: Actor,
	search: string,
	limit = 8
): Promise<{ officers: FoundOfficer[]; units: FoundUnit[] }> {
	const asked = search.trim().slice(0, 100);
	if (asked === '') return { officers: [], units: [] };
	const name = searchable(asked);
	const officers = await sql<FoundOfficer>`
		select c.id, c.display_name, c.post_name, c.unit_name from people.officer_cards c join people.officers k on k.id = c.id
		where c.active and ${visibleOfficers(actor)} and ${officerMatches(actor, asked)}
		order by (k.search_name like ${`${name}%`}) desc, word_similarity(${name}, k.search_name) desc, c.full_name, c.id limit ${limit}`.execute(
		db
	);
	const units = await sql<FoundUnit>`
		select u.id, u.name, u.opd_name from people.current_units u where ${visibleUnits(actor)} and ${unitMatches(asked)}
		order by (u.initials = ${folded(asked)}) desc, word_similarity(${folded(asked)}, u.search_name) desc, nlevel(u.path), u.name, u.id limit ${limit}`.execute(
		db
	);
	return { officers: officers.rows, units: units.rows };
}
