/** "Data tentang saya": what all modules hold about one person, with purpose, basis and period, and the whole as a file. */
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import type { DataSubject, PersonalDataSource } from '#platform/personal-data.ts';
import { NotFound } from '#platform/refusal.ts';
import { processingRegister } from './processing-register.ts';
import { keptWords, retentionOn } from './retention.ts';

export interface HeldCategory {
	key: string;
	name: string;
	why: string;
	source: string;
	basis: string;
	/** Null: no period is set. */
	kept: string | null;
	/** By which decision, and since when; null where the software keeps the period or none is set. */
	keptBy: { basis: string; since: Date } | null;
	href: string | null;
	/** Rows held about this person. */
	count: number;
}

const subjectOf = (actor: Actor): DataSubject => {
	if (actor.accountId === null || actor.personId === null) throw new NotFound('account');
	return { accountId: actor.accountId, officerId: actor.officerId, personId: actor.personId };
};

/** Categories of which something is held about the one who asks. */
export async function dataHeld(
	db: Db,
	actor: Actor,
	at: Date,
	sources: PersonalDataSource[],
	locale: 'id' | 'en'
): Promise<HeldCategory[]> {
	const subject = subjectOf(actor);
	const register = processingRegister();
	const periods = await retentionOn(db, at);
	const held: HeldCategory[] = [];
	for (const source of sources) {
		const entry = register.get(source.key)!;
		const count = (await source.rows(db, subject, at)).length;
		if (count === 0) continue;
		const period = periods.get(source.key);
		held.push({
			key: source.key,
			name: entry[`name_${locale}`],
			why: entry[`why_${locale}`],
			source: entry[`source_${locale}`],
			basis: entry[`basis_${locale}`],
			kept: entry[`kept_${locale}`] ?? keptWords(period, locale),
			keptBy: period ? { basis: period.basis, since: period.validFrom } : null,
			href: entry.href?.replace('{officer}', actor.officerId ?? '') ?? null,
			count
		});
	}
	return held;
}

/** Everything held about the one who asks, as one JSON document; asking for it is kept in the trail. */
export async function exportOfMe(
	db: Db,
	actor: Actor,
	at: Date,
	sources: PersonalDataSource[],
	demo: boolean
): Promise<Record<string, unknown>> {
	const subject = subjectOf(actor);
	const register = processingRegister();
	const periods = await retentionOn(db, at);
	const categories = [];
	for (const source of sources) {
		const { key, name_id, why_id, source_id, basis_id, confidence, kept_id } = register.get(source.key)!;
		categories.push({
			key,
			name: name_id,
			purpose: why_id,
			source: source_id,
			basis: basis_id,
			confidence,
			kept: kept_id ?? keptWords(periods.get(key), 'id'),
			kept_basis: periods.get(key)?.basis ?? null,
			rows: await source.rows(db, subject, at)
		});
	}
	await audit(db, actor, at, 'people.own_data_exported', { type: 'account', id: subject.accountId });
	return { ...(demo ? { note: 'Data contoh' } : {}), person: actor.name, made_at: at, categories };
}
