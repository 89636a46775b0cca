/** Stories 1 to 3 and 5: the classes that were held. */
import { competencyByCode } from '../src/modules/competency/server/index.ts';
import { backClass, decideOffer, makeOffer, recordAgreement } from '../src/modules/partners/server/index.ts';
import { acknowledgeApproval, approveGoal, setGoal } from '../src/modules/planning/server/index.ts';
import { COMMUNICATION_LESSONS, COMMUNICATION_TEST, PROJECT_LESSONS, PROJECT_TEST, SERVICE_TEST } from './content.ts';
import { closeWindows, holdDraw, publishProgramme, rateBehaviour, takeTests, teach, writeTest, type Truth } from './programmes.ts';
import { asOfficer, dayText, officerNamed, staffOf, type Stage } from './stage.ts';

const alike: Pick<Truth, 'skill' | 'behaviour' | 'noise'> = {
	skill: (index) => 0.42 + ((index * 7) % 20) / 80,
	behaviour: (index) => 2.6 + ((index * 11) % 20) / 25,
	noise: 0.25
};

/** Story 1 and 2: the class stood behind by a university, finished and effective; the next one runs with Ratna in it. */
export async function nurseWhoExplains(stage: Stage, questionnaireId: string, universityId: string): Promise<void> {
	const ratna = await officerNamed(stage.db, 'RATNA DEWI');
	const testId = await writeTest(stage, stage.day(-390), 'Komunikasi di loket', 'M.3', 3, COMMUNICATION_TEST);
	const made = await publishProgramme(stage, stage.day(-385), {
		title: 'Komunikasi Pelayanan di Loket',
		competency: 'M.3',
		level: 3,
		summary: 'Menjelaskan hal yang sulit dengan kata yang dipakai warga di rumahnya.',
		method: 'Kasus dari loket, latihan berpasangan, umpan balik, pelajaran di ponsel.',
		testId,
		questionnaireId,
		lessons: COMMUNICATION_LESSONS,
		behaviourWindow: [30, 90]
	});
	const nurses = staffOf(stage, 'RSUD Contoh Siginjai', 'Rumah Sakit Jiwa Contoh').filter((id) => id !== ratna);
	const truth: Truth = { ...alike, learningGain: 0.3, behaviourGain: 0.95 };
	const starts = mondayNear(stage, -260);
	const first = await holdDraw(stage, {
		name: 'Angkatan 1',
		versionId: made.versionId,
		applicants: nurses.slice(0, 44),
		seats: 22,
		starts,
		place: 'Kampus Universitas Contoh Batanghari'
	});
	await stage.act(async (db) => {
		const at = stage.day(starts - 12);
		const agreement = await recordAgreement(db, stage.manager, stage.day(-395), universityId, {
			kind: 'pks',
			number: '012/PKS/CONTOH/2025',
			title: 'Pelatihan komunikasi pelayanan publik',
			signed_on: dayText(stage.day(-395)),
			valid_until: dayText(stage.day(300))
		});
		const offered = await makeOffer(db, stage.partner, stage.day(-394), universityId, {
			agreement_id: agreement.id,
			title: 'Lokakarya komunikasi di loket',
			competency_id: (await competencyByCode(db, 'M.3')).id,
			target_level: 3,
			seats: 60,
			hours: 24,
			value_rupiah: 90_000_000,
			description: 'Tiga hari bersama dosen komunikasi, dengan pemeran warga.',
			conflict_of_interest: ''
		});
		await decideOffer(db, stage.manager, stage.day(-393), offered.id, { decision: 'accepted', note: '' });
		await backClass(db, stage.manager, at, offered.id, { class_id: first, seats: 22 });
	});
	await takeTests(stage, first, 'before', stage.day(starts - 7), truth);
	await rateBehaviour(stage, first, 'before', stage.day(starts - 7), truth);
	await teach(stage, first, starts, 'end');
	await takeTests(stage, first, 'after', stage.day(starts + 10), truth);
	await rateBehaviour(stage, first, 'after', stage.day(starts + 60), truth);
	await closeWindows(stage, stage.day(starts + 100));

	const superior = stage.superiors.get('RSUD Contoh Siginjai')!;
	const goal = await stage.act(async (db) =>
		setGoal(db, asOfficer(ratna, 'RATNA DEWI'), stage.day(-50), {
			competencyId: (await competencyByCode(db, 'M.3')).id,
			targetLevel: 3,
			dueOn: dayText(stage.day(120)),
			reason: 'Pasien sering kembali karena belum paham langkah berikutnya.'
		})
	);
	const actual = stage.superiors.get('Loket Pendaftaran') ?? superior;
	await stage.act((db) => approveGoal(db, actual, stage.day(-48), goal.id));
	await stage.act((db) => acknowledgeApproval(db, asOfficer(ratna, 'RATNA DEWI'), stage.day(-47), goal.id));
	const next = mondayNear(stage, -2);
	const second = await holdDraw(stage, {
		name: 'Angkatan 2',
		versionId: made.versionId,
		applicants: [ratna, ...nurses.slice(44, 68)],
		certain: ratna,
		seats: 20,
		starts: next,
		place: 'RSUD Contoh Siginjai'
	});
	await takeTests(stage, second, 'before', stage.day(next - 5), truth);
	await teach(stage, second, next, 'half');
}

