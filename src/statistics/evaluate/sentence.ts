import type { Bilingual, CompletePlan } from './plan.ts';
import type { EvaluationResult, Reason } from './result.ts';

/** Numbers for people: decimals follow the size of delta, comma in Indonesian, a true minus sign. */
export function numberText(value: number, delta: number, language: 'id' | 'en'): string {
	const digits = delta >= 100 ? 0 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(delta))));
	const text = Math.abs(value).toFixed(digits);
	const negative = value < 0 && Number(text) !== 0;
	const [whole, fraction] = text.split('.') as [string, string | undefined];
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language === 'id' ? '.' : ',');
	return `${negative ? '−' : ''}${grouped}${fraction === undefined ? '' : (language === 'id' ? ',' : '.') + fraction}`;
}

const WHY: Partial<Record<Reason, Bilingual>> = {
	NO_TREATED_GROUP: { id: 'tidak ada peserta pelatihan di data', en: 'nobody in the data was trained' },
	NO_COMPARISON_GROUP: { id: 'tidak ada kelompok pembanding', en: 'there is no comparison group' },
	FEW_PERSONS: { id: 'ada kelompok yang hasilnya terukur pada kurang dari 10 orang', en: 'a group has fewer than 10 persons measured' },
	FEW_UNITS: { id: 'ada kelompok dengan kurang dari 4 unit', en: 'a group has fewer than 4 units' },
	CONFOUNDED_BY_UNIT: {
		id: 'satu kelompok hanya berasal dari satu unit, sehingga pengaruh pelatihan tidak terpisah dari pengaruh unit',
		en: 'one group comes from a single unit, so the training cannot be told apart from the unit'
	},
	FEW_DEGREES_OF_FREEDOM: {
		id: 'unit terlalu sedikit atau terlalu timpang untuk menaksir ketidakpastian',
		en: 'units are too few or too uneven to judge the uncertainty'
	},
	FEW_ROWS: { id: 'baris data terlalu sedikit untuk model yang direncanakan', en: 'there are too few rows for the planned model' },
	NO_OUTCOME_VARIANCE: { id: 'semua nilai hasil sama', en: 'all outcomes are the same' },
	NO_OVERLAP: {
		id: 'peserta dan pembanding terlalu berbeda untuk dibandingkan',
		en: 'participants and comparison are too different to compare'
	},
	LOW_EFFECTIVE_SAMPLE: {
		id: 'pembanding yang serupa dengan peserta terlalu sedikit',
		en: 'too few of the comparison resemble the participants'
	},
	BALANCING_NOT_ATTAINABLE: {
		id: 'pembanding tidak dapat disetarakan dengan peserta',
		en: 'the comparison cannot be made alike to the participants'
	},
	NOT_FINITE: { id: 'angka di data tidak dapat diolah', en: 'the numbers in the data cannot be worked with' },
	NOT_CONVERGED: { id: 'perhitungan tidak mencapai jawaban yang tetap', en: 'the calculation did not settle' }
};

/** The one sentence an official reads (specification §5); no p value, no "significant". */
export function sentence(plan: CompletePlan, result: EvaluationResult, gain: number | null): Bilingual {
	return { id: indonesian(plan, result, gain), en: english(plan, result, gain) };
}

function indonesian(plan: CompletePlan, r: EvaluationResult, gain: number | null): string {
	const n = (value: number) => numberText(value, plan.delta, 'id');
	const outcome = plan.outcomeName.id;
	const unit = plan.outcomeUnit.id;
	const up = plan.direction === 'higher';
	if (r.verdict === 'NOT_ENOUGH_DATA') return `Belum dapat dihitung: ${(WHY[r.reasons[0] ?? 'FEW_ROWS'] ?? WHY.FEW_ROWS!).id}.`;
	if (r.verdict === 'NO_CAUSAL_VERDICT') {
		const but = causeLacking(r, 'id');
		if (r.reasons.includes('UNPLANNED_LOOK'))
			return 'Ini pengamatan di luar rencana: angkanya boleh dilihat, tetapi kesimpulan menunggu pengamatan yang direncanakan.';
		if (gain === null)
			return `Nilai peserta sesudah pelatihan sudah tercatat, tetapi ${but} nilai itu belum dapat disebut hasil pelatihan.`;
		return `Nilai peserta berubah ${n(gain)} ${unit}, tetapi ${but} perubahan ini belum dapat disebut hasil pelatihan.`;
	}
	const { estimate, low, high } = shown(plan, r);
	if (r.verdict === 'EFFECTIVE' && r.qualifier === 'TOO_SMALL_TO_MATTER')
		return `Ada ${up ? 'kenaikan' : 'penurunan'}, tetapi lebih kecil dari ${n(plan.delta)} ${unit}, batas yang ditetapkan sejak awal.`;
	if (r.verdict === 'EFFECTIVE')
		return `Pelatihan ini ${up ? 'menaikkan' : 'menurunkan'} ${outcome} rata-rata ${n(estimate)} ${unit} dibanding kelompok pembanding. Angka sebenarnya kemungkinan besar antara ${n(low)} dan ${n(high)}.`;
	if (r.verdict === 'HARMFUL')
		return `Perhatian: ${outcome} peserta justru ${up ? 'turun' : 'naik'} ${n(Math.abs(estimate))} ${unit} dibanding pembanding. Tunda angkatan berikutnya.`;
	if (r.verdict === 'NO_MEANINGFUL_EFFECT') return `Pelatihan ini tidak mengubah ${outcome} secara berarti. Tinjau materi dan metodenya.`;
	const open = `Data belum cukup untuk menyimpulkan: pengaruhnya bisa ${n(r.ci95![0])} sampai ${n(r.ci95![1])}`;
	if (r.moreNeeded === null) return `${open}, dan hasilnya berubah menurut cara menghitung.`;
	const of = r.moreNeeded.of === 'units' ? 'unit ' : '';
	return `${open}. Perlu kira-kira ${count(r.moreNeeded.treated, 'id')} ${of}peserta dan ${count(r.moreNeeded.comparison, 'id')} ${of}pembanding lagi.`;
}

