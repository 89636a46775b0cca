import { numberText } from '#statistics';
import type { CompletePlan, EvaluationResult, Reason, Warning } from '#statistics';
import { balanceDrawing, beforeAfterDrawing, escape, flowDrawing, rulerDrawing } from './evaluate-drawings.ts';
import type { Tone } from './evaluate-drawings.ts';

/** The effect card as one HTML file: one sentence, one picture, one next step; the rest folded. No script, no network. */
export function effectCard(plan: CompletePlan, r: EvaluationResult): string {
	const look = lookOf(plan, r);
	const outcome = escape(plan.outcomeName.id);
	return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kartu pengaruh: ${outcome}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="over">Kartu pengaruh · ${outcome}</p>
<h1 class="verdict ${look.tone}"><span aria-hidden="true">${look.sign}</span> ${look.word}</h1>
<p class="sentence">${escape(r.sentence.id)}</p>
${rulerDrawing(plan, r, look.tone)}
<p class="next"><strong>Langkah berikutnya.</strong> ${nextStep(r)}</p>
${warnings(r)}
<details open><summary>Sebelum dan sesudah, dan alur orang</summary>${beforeAfterDrawing(plan, r)}${flowDrawing(r)}</details>
${r.balance.length > 0 ? `<details><summary>Setarakah kedua kelompok sebelum pelatihan?</summary>${balanceDrawing(r.balance)}</details>` : ''}
${beside(plan, r)}
<details><summary>Cara menghitung</summary>${method(plan, r)}</details>
<details><summary lang="en">In English</summary><p lang="en">${escape(r.sentence.en)}</p></details>
</main>
</body>
</html>
`;
}

function lookOf(plan: CompletePlan, r: EvaluationResult): { word: string; sign: string; tone: Tone } {
	const up = plan.direction === 'higher';
	switch (r.verdict) {
		case 'EFFECTIVE':
			if (r.qualifier === 'TOO_SMALL_TO_MATTER') return { word: `${up ? 'Naik' : 'Turun'}, tetapi terlalu kecil`, sign: '−', tone: 'open' };
			return {
				word: `Terbukti ${up ? 'menaikkan' : 'menurunkan'}${r.qualifier === 'LARGE_ENOUGH_CERTAIN' ? ', cukup besar' : ''}`,
				sign: up ? '↑' : '↓',
				tone: 'good'
			};
		case 'HARMFUL':
			return { word: up ? 'Menurunkan' : 'Menaikkan', sign: up ? '↓' : '↑', tone: 'bad' };
		case 'NO_MEANINGFUL_EFFECT':
			return { word: 'Tidak berarti', sign: '=', tone: 'null' };
		case 'INCONCLUSIVE':
			return { word: 'Belum dapat disimpulkan', sign: '↔', tone: 'open' };
		case 'NO_CAUSAL_VERDICT':
			return { word: 'Bukan bukti pengaruh', sign: '◦', tone: 'null' };
		case 'NOT_ENOUGH_DATA':
			return { word: 'Belum dapat dihitung', sign: '…', tone: 'null' };
	}
}

function nextStep(r: EvaluationResult): string {
	if (r.verdict === 'HARMFUL') return 'Tunda angkatan berikutnya dan periksa penyebabnya sekarang.';
	if (r.verdict === 'NO_MEANINGFUL_EFFECT' || r.qualifier === 'TOO_SMALL_TO_MATTER')
		return 'Tinjau materi, metode, pengajar, dan kecocokan dengan kebutuhan; lalu ukur lagi.';
	if (r.verdict === 'EFFECTIVE') return 'Lanjutkan, dan ukur lagi pada angkatan berikutnya.';
	if (r.verdict === 'INCONCLUSIVE' && r.moreNeeded) return 'Kumpulkan data sebanyak yang disebut di atas, dan periksa pelaksanaannya.';
	if (r.verdict === 'INCONCLUSIVE')
		return 'Gunakan undian pada angkatan berikutnya supaya jawabannya tidak bergantung pada cara menghitung.';
	if (r.verdict === 'NO_CAUSAL_VERDICT')
		return 'Siapkan kelompok pembanding yang setara, sebaiknya dengan undian, sebelum angkatan berikutnya.';
	return 'Lengkapi data, lalu hitung lagi.';
}

const EXPLAINED: Partial<Record<Warning | Reason, string>> = {
	NO_COMPARISON_GROUP: 'Tidak ada kelompok pembanding.',
	REGRESSION_TO_MEAN_RISK: 'Peserta dipilih karena nilai awalnya rendah; sebagian kenaikan akan terjadi tanpa pelatihan.',
	NO_OUTCOME_VARIANCE: 'Semua nilai hasil sama.',
	NO_OVERLAP: 'Peserta dan pembanding terlalu berbeda.',
	CONFOUNDED_BY_UNIT: 'Satu kelompok hanya berasal dari satu unit.',
	CLUSTERED_ASSIGNMENT: 'Yang ditetapkan adalah unit, bukan orang; ketidakpastian dihitung per unit.',
	SMALL_COHORT: 'Ada angkatan dengan kurang dari 5 unit.',
	CEILING_EFFECT: 'Lebih dari 15% nilai sudah paling tinggi; kenaikan bisa tidak terlihat.',
	CONTAMINATION: 'Lebih dari 10% pembanding mengikuti pelatihan ini atau yang setara.',
	HIGH_ATTRITION: 'Terlalu banyak hasil yang hilang, atau hilangnya tidak merata.',
	BASELINE_NOT_EQUIVALENT: 'Kedua kelompok sudah berbeda sebelum pelatihan.',
	BASELINE_NEEDS_ADJUSTMENT: 'Ada perbedaan kecil sebelum pelatihan; perhitungan menyesuaikannya.',
	QED_UNMEASURED_CONFOUNDING: 'Tanpa undian, hal yang tidak diukur dapat membedakan kedua kelompok.',
	NOT_ROBUST: 'Cara menghitung lain memberi jawaban yang berbeda.',
	HARM_ALERT: 'Hasilnya mengarah ke penurunan: perlu diperiksa.',
	LOW_RELIABILITY: 'Alat ukurnya kurang andal.',
	OUTSIDE_WINDOW: 'Sebagian hasil diukur di luar jendela waktu dan tidak dipakai.',
	PRE_TRENDS: 'Kedua kelompok sudah bergerak berbeda sebelum pelatihan.'
};

function warnings(r: EvaluationResult): string {
	const lines = [...new Set([...r.reasons, ...r.warnings])].flatMap((code) => (EXPLAINED[code] ? [`<li>${EXPLAINED[code]}</li>`] : []));
	return lines.length === 0 ? '' : `<details open><summary>Yang perlu diingat</summary><ul>${lines.join('')}</ul></details>`;
}

const BESIDE_NAMES: Record<string, string> = {
	unadjusted_difference: 'Selisih tanpa penyesuaian',
	complier_effect: 'Pengaruh pada yang hadir karena ditetapkan',
	lee_lower_bound: 'Batas bawah bila yang hilang diperhitungkan',
	lee_upper_bound: 'Batas atas bila yang hilang diperhitungkan',
	change_score_did: 'Selisih perubahan',
	ipw_att: 'Pembobotan kecenderungan',
	aipw_att: 'Pembobotan dan regresi',
	matching_att: 'Pemadanan',
	event_study_overall: 'Rata-rata menurut lama sejak mulai',
	simple_aggregate: 'Rata-rata semua periode',
	two_way_fixed_effects: 'Efek tetap dua arah (pembanding, bisa menyesatkan)',
	interval_t: 'Selang menurut distribusi t',
	interval_permutation: 'Selang menurut pengacakan ulang unit',
	interval_wild_cluster_bootstrap: 'Selang menurut bootstrap per unit',
	after_only_difference: 'Selisih sesudah saja',
	regression_to_mean_expected: 'Kenaikan yang diperkirakan terjadi tanpa pelatihan'
};

function beside(plan: CompletePlan, r: EvaluationResult): string {
	if (r.beside.length === 0) return '';
	const n = (v: number) => numberText(v, plan.delta, 'id');
	const rows = r.beside.map(
		(b) =>
			`<tr><th scope="row">${escape(BESIDE_NAMES[b.name] ?? b.name)}</th><td>${n(b.estimate)}</td><td>${b.ci95 ? `${n(b.ci95[0])} sampai ${n(b.ci95[1])}` : '–'}</td></tr>`
	);
	return `<details><summary>Menurut cara lain</summary><table><thead><tr><th scope="col">Cara</th><th scope="col">Angka</th><th scope="col">Kemungkinan besar</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

const RATINGS = { MEETS_WITHOUT_RESERVATIONS: 'Kuat', MEETS_WITH_RESERVATIONS: 'Cukup', DOES_NOT_MEET: 'Lemah' };

function method(plan: CompletePlan, r: EvaluationResult): string {
	const n = (v: number | null, digits = plan.delta) => (v === null ? '–' : numberText(v, digits, 'id'));
	const facts: [string, string][] = [
		['Rancangan', r.class],
		['Mutu bukti (memakai batas WWC, bukan penilaian WWC)', r.rating ? RATINGS[r.rating] : '–'],
		['Penaksir', r.estimator ?? '–'],
		['Galat baku; derajat bebas', `${n(r.se)}; ${n(r.df, 1)}`],
		['Batas yang berarti', n(plan.delta)],
		['Pengaruh terkecil yang dapat terlihat', n(r.mde)],
		['Ukuran pengaruh baku', r.effectSize ? `${n(r.effectSize.estimate, 0.1)} (${r.effectSize.name})` : '–'],
		['Mesin; benih; ulangan', `${r.engineVersion}; ${r.seed}; ${r.draws}`],
		['Sidik rencana', `<code>${r.planHash}</code>`],
		['Sidik data', `<code>${r.dataHash}</code>`]
	];
	return `<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

/** The palette of the product, light and dark by the reader's setting. */
const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(oklch(.977 .009 88),oklch(.192 .026 268));--surface:light-dark(oklch(.995 .004 88),oklch(.232 .031 268));--line:light-dark(oklch(.875 .017 84),oklch(.345 .032 268));--line-strong:light-dark(oklch(.6 .022 84),oklch(.6 .03 268));--ink:light-dark(oklch(.255 .042 268),oklch(.945 .012 88));--ink-muted:light-dark(oklch(.445 .03 268),oklch(.775 .018 88));--positive:light-dark(oklch(.42 .085 168),oklch(.81 .1 168));--caution:light-dark(oklch(.45 .095 70),oklch(.85 .115 84));--danger:light-dark(oklch(.455 .155 26),oklch(.79 .115 26));--effect-good:light-dark(oklch(.465 .1 245),oklch(.76 .09 238));--effect-null:light-dark(oklch(.47 .022 268),oklch(.76 .018 268));--effect-open:light-dark(oklch(.56 .115 70),oklch(.82 .12 84));--effect-bad:light-dark(oklch(.485 .145 28),oklch(.73 .125 28));--effect-band:light-dark(oklch(.915 .02 88),oklch(.315 .025 268));--arm-program:var(--effect-good);--arm-compare:light-dark(oklch(.52 .022 268),oklch(.72 .018 268));--focus:light-dark(oklch(.4 .125 266),oklch(.83 .125 84))}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-inline-size:44rem;margin:2rem auto;padding:1.5rem clamp(1rem,4vw,2.5rem);background:var(--surface);border:1px solid var(--line);border-radius:12px}
.over{margin:0;color:var(--ink-muted);font-size:.875rem}
h1{margin:.5rem 0;font:600 clamp(1.5rem,1.3rem + 1vw,1.94rem)/1.2 ui-serif,Charter,Cambria,"Noto Serif",Georgia,serif}
.good{color:var(--effect-good)}.bad{color:var(--effect-bad)}.open{color:var(--caution)}.null{color:var(--effect-null)}
.sentence{font:400 1.3rem/1.5 ui-serif,Charter,Cambria,"Noto Serif",Georgia,serif;max-inline-size:38rem}
.next{border-inline-start:4px solid var(--effect-open);padding-inline-start:1rem}
details{border-block-start:1px solid var(--line);padding-block:.75rem}
summary{cursor:pointer;min-block-size:2.75rem;display:flex;align-items:center;font-weight:600}
summary::before{content:"▸ ";inline-size:1.25rem}details[open]>summary::before{content:"▾ "}
summary:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
table{border-collapse:collapse;inline-size:100%}th,td{padding:.4rem .5rem;text-align:start;border-block-end:1px solid var(--line);font-variant-numeric:tabular-nums}tbody th{font-weight:400}
dl div{display:grid;grid-template-columns:minmax(9rem,2fr) 3fr;gap:.5rem;padding-block:.25rem}dt{color:var(--ink-muted)}dd{margin:0;overflow-wrap:anywhere}
.chart{display:block;inline-size:100%;overflow:visible;font:400 13px system-ui,sans-serif;margin-block:1rem}
.chart text{fill:var(--ink-muted)}.chart .strong{fill:var(--ink);font-weight:650}.chart .name{fill:var(--ink)}.axis{stroke:var(--line-strong)}.grid{stroke:var(--line-strong)}.zero{stroke:var(--ink);stroke-width:2}.limit{stroke:var(--ink-muted);stroke-dasharray:4 3}.halo{paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}.m{text-anchor:middle}.e{text-anchor:end}.dot{stroke:var(--surface);stroke-width:2}.hollow{fill:var(--surface);stroke-width:2.5}
@media print{:root{color-scheme:light}main{border:0;margin:0}}
`;
