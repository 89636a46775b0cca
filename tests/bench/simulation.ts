import { evaluate } from '#statistics';
import type { EvaluationPlan, EvaluationResult, EvaluationRow } from '#statistics';
import { clusterMde, twoArmMde } from '#statistics/planning/power.ts';
import {
	COMPARISON_PLAN,
	comparisonRows,
	LOTTERY_PLAN,
	lotteryRows,
	STAGGERED_PLAN,
	staggeredRows,
	UNIT_PLAN,
	unitRows
} from '#statistics/evaluate/worlds.ts';

/**
 * Acceptance by simulation: programmes with a known truth go through the whole engine, and the table says how often the
 * interval covers the truth and how often each verdict is given. `npm run bench:statistics [-- RUNS]`, 2,000 runs by
 * default; ends with 1 when a figure leaves its range.
 */
const runs = Number(process.argv[2] ?? 2000);
if (!Number.isInteger(runs) || runs < 10) throw new Error('RUNS must be a whole number of at least 10');

const DELTA = 3;
const RHO = 0.7;
let perArm = 10;
while (twoArmMde(10, RHO, perArm, perArm, 2 * perArm - 3) > DELTA) perArm++;
// 8 + 8 units of 25, ICC 0.10; half of the variance at both levels is explained by the baseline.
const CLUSTER_DELTA = clusterMde({ units: 16, share: 0.5, size: 25, icc: 0.1, r2Between: 0.49, r2Within: 0.49 }, 10).mde;

interface Row {
	name: string;
	plan: EvaluationPlan;
	truth: number;
	rows: (seed: number) => EvaluationRow[];
	coverage?: [number, number];
	wrong?: number;
	noEffectAtMost?: number;
	effectiveAtLeast?: number;
	/** Fewer runs where a run is slow; stated in the table. */
	share?: number;
}

const units = (effect: number) => (seed: number) => unitRows({ unitsPerArm: 8, size: 25, icc: 0.1, effect, seed });
const persons = (effect: number) => (seed: number) => lotteryRows({ perArm, effect, seed });
const unitPlan = { ...UNIT_PLAN, delta: CLUSTER_DELTA };
const TABLE: Row[] = [
	{ name: `A1, ${perArm} + ${perArm}, truth 0`, plan: LOTTERY_PLAN, truth: 0, rows: persons(0), coverage: [93.5, 96.5], wrong: 6.5 },
	{
		name: `A1, ${perArm} + ${perArm}, truth δ = ${DELTA}`,
		plan: LOTTERY_PLAN,
		truth: DELTA,
		rows: persons(DELTA),
		coverage: [93.5, 96.5],
		noEffectAtMost: 6.5,
		effectiveAtLeast: 78
	},
	{
		name: 'A1, 20 + 20, truth 0',
		plan: LOTTERY_PLAN,
		truth: 0,
		rows: (seed) => lotteryRows({ perArm: 20, effect: 0, seed }),
		coverage: [93.5, 96.5],
		wrong: 6.5
	},
	{ name: 'A2, 8 + 8 units of 25, truth 0', plan: unitPlan, truth: 0, rows: units(0), coverage: [92, 98], wrong: 6.5 },
	{
		name: `A2, 8 + 8 units of 25, truth δ = ${CLUSTER_DELTA.toFixed(2)}`,
		plan: unitPlan,
		truth: CLUSTER_DELTA,
		rows: units(CLUSTER_DELTA),
		coverage: [92, 98],
		noEffectAtMost: 6.5,
		effectiveAtLeast: 78
	},
	{
		name: 'A2, 6 + 6 units of 20, truth 0',
		plan: UNIT_PLAN,
		truth: 0,
		rows: (seed) => unitRows({ unitsPerArm: 6, size: 20, icc: 0.1, effect: 0, seed }),
		coverage: [92, 98],
		wrong: 6.5
	},
	{
		name: 'B, 80 + 160, truth 0',
		plan: COMPARISON_PLAN,
		truth: 0,
		rows: (seed) => comparisonRows({ treated: 80, comparison: 160, effect: 0, seed }),
		wrong: 6.5,
		share: 0.5
	},
	{
		name: 'B, 80 + 160, truth δ = 3',
		plan: COMPARISON_PLAN,
		truth: 3,
		rows: (seed) => comparisonRows({ treated: 80, comparison: 160, effect: 3, seed }),
		noEffectAtMost: 6.5,
		share: 0.5
	},
	{
		name: 'C, 80 units × 8 periods, truth 0',
		plan: STAGGERED_PLAN,
		truth: 0,
		rows: (seed) => staggeredRows({ units: 80, periods: 8, effect: 0, seed }),
		wrong: 6.5,
		share: 0.5
	},
	{
		name: 'C, 80 units × 8 periods, truth δ = 2',
		plan: STAGGERED_PLAN,
		truth: 2,
		rows: (seed) => staggeredRows({ units: 80, periods: 8, effect: 2, seed }),
		noEffectAtMost: 6.5,
		share: 0.5
	}
];

console.log(
	'| world | runs | mean estimate | coverage of CI₉₅ % | EFFECTIVE % | HARMFUL % | NO_MEANINGFUL_EFFECT % | INCONCLUSIVE % | no verdict % | within range |'
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
let outside = 0;
const began = performance.now();
for (const row of TABLE) {
	const count = Math.round(runs * (row.share ?? 1));
	const verdicts: Partial<Record<EvaluationResult['verdict'], number>> = {};
	let covered = 0;
	let judged = 0;
	let sum = 0;
	for (let run = 1; run <= count; run++) {
		const result = evaluate({ ...row.plan, seed: run }, row.rows(run));
		verdicts[result.verdict] = (verdicts[result.verdict] ?? 0) + 1;
		if (result.ci95 === null) continue;
		judged++;
		sum += result.estimate!;
		if (result.ci95[0] <= row.truth && row.truth <= result.ci95[1]) covered++;
	}
	const percent = (v: number, of = count) => (100 * v) / of;
	const share = (verdict: EvaluationResult['verdict']) => percent(verdicts[verdict] ?? 0);
	const coverage = percent(covered, judged);
	const fits =
		(row.coverage === undefined || (coverage >= row.coverage[0] && coverage <= row.coverage[1])) &&
		(row.wrong === undefined || share('EFFECTIVE') + share('HARMFUL') <= row.wrong) &&
		(row.noEffectAtMost === undefined || share('NO_MEANINGFUL_EFFECT') <= row.noEffectAtMost) &&
		(row.effectiveAtLeast === undefined || share('EFFECTIVE') >= row.effectiveAtLeast);
	if (!fits) outside++;
	const cells = [
		coverage,
		share('EFFECTIVE'),
		share('HARMFUL'),
		share('NO_MEANINGFUL_EFFECT'),
		share('INCONCLUSIVE'),
		share('NO_CAUSAL_VERDICT') + share('NOT_ENOUGH_DATA')
	];
	console.log(
		`| ${row.name} | ${count} | ${(sum / judged).toFixed(2)} | ${cells.map((v) => v.toFixed(1)).join(' | ')} | ${fits ? 'yes' : '**no**'} |`
	);
}
console.log(`\n${runs} runs, ${((performance.now() - began) / 1000).toFixed(0)} s, ${outside} outside`);
process.exitCode = outside > 0 ? 1 : 0;
