import { sql } from 'kysely';
import { attendanceOf, classById, completion, programmeVersion, type Completion } from '#modules/catalogue/server/index.ts';
import { officerCard, type OfficerCard } from '#modules/people/server/index.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { creditOf, jpWindow, jpYear, type JpCredit, type JpFacts, type JpReason, type JpRule, type JpWindow } from '../rules.ts';
import { jpRule, jpTarget, ruleInForce, type DatedJpRule } from './jp-rules.ts';

/** What is kept with a credit: the numbers, and the rule as it stood. */
export interface KeptReason extends JpReason {
	formCode: string;
	formNameId: string;
	formNameEn: string;
	legalBasis: string;
	confidence: string;
	/** First day of the rule that counted. */
	ruleFrom: string;
}

export interface JpEntry {
	id: string;
	completion_id: string;
	jp: number;
	quantity: number;
	earned_on: string;
	credited_at: Date;
	reason: KeptReason;
	class_id: string;
	class_name: string;
	programme_title: string;
	certificate_id: string | null;
}

/**
 * Credits a completion by the rule in force on the last day of the class. Once: again, or after the rule changed, the
 * entry stays as it is.
 */
export async function creditCompletion(db: Db, at: Date, completionId: string): Promise<void> {
	const done = await completion(db, completionId);
	const held = await classById(db, done.class_id);
	const version = await programmeVersion(db, held.programme_version_id);
	const rule = await jpRule(db, version.form_code, held.ends_on);
	if (!rule) throw new Error(`No JP rule for form ${version.form_code} on ${held.ends_on}`);
	const facts = await factsOf(db, done, version, rule, held.ends_on);
	const credited = creditOf(rule, facts);
	await sql`insert into credentials.jp_entries (id, officer_id, completion_id, rule_id, quantity, jp, earned_on, credited_at, reason)
		values (${newId(at.getTime())}, ${done.officer_id}, ${completionId}, ${rule.id}, ${credited.quantity}, ${credited.jp}, ${held.ends_on}, ${at},
			${JSON.stringify(kept(rule, credited))}::jsonb) on conflict (completion_id) do nothing`.execute(db);
}

const kept = (rule: DatedJpRule, credited: JpCredit): KeptReason => ({
	...credited.reason,
	formCode: rule.form_code,
	formNameId: rule.name_id,
	formNameEn: rule.name_en,
	legalBasis: rule.legal_basis,
	confidence: rule.confidence,
	ruleFrom: rule.valid_from
});

async function factsOf(
	db: Db,
	done: Completion,
	version: { programme_jp: number | null; international: boolean },
	rule: DatedJpRule,
	earnedOn: string
): Promise<JpFacts> {
	const attended = (await attendanceOf(db, done.class_id)).get(done.officer_id);
	const base = {
		programmeJp: version.programme_jp,
		daysAttended: done.days_attended,
		international: version.international,
		daysCreditedBefore: 0,
		activitiesThisMonth: 0
	};
	if (!rule.cap) return base;
	// earlier credits of the same form decide how much of a limit is left; the officer's row is the lock
	await sql`select id from people.officers where id = ${done.officer_id} for update`.execute(db);
	if (rule.cap.period === 'bulan') {
		const { rows } = await sql<{ quantity: number }>`select coalesce(sum(j.quantity), 0)::float8 as quantity from credentials.jp_entries j
			where j.officer_id = ${done.officer_id} and j.reason->>'formCode' = ${rule.form_code} and date_trunc('month', j.earned_on) = date_trunc('month', ${earnedOn}::date)`.execute(
			db
		);
		return { ...base, activitiesThisMonth: rows[0]!.quantity };
	}
	const earlier = new Set<string>();
	const others = await sql<{ class_id: string }>`select e.class_id from credentials.jp_entries j
		join catalogue.completions x on x.id = j.completion_id join catalogue.enrolments e on e.id = x.enrolment_id
		where j.officer_id = ${done.officer_id} and j.reason->>'formCode' = ${rule.form_code} and j.completion_id <> ${done.id}`.execute(db);
	for (const { class_id } of others.rows)
		for (const day of (await attendanceOf(db, class_id)).get(done.officer_id)?.attendedDays ?? []) earlier.add(day);
	return { ...base, daysCreditedBefore: (attended?.attendedDays ?? []).filter((day) => earlier.has(day)).length };
}