/** Story 5: shown to be too small to matter; the review opened by itself. */
export async function trainingThatDidNotWork(stage: Stage, questionnaireId: string): Promise<void> {
	const testId = await writeTest(stage, stage.day(-380), 'Pelayanan publik', 'M.5', 2, SERVICE_TEST);
	const made = await publishProgramme(stage, stage.day(-375), {
		title: 'Pelayanan Prima Dua Hari',
		competency: 'M.5',
		level: 2,
		summary: 'Ceramah tentang standar pelayanan.',
		method: 'Ceramah di aula.',
		testId,
		questionnaireId,
		lessons: [],
		behaviourWindow: [30, 90]
	});
	const starts = mondayNear(stage, -200);
	const clerks = staffOf(
		stage,
		'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu',
		'Dinas Sosial, Kependudukan dan Pencatatan Sipil',
		'Badan Pendapatan Daerah'
	);
	const truth: Truth = { ...alike, learningGain: 0.02, behaviourGain: 0.0, noise: 0.12 };
	const held = await holdDraw(stage, {
		name: 'Angkatan 1',
		versionId: made.versionId,
		applicants: clerks.slice(0, 70),
		seats: 35,
		starts,
		place: 'Aula BPSDM'
	});
	await takeTests(stage, held, 'before', stage.day(starts - 7), truth);
	await rateBehaviour(stage, held, 'before', stage.day(starts - 7), truth);
	await teach(stage, held, starts, 'end');
	await takeTests(stage, held, 'after', stage.day(starts + 10), truth);
	await rateBehaviour(stage, held, 'after', stage.day(starts + 60), truth);
	await closeWindows(stage, stage.day(starts + 100));
}

/** Story 3: Pak Bujang is half-way; a class of leadership is open for application. */
export async function officerUpTheRiver(stage: Stage, questionnaireId: string): Promise<void> {
	const testId = await writeTest(stage, stage.day(-60), 'Manajemen proyek di lapangan', 'M.4', 2, PROJECT_TEST);
	const made = await publishProgramme(stage, stage.day(-58), {
		title: 'Manajemen Proyek di Lapangan',
		competency: 'M.4',
		level: 2,
		summary: 'Menyepakati hasil, menjaga risiko, dan melapor dari tempat tanpa sinyal.',
		method: 'Pelajaran di ponsel dan tiga hari bersama pendamping.',
		testId,
		questionnaireId,
		lessons: PROJECT_LESSONS,
		behaviourWindow: [90, 180]
	});
	const starts = mondayNear(stage, -2);
	const bujang = await officerNamed(stage.db, 'BUJANG RIMBO');
	const field = staffOf(stage, 'Dinas Kehutanan', 'Dinas Komunikasi dan Informatika', 'Dinas Pendidikan').filter((id) => id !== bujang);
	const truth: Truth = { ...alike, learningGain: 0.2, behaviourGain: 0.4 };
	// seats for all who applied: nobody waits, and the page says that there will be no comparison
	const held = await holdDraw(stage, {
		name: 'Angkatan Batang Asai',
		versionId: made.versionId,
		applicants: [bujang, ...field.slice(0, 15)],
		seats: 16,
		starts,
		place: 'UPTD KPHP Batang Asai dan daring'
	});
	await takeTests(stage, held, 'before', stage.day(starts - 5), truth);
	await teach(stage, held, starts, 'half');
}

/** A Monday close to so many days from now, as an offset in days. */
function mondayNear(stage: Stage, offset: number): number {
	for (let shift = 0; ; shift++) if (stage.day(offset - shift, 12).getUTCDay() === 1) return offset - shift;
}
