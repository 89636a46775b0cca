import { sql } from 'kysely';
import { activeOfficers, visibleOfficers } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { jpTarget } from './jp-rules.ts';

export const JP_READERS = ['administrator', 'programme_manager', 'training_officer', 'leadership'] as const;

export interface JpSummary {
	year: number;
	/** The floor for PNS, in JP a calendar year; undefined where no rule is in force. */
	target: number | undefined;
	/** Active PNS in the reader's scope. PPPK have a ceiling by contract year, no floor, and are not counted here. */
	officers: number;
	reached: number;
	/** 0–1; undefined without officers or without a rule. */
	share: number | undefined;
}

const yearOf = (at: Date) => Number(dayOf(at).slice(0, 4));

/** How many PNS reached the floor this year; set-based. */
export async function jpSummary(db: Db, actor: Actor, at: Date): Promise<JpSummary> {
	const year = yearOf(at);
	const target = (await jpTarget(db, 'PNS', dayOf(at)))?.jp ?? undefined;
	const { rows } = await sql<{ reached: number }>`
		with earned as (select j.officer_id, sum(j.jp) as jp from credentials.jp_entries j where j.earned_on between ${`${year}-01-01`} and ${`${year}-12-31`} group by j.officer_id)
		select count(*)::int as reached from earned e join people.officer_cards c on c.id = e.officer_id
		where e.jp >= ${target ?? null}::numeric and c.active and c.employment_kind in ('PNS', 'CPNS') and ${visibleOfficers(actor, ...JP_READERS)}`.execute(
		db
	);
	const { reached } = rows[0]!;
	const officers = await activeOfficers(db, actor, ['PNS', 'CPNS'], ...JP_READERS);
	return { year, target, officers, reached, share: target === undefined || officers === 0 ? undefined : reached / officers };
}

export interface JpRow {
	officer_id: string;
	display_name: string;
	unit_name: string | null;
	jp: number;
}

/** The persons behind the share, most hours first, paged by key (jp, id). */
export async function jpRows(db: Db, actor: Actor, at: Date, after?: { jp: number; id: string }, limit = 50): Promise<JpRow[]> {
	const year = yearOf(at);
	const { rows } = await sql<JpRow>`select * from (
			select c.id as officer_id, c.display_name, c.unit_name, coalesce((select sum(j.jp) from credentials.jp_entries j
				where j.officer_id = c.id and j.earned_on between ${`${year}-01-01`} and ${`${year}-12-31`}), 0)::float8 as jp
			from people.officer_cards c where c.active and c.employment_kind in ('PNS', 'CPNS') and ${visibleOfficers(actor, ...JP_READERS)}) t
		${after ? sql`where (t.jp, t.officer_id) < (${after.jp}, ${after.id}::uuid)` : sql``}
		order by t.jp desc, t.officer_id desc limit ${limit}`.execute(db);
	return rows;
}