export interface JpYear {
	officerId: string;
	employmentKind: string;
	year: number;
	window: JpWindow;
	/** Rounded at credit only; a sum of what was credited. */
	total: number;
	/** JP of the rule; null where no rule is known. */
	target: number | null;
	/** `min`: at least; `max`: at most; null: no rule known. */
	rule: 'min' | 'max' | null;
	legalBasis: string | null;
	confidence: string;
	/** JP still to come from classes the officer sits in, by today's rules. */
	pending: number;
	entries: JpEntry[];
}

/**
 * An officer's JP of one year with the target for the kind of employment. For PPPK the year is that of the contract
 * which began in `year`.
 */
export async function jpOf(db: Db, officerId: string, year: number): Promise<JpYear> {
	return creditsOf(db, await officerCard(db, officerId), year);
}

/** The same of the year in which a day lies, for this officer. */
export async function jpOn(db: Db, officerId: string, day: string): Promise<JpYear> {
	const card = await officerCard(db, officerId);
	return creditsOf(db, card, jpYear(card.employment_kind, card.joined_on, day));
}

async function creditsOf(db: Db, card: OfficerCard, year: number): Promise<JpYear> {
	const officerId = card.id;
	const window = jpWindow(card.employment_kind, card.joined_on, year);
	const { rows: entries } =
		await sql<JpEntry>`select j.id, j.completion_id, j.jp, j.quantity, j.earned_on, j.credited_at, j.reason, k.id as class_id, k.name as class_name,
			p.title as programme_title, s.id as certificate_id
		from credentials.jp_entries j
		join catalogue.completions x on x.id = j.completion_id
		join catalogue.enrolments e on e.id = x.enrolment_id
		join catalogue.classes k on k.id = e.class_id
		join catalogue.programme_versions v on v.id = k.programme_version_id
		join catalogue.programmes p on p.id = v.programme_id
		left join credentials.certificates s on s.completion_id = j.completion_id
		where j.officer_id = ${officerId} and j.earned_on between ${window.from} and ${window.to} order by j.earned_on desc, j.id desc`.execute(db);
	const target = await jpTarget(db, card.employment_kind, window.to);
	return {
		officerId,
		employmentKind: card.employment_kind,
		year,
		window,
		total: Math.round(entries.reduce((sum, entry) => sum + entry.jp * 100, 0)) / 100,
		target: target?.jp ?? null,
		rule: target?.rule ?? null,
		legalBasis: target?.legal_basis ?? null,
		confidence: target?.confidence ?? 'unknown',
		pending: await pendingJp(db, officerId, window),
		entries
	};
}

/** Of classes that end in the window and in which the officer still sits, each day attended. */
async function pendingJp(db: Db, officerId: string, window: JpWindow): Promise<number> {
	const { rows } = await sql<{ rule: JpRule; jp: number | null; international: boolean; days: number }>`
		select to_jsonb(r) as rule, v.programme_jp as jp, v.international,
			(select count(*)::int from catalogue.class_sessions s where s.class_id = k.id) as days
		from catalogue.enrolments e join catalogue.classes k on k.id = e.class_id
		join catalogue.programme_versions v on v.id = k.programme_version_id
		join lateral (${ruleInForce(sql`*`, sql`v.form_code`, sql`k.ends_on`)}) r on true
		where e.officer_id = ${officerId} and e.withdrawn_at is null and k.ends_on between ${window.from} and ${window.to}
			and not exists (select 1 from catalogue.completions x where x.enrolment_id = e.id)`.execute(db);
	const none = { daysCreditedBefore: 0, activitiesThisMonth: 0 };
	return rows.reduce(
		(sum, { rule, jp, international, days }) => sum + creditOf(rule, { programmeJp: jp, daysAttended: days, international, ...none }).jp,
		0
	);
}
