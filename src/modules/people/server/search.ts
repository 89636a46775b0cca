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

/** One or two letters are asked for as the beginning of a word: that the index of likenesses can answer. */
const BEGINNING_BELOW = 3;

/** A word with which so many names begin is no slip of the pen: alone, it is not looked for in other spellings. */
const KNOWN_FROM = 200;

/**
 * A table `c` of those a search finds, whoever may see them: rows of `people.names`, a few columns of the cards. Every word
 * is in the name as written, or close to a word of it; a number is looked up by who may know numbers. `offset 0` keeps to
 * the index of names.
 */
export const foundNames = (actor: Actor, search: string): RawBuilder<unknown> => sql`(${namesFound(actor, search)} offset 0) c`;

function namesFound(actor: Actor, search: string): RawBuilder<unknown> {
	const names = (condition: RawBuilder<unknown>) => sql`select * from people.names c where ${condition}`;
	const digits = search.replace(/[\s'’.-]/g, '');
	if (/^\d{6,18}$/.test(digits)) {
		if (!hasRole(actor, 'administrator', 'programme_manager', 'training_officer')) return names(sql`false`);
		return names(sql`c.id in (select officer_id from people.officer_numbers where number like ${`${digits}%`})`);
	}
	const words = wordsOf(search);
	const [first] = words;
	if (first === undefined) return names(sql`false`);
	if (words.length > 1 || first.length < LIKE_FROM) {
		const each = words.map((word) => (word.length < LIKE_FROM ? asWritten(word) : sql`(${asWritten(word)} or ${alike(word)})`));
		return names(sql.join(each, sql` and `));
	}
	const known = sql`(select count(*) = ${sql.lit(KNOWN_FROM)} from (
		select 1 from people.names c where c.active and ${begins(first)} limit ${sql.lit(KNOWN_FROM)}) begun)`;
	return sql`${names(asWritten(first))} union all ${names(sql`${alike(first)} and not ${asWritten(first)} and not ${known}`)}`;
}

/** Names of units beside rows `c` of `people.names`: `unit_name, opd_name`. */
export const unitsOfNames = sql`left join (select id as of_unit, name as unit_name, opd_name from people.current_units) u on u.of_unit = c.unit_id`;

const wordsOf = (search: string): string[] => searchable(search).split(' ').filter(Boolean).slice(0, WORDS);
const beginsWord = (word: string) => sql`(c.search_name like ${`${word}%`} or c.search_name like ${`% ${word}%`})`;
const asWritten = (word: string) => (word.length < BEGINNING_BELOW ? beginsWord(word) : sql`c.search_name like ${`%${word}%`}`);
const alike = (word: string) => sql`${word} <% c.search_name`;

const BY_NAME = sql`c.search_name collate "C"`;
/** By the index `names_beginning`. */
const begins = (name: string) => sql`${BY_NAME} >= ${name} and ${BY_NAME} < ${`${name}\u{10FFFF}`}`;

/** Condition on an id of an officer: a search finds it. */
export const isFound = (actor: Actor, search: string, id: RawBuilder<unknown>): RawBuilder<boolean> =>
	sql<boolean>`${id} in (select c.id from ${foundNames(actor, search)})`;

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
	const beginning = await beginningSo(db, actor, asked, limit);
	const officers = beginning.length === limit ? beginning : await closest(db, actor, asked, limit);
	const units = await sql<FoundUnit>`
		select u.id, u.name, u.opd_name from people.current_units u where ${visibleUnits(actor)} and ${unitMatches(asked)}
		order by (u.initials = ${folded(asked)}) desc, word_similarity(${folded(asked)}, u.search_name) desc, nlevel(u.path), u.name, u.id limit ${limit}`.execute(
		db
	);
	return { officers, units: units.rows };
}

/** What is shown of a few, in their order. @param ids a query of ids */
async function shown(db: Db, ids: RawBuilder<unknown>): Promise<FoundOfficer[]> {
	const { rows } = await sql<FoundOfficer>`
		select c.id, c.display_name, c.post_name, c.unit_name
		from unnest(array(${ids})) with ordinality as few(id, turn) join people.officer_cards c on c.id = few.id order by few.turn`.execute(db);
	return rows;
}

/** Whose name begins as asked, by name, of the index `names_beginning`: a few letters begin thousands of names. */
async function beginningSo(db: Db, actor: Actor, asked: string, limit: number): Promise<FoundOfficer[]> {
	const name = searchable(asked);
	if (name === '') return [];
	return shown(
		db,
		sql`select c.id from people.names c where c.active and ${begins(name)} and ${visibleOfficers(actor)}
			order by ${BY_NAME}, c.id limit ${sql.lit(limit)}`
	);
}

/** Those whose name begins so, then the likest. */
async function closest(db: Db, actor: Actor, asked: string, limit: number): Promise<FoundOfficer[]> {
	const name = searchable(asked);
	// how alike two names are is worked out only where a word is not there as written
	const literal = sql`(${sql.join([sql`true`, ...wordsOf(asked).map(beginsWord)], sql` and `)})`;
	return shown(
		db,
		sql`select c.id from ${foundNames(actor, asked)} where c.active and ${visibleOfficers(actor)}
			order by c.search_name like ${`${name}%`} desc, case when ${literal} then 1 else word_similarity(${name}, c.search_name) end desc,
				${BY_NAME}, c.id limit ${sql.lit(limit)}`
	);
}