function english(plan: CompletePlan, r: EvaluationResult, gain: number | null): string {
	const n = (value: number) => numberText(value, plan.delta, 'en');
	const outcome = plan.outcomeName.en;
	const unit = plan.outcomeUnit.en;
	const up = plan.direction === 'higher';
	if (r.verdict === 'NOT_ENOUGH_DATA') return `This cannot be worked out yet: ${(WHY[r.reasons[0] ?? 'FEW_ROWS'] ?? WHY.FEW_ROWS!).en}.`;
	if (r.verdict === 'NO_CAUSAL_VERDICT') {
		const but = causeLacking(r, 'en');
		if (r.reasons.includes('UNPLANNED_LOOK'))
			return 'This look was not planned: the figures may be seen, but the conclusion waits for the planned look.';
		if (gain === null) return `Participants were measured after the training, but ${but} what they scored cannot be called its result.`;
		return `Participants changed by ${n(gain)} ${unit}, but ${but} this change cannot yet be called the result of the training.`;
	}
	const { estimate, low, high } = shown(plan, r);
	if (r.verdict === 'EFFECTIVE' && r.qualifier === 'TOO_SMALL_TO_MATTER')
		return `There is ${up ? 'a rise' : 'a fall'}, but it is smaller than ${n(plan.delta)} ${unit}, the limit set at the start.`;
	if (r.verdict === 'EFFECTIVE')
		return `This training ${up ? 'raised' : 'lowered'} ${outcome} by ${n(estimate)} ${unit} on average compared with the comparison group. The true figure is most likely between ${n(low)} and ${n(high)}.`;
	if (r.verdict === 'HARMFUL')
		return `Attention: participants' ${outcome} ${up ? 'fell' : 'rose'} by ${n(Math.abs(estimate))} ${unit} compared with the comparison group. Hold back the next batch.`;
	if (r.verdict === 'NO_MEANINGFUL_EFFECT')
		return `This training does not change ${outcome} in a way that matters. Review its materials and methods.`;
	const open = `There is not enough data to conclude: the effect could be anything from ${n(r.ci95![0])} to ${n(r.ci95![1])}`;
	if (r.moreNeeded === null) return `${open}, and the answer changes with the way it is calculated.`;
	const of = r.moreNeeded.of === 'units' ? 'units of ' : '';
	return `${open}. About ${count(r.moreNeeded.treated, 'en')} more ${of}participants and ${count(r.moreNeeded.comparison, 'en')} more ${of}comparison persons are needed.`;
}

/** Estimate and interval turned so that a wished fall reads as a positive amount. */
function shown(plan: CompletePlan, r: EvaluationResult): { estimate: number; low: number; high: number } {
	const [low, high] = r.ci95!;
	return plan.direction === 'higher' ? { estimate: r.estimate!, low, high } : { estimate: -r.estimate!, low: -high, high: -low };
}

function causeLacking(r: EvaluationResult, language: 'id' | 'en'): string {
	const has = (reason: Reason) => r.reasons.includes(reason);
	if (has('NO_COMPARISON_GROUP'))
		return language === 'id' ? 'tanpa kelompok pembanding yang setara' : 'without an equivalent comparison group';
	if (has('LOW_RELIABILITY') || has('OUTCOME_NOT_ELIGIBLE'))
		return language === 'id' ? 'alat ukurnya belum memenuhi syarat, sehingga' : 'the measure does not meet its requirements, so';
	if (has('DIFFERENT_MEASUREMENT'))
		return language === 'id' ? 'kedua kelompok diukur dengan cara berbeda, sehingga' : 'both groups were measured differently, so';
	if (has('CONFOUNDED_BY_UNIT'))
		return language === 'id' ? 'satu kelompok hanya berasal dari satu unit, sehingga' : 'one group comes from a single unit, so';
	if (has('PRE_TRENDS'))
		return language === 'id'
			? 'kesejajaran kedua kelompok sebelum pelatihan belum terbukti, sehingga'
			: 'both groups are not shown to have moved alike before the training, so';
	return language === 'id' ? 'tanpa kelompok pembanding yang setara' : 'without an equivalent comparison group';
}

function count(value: number, language: 'id' | 'en'): string {
	return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language === 'id' ? '.' : ',');
}
