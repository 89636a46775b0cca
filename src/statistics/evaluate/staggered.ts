import { callawaySantAnna } from '../causal/callawaySantanna.ts';
import type { StaggeredEffects } from '../causal/callawaySantanna.ts';
import { panelFrom, twoWayFixedEffects } from '../causal/panel.ts';
import type { Panel } from '../causal/panel.ts';
import { pooledSd, wwcJ } from '../twoSample/effectSize.ts';
import { wwcG } from '../twoSample/effectSize.ts';
import { clustersFrom } from '../regression/clusters.ts';
import type { Clusters } from '../regression/clusters.ts';
import { equivalence, equivalenceMet } from '../quality/rating.ts';
import { because, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { EvaluationFaults } from './fault.ts';
import { beside, setHeadline } from './headline.ts';
import type { Observation } from './rows.ts';

const SMALL_COHORT = 5;
const LEAST_UNITS = 10;

/** C: cohorts start at different times. Callaway–Sant'Anna, not-yet-treated comparison, group aggregate. */
export function evaluateStaggered(draft: Draft): void {
	const { plan, reading, result } = draft;
	draft.quality.design = 'QED';
	if (plan.selectedOnBaseline) warn(draft, 'REGRESSION_TO_MEAN_RISK');
	const panelId = plan.columns.id ? (o: Observation) => o.id : (o: Observation) => o.unit!;
	refuseChangingStart(reading.observations, panelId);
	const cluster = new Map(reading.observations.map((o) => [panelId(o), o.unit ?? panelId(o)]));
	const covariateNames = plan.columns.covariates.filter((_, i) => reading.observations.every((o) => typeof o.covariates[i] !== 'string'));
	for (const name of plan.columns.covariates) if (!covariateNames.includes(name)) note(draft, `TEXT_COVARIATE_LEFT_OUT:${name}`);
	const used = plan.columns.covariates.map((name, i) => (covariateNames.includes(name) ? i : -1)).filter((i) => i >= 0);
	const rows = reading.observations.filter((o) => o.outcome !== null && used.every((i) => o.covariates[i] !== null));
	countUnits(draft, reading.observations, rows, panelId);
	ceiling(draft, rows);

	const all = panelFrom(
		rows.map((o) => ({
			unit: panelId(o),
			period: o.period!,
			firstTreated: o.firstTreated!,
			outcome: o.outcome!,
			covariates: used.map((i) => o.covariates[i] as number)
		})),
		covariateNames
	);
	result.flow.alwaysTreated = all.alwaysTreated;
	if (all.alwaysTreated > 0) note(draft, `TREATED_IN_FIRST_PERIOD:${all.alwaysTreated}`);
	if (all.incomplete > 0) note(draft, `INCOMPLETE_UNITS_LEFT_OUT:${all.incomplete}`);
	const { panel, small } = withoutSmallCohorts(all);
	if (small.length > 0) {
		warn(draft, 'SMALL_COHORT');
		for (const cohort of small) note(draft, `SMALL_COHORT:${cohort}`);
	}
	const treated = panel.firstTreated.filter((g) => g > 0).length;
	const never = panel.firstTreated.length - treated;
	result.flow.analysed = { treated, comparison: never };
	if (treated === 0) return because(draft, small.length > 0 ? 'FEW_UNITS' : 'NO_TREATED_GROUP');
	if (new Set(panel.outcome.flatMap((row) => [...row])).size === 1) {
		warn(draft, 'NO_OUTCOME_VARIANCE');
		return because(draft, 'NO_OUTCOME_VARIANCE');
	}

	const clusters = clusterOf(panel, cluster);
	const effects = callawaySantAnna(panel, 'notyet', clusters);
	draft.sizes = { treated, comparison: Math.max(never, effects.comparisonUnits), of: 'units' };
	const clusterCount = (of: (u: number) => boolean) => new Set(panel.units.filter((_, u) => of(u)).map((id) => cluster.get(id))).size;
	if (treated < LEAST_UNITS || effects.comparisonUnits < LEAST_UNITS) because(draft, 'FEW_PERSONS');
	if (clusterCount((u) => panel.firstTreated[u]! > 0) < 4 || clusterCount((u) => panel.firstTreated[u] === 0) + effects.groups.length < 4)
		because(draft, 'FEW_UNITS');
	headline(draft, panel, effects, clusters);
	examineBefore(draft, panel, effects);
	showSmallCohorts(draft, all, small, cluster);
}

function headline(draft: Draft, panel: Panel, effects: StaggeredEffects, clusters: Clusters | null): void {
	const { result } = draft;
	const df = (clusters?.count ?? panel.units.length) - 1;
	setHeadline(draft, 'callaway_santanna_group', effects.groupOverall.estimate, effects.groupOverall.se, df);
	result.eventStudy = effects.dynamic.e.map((period, i) => ({
		period,
		estimate: effects.dynamic.estimate[i]!,
		se: effects.dynamic.se[i]!
	}));
	result.preTrend = effects.preTrend;
	const fixed = twoWayFixedEffects(panel, clusters);
	result.beside.push(
		beside('event_study_overall', effects.dynamicOverall.estimate, effects.dynamicOverall.se, df),
		beside('simple_aggregate', effects.simple.estimate, effects.simple.se, df),
		beside('two_way_fixed_effects', fixed.estimate, fixed.seNested, df, 'pembanding, bisa menyesatkan')
	);
	draft.robustness = ['event_study_overall', 'simple_aggregate', 'two_way_fixed_effects'];
	draft.quality.parallelTrends = effects.preTrend !== null && effects.preTrend.p >= 0.1 && effects.preCells >= 2;
	const before = (of: (first: number) => boolean) => panel.outcome.flatMap((row, u) => (of(panel.firstTreated[u]!) ? [row[0]!] : []));
	const arms = [before((g) => g > 0), before((g) => g === 0)] as const;
	if (arms[0].length < 2 || arms[1].length < 2) return;
	const scale = wwcJ(panel.units.length) / pooledSd(arms[0], arms[1]);
	if (Number.isFinite(scale) && result.estimate !== null && result.ci95 !== null)
		result.effectSize = { name: 'hedges_g', estimate: scale * result.estimate, ci95: [scale * result.ci95[0], scale * result.ci95[1]] };
}

/** Balance in the first period: ever treated against never treated. The design takes unit levels out, so it adjusts for them. */
function examineBefore(draft: Draft, panel: Panel, effects: StaggeredEffects): void {
	const table = [
		{ name: draft.plan.columns.outcome, values: panel.outcome.map((row) => row[0]!) },
		...panel.covariates.map((c) => ({ name: c.name, values: c.values.map((row) => row[0]!) }))
	];
	const latest = Math.max(...effects.groups);
	const rows = table.flatMap(({ name, values }) => {
		const ever = values.filter((_, u) => panel.firstTreated[u]! > 0);
		let other = values.filter((_, u) => panel.firstTreated[u] === 0);
		// Without a never-treated group the last to start stand in.
		if (other.length < 2) other = values.filter((_, u) => panel.firstTreated[u] === latest);
		if (ever.length < 2 || other.length < 2) return [];
		const varies = new Set(ever).size > 1 || new Set(other).size > 1;
		const g = varies ? wwcG(ever, other) : ever[0] === other[0] ? 0 : null;
		return [{ name, g, gWeighted: null, status: g === null ? ('NOT_MET' as const) : equivalence(g), adjusted: true }];
	});
	draft.result.balance = rows;
	draft.quality.equivalent = rows.length > 0 && rows.every((row) => row.g !== null && equivalenceMet(row.g, true));
	if (rows.some((row) => row.status === 'NOT_MET')) warn(draft, 'BASELINE_NOT_EQUIVALENT');
	if (rows.some((row) => row.status === 'NEEDS_ADJUSTMENT')) warn(draft, 'BASELINE_NEEDS_ADJUSTMENT');
}

/** A cohort of fewer than 5 units has a spread that cannot be judged: shown, but no part of headline or robustness. */
function withoutSmallCohorts(all: Panel): { panel: Panel; small: number[] } {
	const size = new Map<number, number>();
	for (const g of all.firstTreated) size.set(g, (size.get(g) ?? 0) + 1);
	const small = [...size]
		.filter(([g, count]) => g > 0 && count < SMALL_COHORT)
		.map(([g]) => g)
		.sort((a, b) => a - b);
	return { panel: small.length === 0 ? all : only(all, (g) => !small.includes(g)), small };
}

function only(all: Panel, keep: (first: number) => boolean): Panel {
	const inside = all.units.map((_, u) => u).filter((u) => keep(all.firstTreated[u]!));
	return {
		...all,
		units: inside.map((u) => all.units[u]!),
		outcome: inside.map((u) => all.outcome[u]!),
		firstTreated: inside.map((u) => all.firstTreated[u]!),
		covariates: all.covariates.map((c) => ({ name: c.name, values: inside.map((u) => c.values[u]!) }))
	};
}

function showSmallCohorts(draft: Draft, all: Panel, small: number[], cluster: Map<string, string>): void {
	for (const cohort of small) {
		const part = only({ ...all, covariates: [] }, (g) => g === cohort || g === 0 || !small.includes(g));
		if (part.firstTreated.every((g) => g !== 0) && part.firstTreated.filter((g) => g > cohort).length === 0) continue;
		const effects = callawaySantAnna(part, 'notyet', clusterOf(part, cluster));
		const at = effects.group.group.indexOf(cohort);
		if (at >= 0)
			draft.result.beside.push({
				name: `cohort_${cohort}`,
				estimate: effects.group.estimate[at]!,
				se: null,
				ci95: null,
				note: 'SMALL_COHORT'
			});
	}
}

function clusterOf(panel: Panel, cluster: Map<string, string>): Clusters | null {
	const labels = panel.units.map((u) => cluster.get(u)!);
	return labels.every((label, i) => label === panel.units[i]) ? null : clustersFrom(labels);
}

function countUnits(
	draft: Draft,
	every: readonly Observation[],
	measured: readonly Observation[],
	panelId: (o: Observation) => string
): void {
	const last = every.reduce((max, o) => Math.max(max, o.period!), -Infinity);
	const count = (rows: readonly Observation[]) => {
		const ever = new Set<string>();
		const never = new Set<string>();
		for (const o of rows) (o.firstTreated! > 0 && o.firstTreated! <= last ? ever : never).add(panelId(o));
		return { treated: ever.size, comparison: never.size };
	};
	const { flow } = draft.result;
	flow.assigned = count(every);
	flow.attended = { treated: flow.assigned.treated, comparison: 0 };
	flow.measured = count(measured);
}

function ceiling(draft: Draft, rows: readonly Observation[]): void {
	const maximum = draft.plan.scaleMaximum;
	if (maximum !== null && rows.filter((o) => o.outcome! >= maximum).length > 0.15 * rows.length) warn(draft, 'CEILING_EFFECT');
}

/** The start of a panel unit is one date; two dates for one unit cannot be analysed. */
export function refuseChangingStart(rows: readonly Observation[], panelId: (o: Observation) => string): void {
	const start = new Map<string, number>();
	const changing = new Set<string>();
	for (const o of rows) {
		const known = start.get(panelId(o));
		if (known !== undefined && known !== o.firstTreated) changing.add(panelId(o));
		start.set(panelId(o), o.firstTreated!);
	}
	if (changing.size > 0)
		throw new EvaluationFaults(
			[...changing]
				.sort()
				.slice(0, 20)
				.map((id) => ({
					key: 'columns.firstTreated',
					row: null,
					message: `"${id}" punya lebih dari satu periode mulai; samakan di semua barisnya`
				}))
		);
}
