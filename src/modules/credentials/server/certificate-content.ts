import { sql } from 'kysely';
import { classById, completion, programmeVersion } from '#modules/catalogue/server/index.ts';
import { officerCard } from '#modules/people/server/index.ts';
import type { Db } from '#platform/database/connection.ts';
import { setting } from '#platform/settings.ts';

/** Everything that is printed, frozen at issue: a renamed unit or programme changes no paper. */
export interface CertificateContent {
	name: string;
	nip: string | null;
	post: string | null;
	unit: string | null;
	title: string;
	className: string;
	place: string;
	startsOn: string;
	endsOn: string;
	daysAttended: number;
	days: number;
	jp: number;
	formName: string;
	competency: string;
	level: number;
	government: string;
	institution: string;
	city: string;
	signer: string;
	/** Lessons with their JP; without a course, the days attended. */
	curriculum: { title: string; jp: number | null }[];
}

/** Who issues, as the government set it (`credentials.issuer`). */
interface Issuer {
	government?: string;
	institution?: string;
	city?: string;
	/** Office of who signs, and the name where it is known. */
	signer?: string;
}

/** The entry of the JP ledger must be there: the JP on paper is the JP credited. */
export async function certificateContent(
	db: Db,
	at: Date,
	completionId: string
): Promise<{ officerId: string; content: CertificateContent }> {
	const done = await completion(db, completionId);
	const card = await officerCard(db, done.officer_id);
	const held = await classById(db, done.class_id);
	const version = await programmeVersion(db, held.programme_version_id);
	const entry = (
		await sql<{
			jp: number;
			form: string;
		}>`select jp, reason->>'formNameId' as form from credentials.jp_entries where completion_id = ${completionId}`.execute(db)
	).rows[0];
	if (!entry) throw new Error(`Completion ${completionId} has no JP entry yet`);
	const names = (
		await sql<{
			government: string;
			competency: string;
		}>`select (select name from people.governments where id = ${card.government_id}) as government,
			(select name_id from competency.competencies where id = ${version.competency_id}) as competency`.execute(db)
	).rows[0]!;
	const issuer = (await setting<Issuer>(db, at, 'credentials.issuer')) ?? {};
	return {
		officerId: done.officer_id,
		content: {
			name: card.display_name,
			nip: card.nip,
			post: card.post_name,
			unit: card.unit_name,
			title: version.title,
			className: held.name,
			place: held.place,
			startsOn: held.starts_on,
			endsOn: held.ends_on,
			daysAttended: done.days_attended,
			days: done.reasons.days,
			jp: entry.jp,
			formName: entry.form,
			competency: names.competency,
			level: version.target_level,
			government: issuer.government ?? names.government,
			institution: issuer.institution ?? 'Badan Pengembangan Sumber Daya Manusia',
			city: issuer.city ?? '',
			signer: issuer.signer ?? '',
			curriculum: await curriculum(db, version.id)
		}
	};
}

/** 1 JP = 45 minutes of learning (lan.go.id). */
const MINUTES_PER_JP = 45;

async function curriculum(db: Db, versionId: string): Promise<CertificateContent['curriculum']> {
	const { rows } = await sql<{
		title: string;
		minutes: number;
	}>`select l.title, l.minutes from learning.lessons l join learning.courses c on c.id = l.course_id
		where c.programme_version_id = ${versionId} and l.published_at is not null order by l.position`.execute(db);
	return rows.map((lesson) => ({ title: lesson.title, jp: Math.round((lesson.minutes / MINUTES_PER_JP) * 100) / 100 }));
}
