import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { mayReadNumber, mayReadOfficer, mayReadUnit, seenUnits, visibleUnits } from './access.ts';
import { officerCard, type OfficerCard } from './officer-cards.ts';
import { keptCount } from './officer-list.ts';
import { unitMatches } from './search.ts';
import { inTreeOrder, type Acting, type Role } from '../rules.ts';

export interface OfficerPage extends OfficerCard {
	front_title: string | null;
	education_name: string | null;
	education_level_name: string | null;
	rank_since: string | null;
	legal_status_name: string | null;
	numbers: { number: string; kind: 'NIP' | 'NI_PPPK'; valid_from: string; valid_to: string | null }[] | null;
	/** The newest first; a unit by the name it had when the post ended, or has now. */
	posts: {
		post_name: string;
		unit_name: string | null;
		unit_id: string;
		government_name: string;
		valid_from: string;
		valid_to: string | null;
	}[];
	account: { id: string; roles: string[] } | null;
}

/** An officer's page; opening another's is kept in the trail. Numbers are null for those who may not know them. */
export async function officerPage(db: Db, actor: Actor, at: Date, id: string): Promise<OfficerPage> {
	const card = await officerCard(db, id);
	if (!mayReadOfficer(actor, card)) throw new NotFound('officer');
	const { rows } = await sql<
		Pick<OfficerPage, 'front_title' | 'education_name' | 'education_level_name' | 'rank_since' | 'legal_status_name'>
	>`
		select front_title, education_name, education_level_name, rank_since, legal_status_name from people.officers where id = ${id}`.execute(db);
	const posts = await sql<OfficerPage['posts'][number]>`
		select p.post_name, then_.name as unit_name, p.unit_id, g.name as government_name, p.valid_from, p.valid_to from people.post_assignments p
		join people.units u on u.id = p.unit_id join people.governments g on g.id = u.government_id
		left join lateral (select name from people.unit_versions v where v.unit_id = p.unit_id and (v.valid_to is null or v.valid_to >= v.valid_from)
			order by v.valid_from > coalesce(p.valid_to, ${dayOf(at)}::date), abs(v.valid_from - coalesce(p.valid_to, ${dayOf(at)}::date)) limit 1) then_ on true
		where p.officer_id = ${id} and (p.valid_to is null or p.valid_to >= p.valid_from) order by p.valid_from desc, p.id`.execute(db);
	const mayNumber = mayReadNumber(actor, card);
	const numbers = mayNumber
		? await sql<NonNullable<OfficerPage['numbers']>[number]>`select number, kind, valid_from, valid_to from people.officer_numbers
			where officer_id = ${id} and (valid_to is null or valid_to >= valid_from) order by valid_from desc`.execute(db)
		: null;
	const account = hasRole(actor, 'administrator')
		? await sql<{
				id: string;
				roles: string[];
			}>`select a.id, '{}'::text[] as roles from people.accounts a where a.officer_id = ${id}`.execute(db)
		: null;
	if (actor.officerId !== id) await audit(db, actor, at, 'people.officer_read', { type: 'officer', id });
	return {
		...card,
		nip: mayNumber ? card.nip : null,
		...rows[0]!,
		posts: posts.rows,
		numbers: numbers?.rows ?? null,
		account: account?.rows[0] ?? null
	};
}

export interface UnitRow {
	id: string;
	name: string;
	depth: number;
	parent_id: string | null;
	/** Active officers in it and in all below. */
	officers: number;
	children: number;
}

/**
 * Units of `shown` (a table expression of rows of `current_units`) with their figures: the kept numbers of active
 * officers are added up for each floor that is shown, once for all rows.
 */
const unitRows = (shown: RawBuilder<unknown>) => sql<UnitRow>`
	with shown as materialized (${shown}),
		placed as (
			select u.path, c.officers from people.current_units u
			join (select unit_id, sum(officers) as officers from people.officer_counts where active group by unit_id) c on c.unit_id = u.id),
		sums as (
			select subpath(p.path, 0, floors.depth) as path, sum(p.officers)::int as officers
			from placed p join (select distinct nlevel(path) as depth from shown) floors on nlevel(p.path) >= floors.depth group by 1),
		below as (select parent_id, count(*)::int as children from people.current_units where parent_id in (select id from shown) group by parent_id)
	select s.id, s.name, nlevel(s.path) as depth, s.parent_id, coalesce(sums.officers, 0) as officers, coalesce(below.children, 0) as children
	from shown s left join sums using (path) left join below on below.parent_id = s.id`;

