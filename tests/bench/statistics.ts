import { cpus } from 'node:os';
import { evaluate, marginalFit, seeded } from '#statistics';
import { callawaySantAnna } from '#statistics/causal/callawaySantanna.ts';
import { panelFrom } from '#statistics/causal/panel.ts';
import { STAGGERED_PLAN, staggeredRows, UNIT_PLAN, unitRows } from '#statistics/evaluate/worlds.ts';
import { clustersFrom } from '#statistics/regression/clusters.ts';
import { bootstrapDifference, clusterBootstrapDifference } from '#statistics/resampling/bootstrap.ts';
import { clusterPermutation, permutationDifference } from '#statistics/resampling/permutation.ts';
import { wildClusterBootstrap } from '#statistics/resampling/wildClusterBootstrap.ts';

/** `node tests/bench/statistics.ts`: the heaviest calculations, best of three, with their budgets. */
const DRAWS = 999;
const random = seeded(1);
const n = 20_000;
const units = 400;
const unit = Array.from({ length: n }, (_, i) => i % units);
const assigned = Float64Array.from(unit, (u) => u % 2);
const columns = Array.from({ length: 6 }, (_, j) => ({ name: `x${j}`, values: Float64Array.from({ length: n }, () => random.normal()) }));
const shift = Float64Array.from({ length: units }, () => random.normal());
const outcome = Float64Array.from(
	{ length: n },
	(_, i) => 2 * assigned[i]! + shift[unit[i]!]! + columns[0]!.values[i]! + 3 * random.normal()
);
const clusters = clustersFrom(unit);
const treat = { name: 'assigned', values: assigned };
const arm = (a: number) => outcome.filter((_, i) => assigned[i] === a);
const groups = (a: number) => clusters.members.filter((m) => assigned[m[0]!] === a).map((m) => Float64Array.from(m, (i) => outcome[i]!));
const shared = { outcome, covariates: columns, clusters, draws: DRAWS, seed: 1 };

const panelRows = staggeredRows({ units: 500, periods: 10, effect: 2, seed: 1, starts: [0, 4, 0, 6, 8] });
const panel = panelFrom(
	panelRows.map((r) => ({
		unit: r.unit as string,
		period: r.period as number,
		firstTreated: r.first as number,
		outcome: r.index as number,
		covariates: []
	})),
	[]
);
const persons = unitRows({ unitsPerArm: 200, size: 50, icc: 0.1, effect: 2, seed: 1 });

const items = 60;
const answers = Array.from({ length: 5000 }, () => {
	const ability = random.normal();
	return Array.from({ length: items }, (_, j) =>
		random.uniform() < 1 / (1 + Math.exp(-(0.8 + (j % 5) * 0.2) * (ability - (j - 30) / 20))) ? 1 : 0
	);
});

const JOBS: [string, number, () => unknown][] = [
	[
		`wild cluster bootstrap-t with interval, ${n} rows × 8 columns, ${units} units, ${DRAWS} draws`,
		1,
		() => wildClusterBootstrap({ ...shared, treat }).interval(0.95)
	],
	[`permutation of units with interval, the same`, 1, () => clusterPermutation({ ...shared, assigned }).interval(0.95)],
	[`permutation of ${n} persons, ${DRAWS} draws`, 2, () => permutationDifference(arm(1), arm(0), DRAWS, 1)],
	[`bootstrap of ${n} persons, ${DRAWS} draws`, 2, () => bootstrapDifference(arm(1), arm(0), DRAWS, 1)],
	[`bootstrap of ${units} units, ${DRAWS} draws`, 0.5, () => clusterBootstrapDifference(groups(1), groups(0), DRAWS, 1)],
	['evaluate, class A2, 20,000 persons in 400 units, from rows to sentence', 2, () => evaluate(UNIT_PLAN, persons)],
	['Callaway–Sant’Anna, 500 units × 10 periods', 0.5, () => callawaySantAnna(panel, 'notyet')],
	['evaluate, class C, 500 units × 10 periods, from rows to sentence', 1, () => evaluate(STAGGERED_PLAN, panelRows)],
	['2PL by marginal likelihood, 5,000 persons × 60 items', 20, () => marginalFit(answers, '2PL')]
];

console.log(`Machine: ${cpus().length} × ${cpus()[0]!.model}; Node ${process.version}\n\n| What | seconds | budget |\n|---|---|---|`);
for (const [name, budget, job] of JOBS) {
	let best = Infinity;
	for (let k = 0; k < (budget > 5 ? 1 : 3); k++) {
		const began = performance.now();
		job();
		best = Math.min(best, (performance.now() - began) / 1000);
	}
	console.log(`| ${name} | ${best.toFixed(2)} | ${budget} |${best > budget ? ' over' : ''}`);
}
