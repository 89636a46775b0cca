import { mean } from '../describe.ts';
import { panelFrom } from '../causal/panel.ts';
import { cr2 } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import { coefficient, ols, positionOf } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';
import { welch } from '../twoSample/tTests.ts';
import { wildClusterBootstrap } from '../resampling/wildClusterBootstrap.ts';
import { describeOneGroup } from './description.ts';
import { because, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { EvaluationFaults } from './fault.ts';
import { beside, setEffectSize, setHeadline } from './headline.ts';
import { enough } from './lottery.ts';
import type { Observation } from './rows.ts';
import { armMeans, covariateColumns, examineBalance, examineConfounding, treatedGain } from './sample.ts';
import { refuseChangingStart } from './staggered.ts';

/**
 * D: outcomes of units before and after. With one start and a balanced panel the two-way fixed-effects estimate is the
 * difference of unit mean changes, so every unit becomes one row (Bertrand, Duflo & Mullainathan 2004 advise the same
 * against serial correlation) and CR2 by unit with Satterthwaite degrees of freedom is taken on those rows.
 */
export function evaluateUnitChange(draft: Draft): void {
	const { plan, result, reading } = draft;
	draft.quality.design = 'QED';
	if (plan.selectedOnBaseline) warn(draft, 'REGRESSION_TO_MEAN_RISK');
	const every = plan.columns.period === null ? unitsFromWide(reading.observations) : unitsFromLong(draft);
	const rows = every.filter((u) => u.outcome !== null && u.baseline !== null && u.covariates.every((v) => v !== null));
	if (rows.length < every.length) note(draft, `INCOMPLETE_UNITS_LEFT_OUT:${every.length - rows.length}`);
	const count = (from: readonly Observation[], arm: 0 | 1) => from.filter((u) => u.assigned === arm).length;
	const counts = (from: readonly Observation[]) => ({ treated: count(from, 1), comparison: count(from, 0) });
	const { flow } = result;
	flow.assigned = counts(every);
	flow.attended = { treated: count(every, 1), comparison: 0 };
	flow.measured = counts(every.filter((u) => u.outcome !== null));
	flow.analysed = counts(rows);
	flow.units = counts(rows);
	if (count(every, 1) === 0) return because(draft, 'NO_TREATED_GROUP');
	if (count(every, 0) === 0) return describeOneGroup({ ...draft, reading: { ...reading, observations: every } });
	draft.sizes = { ...flow.analysed, of: 'units' };
	const arm = (a: 0 | 1) => rows.filter((u) => u.assigned === a);
	result.means = { treated: armMeans(arm(1)), comparison: armMeans(arm(0)) };
	draft.gain = treatedGain(arm(1));
	examineConfounding(draft, rows);
	if (plan.scaleMaximum !== null && rows.filter((u) => u.outcome! >= plan.scaleMaximum!).length > 0.15 * rows.length)
		warn(draft, 'CEILING_EFFECT');
	if (enough(draft, rows, 'units')) estimate(draft, rows);
}

function estimate(draft: Draft, rows: readonly Observation[]): void {
	const { plan, result, critical } = draft;
	const change = Float64Array.from(rows, (u) => u.outcome! - u.baseline!);
	const treat: Column = { name: 'assigned', values: Float64Array.from(rows, (u) => u.assigned!) };
	// The change takes the baseline out already; the other covariates explain the change.
	const covariates = covariateColumns(draft, rows, false);
	const base = ols({ outcome: change, columns: covariates.columns });
	for (const name of base.droppedNames) note(draft, `COLLINEAR_DROPPED:${name}`);
	const kept = covariates.columns.filter((column) => base.names.includes(column.name));
	const before = plan.columns.baseline ?? plan.columns.outcome;
	covariates.measured.unshift({ name: before, value: (row) => rows[row]!.baseline, needs: [] });
	examineBalance(draft, rows, covariates, (name) => base.names.includes(name), { baseline: before });

	const fit = ols({ outcome: change, columns: [treat, ...kept] });
	const clusters = clustersFrom(rows.map((u) => u.unit!));
	const robust = cr2(fit, positionOf(fit, 'assigned'), clusters);
	if (robust.df < 4) because(draft, 'FEW_DEGREES_OF_FREEDOM');
	const few = Math.min(draft.sizes.treated, draft.sizes.comparison) < 10;
	const test = few
		? wildClusterBootstrap({ outcome: change, treat, covariates: kept, clusters, draws: plan.draws, seed: plan.seed })
		: null;
	const resampled = test && {
		method: 'wild_cluster_bootstrap' as const,
		p: test.p,
		ci95: test.interval(critical.level95),
		ci90: test.interval(critical.level90)
	};
	setHeadline(draft, 'unit_did_cr2', coefficient(fit, 'assigned'), robust.se, robust.df, resampled);
	const after = (arm: 0 | 1) => rows.flatMap((u) => (u.assigned === arm ? [u.outcome!] : []));
	setEffectSize(draft, after(1), after(0));
	const plain = welch(after(1), after(0));
	result.beside.push(beside('after_only_difference', plain.difference, plain.se, plain.df));
}

function unitsFromWide(rows: readonly Observation[]): Observation[] {
	const byUnit = new Map<string, Observation[]>();
	for (const row of rows) byUnit.set(row.unit!, [...(byUnit.get(row.unit!) ?? []), row]);
	const mixed = [...byUnit].filter(([, members]) => new Set(members.map((m) => m.assigned)).size > 1).map(([unit]) => unit);
	if (mixed.length > 0)
		throw new EvaluationFaults(
			mixed
				.sort()
				.slice(0, 20)
				.map((unit) => ({ key: 'columns.assigned', row: null, message: `unit "${unit}" berisi 1 dan 0; samakan di semua barisnya` }))
		);
	return [...byUnit.entries()]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([unit, members]) => ({ ...members[0]!, id: unit, unit, ...averages(members) }));
}

