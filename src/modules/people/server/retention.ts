/** How long each kind of personal data is kept: the government's decision, dated. Siginjai proposes no period. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { sentence } from '#platform/sentences.ts';
import { setSetting } from '#platform/settings.ts';
import type { RetentionKind } from '../rules.ts';
import { mayAdminister } from './access.ts';
import { processingRegister } from './processing-register.ts';

const PREFIX = 'people.retention.';

export interface Retention {
	/** `unset` takes a period back. */
	kind: RetentionKind;
	/** Years or months. */
	count: number | null;
	/** What they are counted from, in the government's words. */
	from: string;
	basis: string;
}

export interface RetentionVersion extends Retention {
	category: string;
	validFrom: Date;
	setBy: string | null;
}

/** Every period ever set, the newest first, those to come too. */
async function versions(db: Db): Promise<RetentionVersion[]> {
	const { rows } = await sql<{ key: string; value: Retention; valid_from: Date; set_by: string | null }>`
		select s.key, s.value, s.valid_from, a.name as set_by from platform.settings s left join people.accounts a on a.id = s.set_by
		where starts_with(s.key, ${PREFIX}) order by s.valid_from desc, s.key`.execute(db);
	return rows.map((row) => ({ ...row.value, category: row.key.slice(PREFIX.length), validFrom: row.valid_from, setBy: row.set_by }));
}

const inForce = (all: RetentionVersion[], at: Date): Map<string, RetentionVersion> =>
	new Map(
		all
			.filter((one) => one.validFrom <= at)
			.reverse()
			.map((one) => [one.category, one])
	);

/** Periods in force, by category; what nobody has set, or what was taken back, is not in it. */
export async function retentionOn(db: Db, at: Date): Promise<Map<string, RetentionVersion>> {
	return new Map([...inForce(await versions(db), at)].filter(([, one]) => one.kind !== 'unset'));
}

/** `5 tahun sejak pegawai berhenti`; null where no period is set. */
export function keptWords(period: Retention | undefined, locale: 'id' | 'en'): string | null {
	if (!period || period.kind === 'unset') return null;
	return sentence(`people_retention_${period.kind}`, { count: period.count ?? 0, from: period.from }, locale);
}

export interface RetentionRow {
	key: string;
	name: string;
	kept: string | null;
	/** The software itself ends it: nothing to set. */
	fixed: boolean;
	basis: string | null;
	since: Date | null;
}

/** All kinds of data with their period, and everything that was ever set. */
export async function retentionSheet(db: Db, actor: Actor, at: Date, locale: 'id' | 'en') {
	if (!mayAdminister(actor)) throw new NotFound('retention');
	const all = await versions(db);
	const current = inForce(all, at);
	const register = processingRegister();
	const rows = [...register.values()].map((entry): RetentionRow => {
		const period = current.get(entry.key);
		const counting = period?.kind === 'unset' ? undefined : period;
		return {
			key: entry.key,
			name: entry[`name_${locale}`],
			kept: entry[`kept_${locale}`] ?? keptWords(counting, locale),
			fixed: entry.kept_id !== null,
			basis: counting?.basis ?? null,
			since: counting?.validFrom ?? null
		};
	});
	const history = all.map((one) => ({
		name: register.get(one.category)?.[`name_${locale}`] ?? one.category,
		kept: keptWords(one, locale),
		basis: one.basis,
		validFrom: one.validFrom,
		setBy: one.setBy
	}));
	return { rows, history };
}

/**
 * The period of one kind of data from a day on; what was shown before that day is not changed.
 * @throws Refusal for a day that has passed, or a number of years or months without number or beginning
 */
export async function setRetention(
	db: Db,
	actor: Actor,
	at: Date,
	{ category, validFrom, ...period }: Retention & { category: string; validFrom: string }
): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('retention');
	if (processingRegister().get(category)?.kept_id !== null) throw new NotFound('category');
	const today = dayOf(at);
	if (validFrom < today) throw new Refusal('people_refusal_retention_past', { field: 'valid_from' });
	const counted = period.kind === 'years' || period.kind === 'months';
	if (counted && period.count === null) throw new Refusal('people_refusal_retention_count', { field: 'count' });
	if (counted && period.from === '') throw new Refusal('people_refusal_retention_from', { field: 'from' });
	const value: Retention = { ...period, count: counted ? period.count : null, from: counted ? period.from : '' };
	// from today on means from now on: what was shown this morning stays what was shown
	await setSetting(db, validFrom === today ? at : new Date(`${validFrom}T00:00:00+07:00`), PREFIX + category, value, actor.accountId);
	await audit(db, actor, at, 'people.set_retention', { type: 'data_category', id: category }, { ...value, valid_from: validFrom });
}
