/** A technical catalogue and standards of posts by import, the ratings of the year before, and an officer who aims at a next post. */
import {
	catalogueImport,
	chooseNextPost,
	competencies,
	competencyByCode,
	recordRatings,
	standardsImport
} from '../src/modules/competency/server/index.ts';
import { actorOfAccount } from '../src/modules/people/server/index.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { inTransaction } from '../src/platform/database/connection.ts';
import type { FileStore } from '../src/platform/files/files.ts';
import { createImport, importById, importJob, requestApply } from '../src/platform/imports/imports.ts';
import { CATALOGUE } from './catalogue.ts';
import { postRef } from './posts.ts';
import { seeded } from './random.ts';
import type { Stage } from './stage.ts';

/** What Ratna was seen to do a year ago, where it was less than today. */
const ROSE: Record<string, number> = { 'M.3': 1, 'M.5': 2, 'M.6': 2 };

/** Draws of its own: a story told later must not change what the earlier ones found. */
export async function tellOfCompetence(stage: Stage, files: FileStore, ratna: Actor): Promise<void> {
	await yearBefore(stage, ratna.officerId!);
	await bringIn(stage, files, catalogueImport.kind, 'katalog-kompetensi.csv', CATALOGUE);
	await bringIn(stage, files, standardsImport.kind, 'skj-perawat.csv', standards());
	await rateTechnical(stage);
	await stage.act((db) =>
		chooseNextPost(db, ratna, stage.day(-30), ratna.officerId!, { kind: 'post', ref: postRef('Perawat Ahli Madya') })
	);
}

/** What superiors saw a year ago, a little lower than today, and of fewer people. */
async function yearBefore(stage: Stage, ratna: string): Promise<void> {
	const random = seeded(77);
	const all = (await competencies(stage.db, stage.day(0))).filter((one) => one.category !== 'teknis');
	for (const [unit, superior] of stage.superiors) {
		const people = stage.province.officers
			.filter((officer) => officer.unit === unit && !officer.head)
			.map((officer) => stage.officerIds.get(officer.siasnId)!)
			.filter((officerId) => random.next() < 0.7 || officerId === ratna);
		const ratings = people.flatMap((officerId) =>
			all.map(({ id, code }) => ({
				officerId,
				competencyId: id,
				level: officerId === ratna ? (ROSE[code] ?? 3) : Math.min(5, Math.max(1, Math.round(1.3 + 0.6 * random.normal()))),
				source: 'superior' as const
			}))
		);
		if (ratings.length > 0) await stage.act((db) => recordRatings(db, superior, stage.day(-random.between(380, 410)), ratings));
	}
}

async function bringIn(stage: Stage, files: FileStore, kind: string, fileName: string, text: string): Promise<void> {
	const at = stage.day(-200);
	const { id } = await inTransaction(stage.db, (own) =>
		createImport(own, files, stage.administrator, at, { kind, fileName, bytes: Buffer.from(text) })
	);
	const work = importJob(stage.db, files, [catalogueImport, standardsImport], () => at, actorOfAccount);
	await work({ importId: id });
	await inTransaction(stage.db, (own) => requestApply(own, systemActor, at, id));
	await work({ importId: id });
	const done = await importById(stage.db, id);
	if (done.state !== 'applied' || (done.counts.refused ?? 0) > 0)
		throw new Error(`The demo's ${kind} did not come in: ${JSON.stringify(done)}`);
}

/** Nurses, and the post above theirs that nobody holds yet. */
function standards(): string {
	const sheets: [post: string, levels: Record<string, number>][] = [
		['Perawat Ahli Pertama', { 'M.3': 2, 'M.5': 3, 'T.KES.01': 2 }],
		['Perawat Ahli Muda', { 'M.3': 3, 'M.5': 3, 'T.KES.01': 3, 'T.KES.02': 2 }],
		['Perawat Ahli Madya', { 'M.2': 4, 'M.3': 4, 'M.5': 4, 'M.6': 4, 'M.8': 3, 'T.KES.01': 4, 'T.KES.02': 3 }]
	];
	return [
		'jabatan_id,nama_jabatan,kode_kompetensi,level,berlaku_mulai,dasar',
		...sheets.flatMap(([post, levels]) =>
			Object.entries(levels).map(
				([code, level]) => `${postRef(post)},${post},${code},${level},01-01-2026,Keputusan Gubernur Contoh 12/2025`
			)
		)
	].join('\n');
}

/** The head of the registration desk rated patient education; triage waits. */
async function rateTechnical(stage: Stage): Promise<void> {
	const random = seeded(78);
	const { id } = await competencyByCode(stage.db, 'T.KES.01');
	for (const unit of ['Loket Pendaftaran', 'Instalasi Rawat Jalan']) {
		const nurses = stage.province.officers.filter((officer) => officer.unit === unit && /^Perawat Ahli/.test(officer.post));
		const ratings = nurses.map((officer) => ({
			officerId: stage.officerIds.get(officer.siasnId)!,
			competencyId: id,
			level: random.between(1, 3),
			source: 'superior' as const
		}));
		const superior = stage.superiors.get(unit);
		if (superior) await stage.act((db) => recordRatings(db, superior, stage.day(-90), ratings));
	}
}