/** The highest units the actor may read, each with its children: the first two floors of the actor's tree. */
export async function unitRoots(db: Db, actor: Actor): Promise<UnitRow[]> {
	const { rows } = await sql<UnitRow>`${unitRows(sql`
		with ${seenUnits(actor)}
		select u.* from seen u where u.id in (table roots) or u.parent_id in (table roots) order by u.path limit 2000`)}`.execute(db);
	return inTreeOrder(rows);
}

/** Units whose name fits a search, wherever they hang. */
export async function unitSearch(db: Db, actor: Actor, search: string): Promise<UnitRow[]> {
	const { rows } = await sql<UnitRow>`${unitRows(sql`
		select u.* from people.current_units u where ${visibleUnits(actor)} and ${unitMatches(search.slice(0, 100))} order by u.name, u.id limit 100`)}
		order by s.name, s.id`.execute(db);
	return rows;
}

export interface UnitPage {
	id: string;
	name: string;
	head_post_name: string | null;
	opd_name: string | null;
	officers: number;
	/** From the top, without the unit itself; only what the actor may read. */
	ancestors: { id: string; name: string }[];
	children: UnitRow[];
	heads: { id: string; display_name: string; post_name: string | null }[];
	/** Who acts here today, with the last day. */
	acting: { id: string | null; name: string; acting: Acting; role: Role; valid_to: string }[];
	versions: { name: string; parent_name: string | null; valid_from: string; valid_to: string | null }[];
}

/** @throws NotFound outside the actor's scope, and when the unit has ended */
export async function unitPage(db: Db, actor: Actor, at: Date, id: string): Promise<UnitPage> {
	const { rows } = isId(id)
		? await sql<{
				id: string;
				name: string;
				path: string;
				head_post_name: string | null;
				opd_name: string | null;
				siasn_id: string | null;
				leader_siasn_id: string | null;
			}>`
			select id, name, path::text, head_post_name, opd_name, siasn_id, leader_siasn_id from people.current_units where id = ${id}`.execute(db)
		: { rows: [] };
	const unit = rows[0];
	if (!unit || !mayReadUnit(actor, unit.path)) throw new NotFound('unit');
	const ancestors = await sql<{
		id: string;
		name: string;
		path: string;
	}>`select id, name, path::text from people.current_units where path @> ${unit.path}::ltree and id <> ${id} order by nlevel(path)`.execute(
		db
	);
	const children =
		await sql<UnitRow>`${unitRows(sql`select u.* from people.current_units u where u.parent_id = ${id}`)} order by s.name, s.id`.execute(
			db
		);
	const officers = await keptCount(db, sql`c.active`, sql`u.path <@ ${unit.path}::ltree`);
	const heads = await sql<UnitPage['heads'][number]>`select c.id, c.display_name, c.post_name from people.officer_cards c
		where c.active and c.id in (
			select h.id from people.officer_cards h where h.post_ref = ${unit.siasn_id} and h.post_kind = 'structural' and h.active
			union all select o.id from people.officers o where o.siasn_id = ${unit.leader_siasn_id})
		order by c.full_name limit 3`.execute(db);
	const acting = await sql<
		UnitPage['acting'][number]
	>`select a.officer_id as id, a.name, g.acting, g.role, g.valid_to from people.role_grants g
		join people.accounts a on a.id = g.account_id and a.disabled_at is null
		where g.unit_id = ${id} and g.acting is not null and ${dayOf(at)} between g.valid_from and g.valid_to order by g.valid_from, g.id`.execute(
		db
	);
	const versions = await sql<UnitPage['versions'][number]>`
		select v.name, (select p.name from people.unit_versions p where p.unit_id = v.parent_id order by p.valid_from desc limit 1) as parent_name, v.valid_from, v.valid_to
		from people.unit_versions v where v.unit_id = ${id} and (v.valid_to is null or v.valid_to >= v.valid_from) order by v.valid_from desc`.execute(
		db
	);
	return {
		id: unit.id,
		name: unit.name,
		head_post_name: unit.head_post_name,
		opd_name: unit.opd_name,
		officers,
		ancestors: ancestors.rows
			.filter((ancestor) => mayReadUnit(actor, ancestor.path))
			.map(({ id: ancestorId, name }) => ({ id: ancestorId, name })),
		children: children.rows,
		heads: heads.rows,
		acting: acting.rows,
		versions: versions.rows
	};
}
