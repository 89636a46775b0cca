/** All form actions: those that make something, with what to type, and the others, with why they need no trial. */
export const DAY = 86_400_000;
const dayText = (days: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(Date.now() + days * DAY);

type Fields = Record<string, string> | [string, string][];

interface Form {
	/** Route and action, as in the policies. */
	act: string;
	role: string;
	name?: string;
	/** Page that shows the form; `{name}` is an id that an earlier form made or the demo holds. */
	page: string;
	fields: Fields;
	/** Held to one fact by the rows themselves, without a key. */
	keyless?: boolean;
	/** Counts the facts. */
	count: string;
	/** How many facts one sending makes; 1 where nothing else is said. */
	makes?: number;
	/** Keeps the id at the end of the answer's address under this name. */
	keep?: string;
	/** Moves the clock first, so many days on. */
	days?: number;
}

const programme = { summary: 'Ringkas', method: 'Latihan', formCode: 'KL01', programmeJp: '10', days: '2' };
const question: [string, string][] = [
	['stem', 'Manakah yang benar?'],
	['option[]', 'Ini'],
	['option[]', 'Itu'],
	['correct[]', '0'],
	['explanation', '']
];

/** In this order: later ones stand on what earlier ones made. */
export const FORMS: Form[] = [
	{
		act: '/akun/baru default',
		role: 'administrator',
		page: '/akun/baru',
		fields: { name: 'Orang Baru', email: 'baru@contoh.example', role: 'trainer' },
		count: 'people.accounts',
		keep: 'account'
	},
	{ act: '/akun/[id] grant', role: 'administrator', page: '/akun/{account}', fields: { role: 'leadership' }, count: 'people.role_grants' },
	{ act: '/akun/[id] invite', role: 'administrator', page: '/akun/{account}', fields: {}, count: 'people.invitations' },
	{
		act: '/akun/masa-simpan default',
		role: 'administrator',
		page: '/akun/masa-simpan',
		fields: {
			category: 'people.posts',
			kind: 'years',
			count: '5',
			from: 'pegawai berhenti',
			basis: 'Keputusan uji',
			valid_from: dayText(30)
		},
		count: 'platform.settings'
	},
	{
		act: '/saya/data correct',
		role: 'learner',
		page: '/saya/data',
		fields: { category: 'people.posts', wrong: 'Jabatan saya lain.' },
		count: 'people.correction_requests'
	},
	{
		act: '/akun/undang default',
		role: 'administrator',
		page: '/akun/undang',
		fields: [
			['officers[]', '{uninvited}'],
			['scope', 'own']
		],
		count: 'people.accounts'
	},
	{
		act: '/kuesioner/baru default',
		role: 'programme_manager',
		page: '/kuesioner/baru',
		fields: { title_id: 'Perilaku', items_id: 'Menyapa\nMenjelaskan\nMenutup\nMencatat' },
		count: 'surveys.questionnaires'
	},
	{
		act: '/penilaian-360/baru default',
		role: 'programme_manager',
		page: '/penilaian-360/baru?unit={feedbackUnit}',
		fields: [
			['title', 'Putaran baru'],
			['unit_id', '{feedbackUnit}'],
			['officers[]', '{feedbackOfficer}'],
			['competencies[]', '{competency}'],
			['opens_on', dayText(1)],
			['due_on', dayText(14)]
		],
		count: 'surveys.feedback_rounds'
	},
	{
		act: '/layanan/baru default',
		role: 'programme_manager',
		page: '/layanan/baru',
		fields: { unit_id: '{unit}', name: 'Loket Baru', service_name: 'Izin' },
		count: 'service.service_units'
	},
	{
		act: '/mitra/baru default',
		role: 'programme_manager',
		page: '/mitra/baru',
		fields: { kind: 'ngo', name: 'Yayasan Baru', city: 'Jambi', contact_email: '' },
		count: 'people.organisations',
		keep: 'organisation'
	},
	{
		act: '/mitra/[id]/perjanjian-baru default',
		role: 'programme_manager',
		page: '/mitra/{organisation}/perjanjian-baru',
		fields: { kind: 'pks', number: '1/PKS', title: 'Kerja sama', signed_on: dayText(-9), valid_until: dayText(300) },
		count: 'partners.agreements'
	},
	{
		act: '/mitra/[id]/tawaran-baru default',
		role: 'programme_manager',
		page: '/mitra/{organisation}/tawaran-baru',
		fields: {
			agreement_id: '{agreement}',
			title: 'Lokakarya',
			competency_id: '{competency}',
			target_level: '3',
			seats: '30',
			hours: '8',
			value_rupiah: '0',
			description: 'Sehari.',
			conflict_of_interest: ''
		},
		count: 'partners.offers',
		keep: 'offer'
	},
	{
		act: '/mitra/tawaran/[id] decide',
		role: 'programme_manager',
		page: '/mitra/tawaran/{offer}',
		fields: { decision: 'accepted', note: '' },
		count: 'partners.offer_decisions'
	},
	{
		act: '/program/baru default',
		role: 'programme_manager',
		page: '/program/baru',
		fields: { title: 'Program Baru', competencyId: '{competency}', targetLevel: '3', ...programme },
		count: 'catalogue.programmes',
		keep: 'draft'
	},
	{
		act: '/program/[id]/versi/[versionId]/rencana-evaluasi save',
		role: 'programme_manager',
		page: '/program/{draftProgramme}/versi/{draft}/rencana-evaluasi',
		fields: { design: 'none', waiver_reason: 'Uji coba', owner_account_id: '{manager}' },
		count: 'evaluation.plans'
	},
	{
		act: '/materi/[versionId]/baru default',
		role: 'trainer',
		page: '/materi/{draft}/baru',
		fields: { title: 'Pelajaran', minutes: '10', body_markdown: 'Isi.' },
		count: 'learning.lessons',
		keep: 'lesson'
	},
	{
		act: '/materi/[versionId]/[lessonId] add',
		role: 'trainer',
		page: '/materi/{draft}/{lesson}',
		fields: question,
		count: 'assessment.questions'
	},
	{
		act: '/soal/baru default',
		role: 'trainer',
		page: '/soal/baru',
		fields: { title: 'Tes Baru', competency_id: '{competency}', target_level: '3' },
		count: 'assessment.tests',
		keep: 'test'
	},
	{ act: '/soal/[id] add', role: 'trainer', page: '/soal/{test}', fields: question, count: 'assessment.questions' },
	{ act: '/soal/[id] next', role: 'trainer', page: '/soal/{publishedTest}', keyless: true, fields: {}, count: 'assessment.tests' },
	{
		act: '/program/[id]/versi default',
		role: 'programme_manager',
		page: '/program/{otherProgramme}/versi',
		fields: { changeReason: 'Bahan baru' },
		count: 'catalogue.programme_versions'
	},
	{
		act: '/program/[id]/versi/[versionId]/kelas-baru default',
		role: 'programme_manager',
		page: '/program/{published}/versi/{publishedVersion}/kelas-baru',
		fields: {
			name: 'Angkatan Uji',
			seats: '10',
			place: 'Aula',
			opensOn: dayText(0),
			closesOn: dayText(1),
			startsOn: dayText(20),
			endsOn: dayText(22)
		},
		count: 'catalogue.classes',
		keep: 'class'
	},
	{ act: '/kelas/[id] apply', role: 'learner', name: 'RATNA', page: '/kelas/{class}', fields: {}, count: 'catalogue.applications' },
	{
		act: '/kelas/[id] nominate',
		role: 'programme_manager',
		page: '/kelas/{class}',
		fields: [
			['officerIds[]', '{uninvited}'],
			['officerIds[]', '{other}']
		],
		count: 'catalogue.applications',
		makes: 2
	},
	{
		act: '/mitra/tawaran/[id] back',
		role: 'programme_manager',
		page: '/mitra/tawaran/{offer}',
		fields: { class_id: '{class}', seats: '5' },
		count: 'partners.class_backings'
	},
	{
		act: '/kompetensi/[code] default',
		role: 'learner',
		name: 'BUJANG',
		page: '/kompetensi/M.2',
		fields: { level: '2', note: '' },
		count: 'competency.ratings'
	},
	{
		act: '/kompetensi/jabatan-tujuan default',
		role: 'learner',
		name: 'BUJANG',
		page: '/kompetensi/jabatan-tujuan',
		fields: { kind: 'rung', ref: 'ahli_muda' },
		count: 'competency.next_posts'
	},
	{
		act: '/orang/[id]/jabatan-tujuan default',
		role: 'superior',
		page: '/orang/{subordinate}/jabatan-tujuan?jenjang=ahli_madya',
		fields: { kind: 'rung', ref: 'ahli_madya' },
		count: 'competency.next_posts'
	},
	{
		act: '/sasaran/baru default',
		role: 'learner',
		name: 'BUJANG',
		page: '/sasaran/baru?kompetensi={gapCode}',
		fields: { competency_id: '{gap}', target_level: '{gapLevel}', due_on: dayText(90), reason: '' },
		count: 'planning.goals'
	},
	{
		act: '/tim/nilai default',
		role: 'superior',
		page: '/tim/nilai?kompetensi=M.2',
		fields: [
			['competency_id', '{competencyTwo}'],
			['level_{subordinate}', '3']
		],
		count: 'competency.ratings'
	},
	{
		act: '/standar/masa-berlaku default',
		role: 'administrator',
		page: '/standar/masa-berlaku',
		fields: { source: 'self', months: '7', valid_from: dayText(30), basis: 'Keputusan uji' },
		count: 'competency.validity_rules'
	},
	{
		act: '/standar/bobot-sumber default',
		role: 'administrator',
		page: '/standar/bobot-sumber',
		fields: {
			weight_assessment_centre: '6',
			weight_test: '5',
			weight_superior: '4',
			weight_peer: '2',
			weight_subordinate: '2',
			weight_self: '1',
			valid_from: dayText(30),
			basis: 'Keputusan uji'
		},
		count: 'competency.source_weights',
		makes: 6
	},
	{
		act: '/standar/jabatan/[ref] set',
		role: 'administrator',
		page: '/standar/jabatan/{post}',
		fields: [
			['valid_from', dayText(1)],
			['basis', 'Keputusan uji'],
			['level_{competency}', '3']
		],
		count: 'competency.standards'
	},
	{
		act: '/sertifikat/[id] default',
		role: 'programme_manager',
		page: '/sertifikat/{certificate}',
		fields: { reason: 'Salah nama' },
		count: 'credentials.certificate_revocations'
	},
	{
		act: '/tinjauan/[id] diagnose',
		role: 'programme_manager',
		page: '/tinjauan/{review}',
		fields: { link: 'method', note: 'Ceramah saja' },
		count: 'evaluation.review_steps'
	},
	{
		act: '/tinjauan/[id] version',
		role: 'programme_manager',
		page: '/tinjauan/{review}',
		fields: { change_reason: 'Latihan, bukan ceramah' },
		count: 'catalogue.programme_versions'
	},
	{
		act: '/belajar/[enrolmentId]/[lessonId] answer',
		role: 'learner',
		name: 'BUJANG',
		page: '/belajar/{enrolment}/{practiceLesson}',
		fields: [
			['question', '{practiceQuestion}'],
			['option', '{practiceOption}']
		],
		count: 'learning.practice_answers'
	},
	{
		act: '/kelas/[id]/hadir default',
		role: 'trainer',
		page: '/kelas/{running}/hadir',
		fields: [
			['sessionId', '{session}'],
			['present[]', '{seat}']
		],
		count: 'catalogue.attendance_marks',
		makes: 20,
		days: 7
	},
	{
		act: '/kelas/[id]/undian default',
		role: 'programme_manager',
		page: '/kelas/{class}/undian',
		fields: {},
		count: 'catalogue.draws',
		days: 7
	}
];

/** Actions that make nothing twice, each with the reason. */
export const OTHERS: Record<string, string> = {
	'/akun/[id] end': 'a grant ends once',
	'/akun/[id] reset': 'the button of invite, with the same key',
	'/akun/[id] disable': 'a state',
	'/akun/[id] enable': 'a state',
	'/akun/[id] secondstep': 'a state',
	'/akun/koreksi/[id] default': 'one answer by request, with a key',
	'/belajar/[enrolmentId]/[lessonId] finish': 'a state; the first moment counts',
	'/impor default': 'the key is tried by the kill test, whose files it keeps apart',
	'/impor/[id] apply': 'a state',
	'/impor/[id] undo': 'a state',
	'/kelas/[id] withdraw': 'a state',
	'/kelas/[id] acknowledge': 'a state',
	'/kelas/[id] release': 'a state, with the key of apply',
	'/kelas/[id] revoke': 'a state',
	'/kelas/[id]/selesai default': 'pressed again and again by the kill test',
	'/kompetensi read': 'a state',
	'/keluar default': 'ends a session',
	'/komponen default': 'development only',
	'/lupa default': 'counted by the rate limit; the newest link counts',
	'/masuk default': 'a session each, as wanted',
	'/masuk/kode default': 'a code opens one session',
	'/materi/[versionId]/[lessonId] edit': 'the same words again',
	'/materi/[versionId]/[lessonId] remove': 'gone is gone',
	'/materi/[versionId]/[lessonId] publish': 'a state',
	'/penilaian/[roundId] default': 'one answer by assignment and item',
	'/penilaian-360/[id] default': 'a state, with a key',
	'/penilaian-360/[id]/hapus default': 'gone is gone',
	'/penilaian-360/[id]/orang/[officerId] default': 'the same raters again',
	'/periksa default': 'only looks',
	'/program/[id]/pengaruh analyse': 'one analysis by plan and data',
	'/program/[id]/versi/[versionId] save': 'the same words again',
	'/program/[id]/versi/[versionId] publish': 'a state',
	'/program/[id]/versi/[versionId]/rencana-evaluasi check': 'only computes',
	'/rekan/[roundId]/[requestId] default': 'one answer by request and competency',
	'/rekan/[roundId]/[requestId]/simpan POST': 'the last answer counts',
	'/sasaran/[id] acknowledge': 'a state',
	'/sasaran/[id] withdraw': 'a state, with a key',
	'/saya display': 'a state',
	'/saya/data read': 'a state',
	'/saya/keamanan begin': 'the newest secret counts',
	'/saya/keamanan confirm': 'a state',
	'/saya/keamanan codes': 'the newest codes count',
	'/saya/keamanan off': 'a state',
	'/saya password': 'the second knows no current password',
	'/saya session': 'ends a session',
	'/saya others': 'ends sessions',
	'/siapkan default': 'one set-up by lock and key, see accounts.test.ts',
	'/soal/[id] remove': 'gone is gone',
	'/soal/[id] publish': 'a state',
	'/standar/jabatan/[ref] end': 'a state, with a key',
	'/standar/jenjang/[rung] default': 'the command of the standard of a post',
	'/tampilan POST': 'a state',
	'/tes/[sittingId] default': 'one hand-in by sitting, see the kill test',
	'/tes/[sittingId]/simpan POST': 'the last answer counts',
	'/tim/sasaran/[id] approve': 'one decision by goal, with a key',
	'/tim/sasaran/[id] return': 'one decision by goal, with a key',
	'/tinjauan/[id] handover': 'through the same door as diagnose',
	'/tinjauan/[id] close': 'closed once',
	'/undangan/[token] default': 'a link works once',
	'/skm/[code] default': 'below: the citizen has a key of another name'
};