function averages(members: readonly Observation[]): Pick<Observation, 'baseline' | 'outcome' | 'covariates'> {
	const of = (values: (number | null)[]) => {
		const known = values.filter((v) => v !== null);
		return known.length === 0 ? null : mean(known);
	};
	return {
		baseline: of(members.map((m) => m.baseline)),
		outcome: of(members.map((m) => m.outcome)),
		covariates: members[0]!.covariates.map((first, i) =>
			typeof first === 'string' ? first : of(members.map((m) => m.covariates[i] as number | null))
		)
	};
}

/** Long rows: mean of the periods before the common start against the mean from it on. */
function unitsFromLong(draft: Draft): Observation[] {
	const rows = draft.reading.observations;
	refuseChangingStart(rows, (o) => o.unit!);
	const starts = [...new Set(rows.map((o) => o.firstTreated!))].filter((g) => g > 0);
	if (starts.length > 1)
		throw new EvaluationFaults([
			{
				key: 'columns.firstTreated',
				row: null,
				message: `unit mulai pada periode yang berbeda (${starts.sort((a, b) => a - b).join(', ')}); pakai rancangan C`
			}
		]);
	if (starts.length === 0) return [];
	const start = starts[0]!;
	const measured = rows.filter((o) => o.outcome !== null);
	const panel = panelFrom(
		measured.map((o) => ({ unit: o.unit!, period: o.period!, firstTreated: o.firstTreated!, outcome: o.outcome!, covariates: [] })),
		[]
	);
	const first = new Map(rows.map((o) => [o.unit!, o]));
	const split = panel.periods.filter((p) => p < start).length;
	draft.result.flow.alwaysTreated = panel.alwaysTreated;
	if (panel.incomplete > 0) note(draft, `INCOMPLETE_UNITS_LEFT_OUT:${panel.incomplete}`);
	if (split === 0 || split === panel.periods.length) return [];
	return panel.units
		.map((unit, u) => ({
			...first.get(unit)!,
			id: unit,
			assigned: (panel.firstTreated[u]! > 0 ? 1 : 0) as 0 | 1,
			baseline: mean(panel.outcome[u]!.slice(0, split)),
			outcome: mean(panel.outcome[u]!.slice(split))
		}))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}
