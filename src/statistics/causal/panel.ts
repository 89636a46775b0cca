import { StatisticsFailure } from '../failure.ts';
import type { Clusters } from '../regression/clusters.ts';

/** A balanced panel: outcome[u][t] of unit u in the t-th period. */
export interface Panel {
	units: string[];
	periods: number[];
	outcome: Float64Array[];
	/** First treated period of each unit, 0 = never in these periods. */
	firstTreated: number[];
	/** Covariates by unit and period; the value in the base period of a comparison is used. */
	covariates: { name: string; values: Float64Array[] }[];
	/** Units left out: not observed in every period, and treated already in the first. */
	incomplete: number;
	alwaysTreated: number;
}

export interface PanelRow {
	unit: string;
	period: number;
	firstTreated: number;
	outcome: number;
	covariates: readonly number[];
}

/**
 * Rows to a balanced panel. Several rows of a unit and period are averaged (respondents of a survey). A start after the
 * last period counts as never; units treated in the first period have no before and are left out.
 */
export function panelFrom(rows: readonly PanelRow[], covariateNames: readonly string[]): Panel {
	const periods = [...new Set(rows.map((r) => r.period))].sort((a, b) => a - b);
	if (periods.length < 2) throw new StatisticsFailure('TOO_FEW_ROWS', 'a panel needs at least two periods');
	const at = new Map(periods.map((p, i) => [p, i]));
	const cells = new Map<string, { first: number; sums: Float64Array[]; counts: Float64Array }>();
	for (const row of rows) {
		let cell = cells.get(row.unit);
		if (!cell) {
			cell = {
				first: row.firstTreated,
				sums: Array.from({ length: 1 + covariateNames.length }, () => new Float64Array(periods.length)),
				counts: new Float64Array(periods.length)
			};
			cells.set(row.unit, cell);
		}
		const t = at.get(row.period)!;
		cell.counts[t] = cell.counts[t]! + 1;
		[row.outcome, ...row.covariates].forEach((v, j) => {
			cell.sums[j]![t] = cell.sums[j]![t]! + v;
		});
	}
	const panel: Panel = {
		units: [],
		periods,
		outcome: [],
		firstTreated: [],
		covariates: covariateNames.map((name) => ({ name, values: [] })),
		incomplete: 0,
		alwaysTreated: 0
	};
	for (const [unit, cell] of cells) {
		if (cell.first > 0 && cell.first <= periods[0]!) {
			panel.alwaysTreated++;
			continue;
		}
		if (cell.counts.some((c) => c === 0)) {
			panel.incomplete++;
			continue;
		}
		panel.units.push(unit);
		panel.firstTreated.push(cell.first > periods[periods.length - 1]! ? 0 : cell.first);
		panel.outcome.push(cell.sums[0]!.map((s, t) => s / cell.counts[t]!));
		panel.covariates.forEach((c, j) => c.values.push(cell.sums[j + 1]!.map((s, t) => s / cell.counts[t]!)));
	}
	return panel;
}

/**
 * Two-way fixed effects of "treated by now" on a balanced panel, by double demeaning. Under staggered starts it averages
 * effects with weights that can be negative (Goodman-Bacon 2021), so it is never a headline. CR1S by unit, K counting
 * either all dummies or only periods and treatment (unit effects are nested in the clusters).
 */
export function twoWayFixedEffects(panel: Panel, clusters: Clusters | null = null): { estimate: number; seAllK: number; seNested: number } {
	const n = panel.units.length;
	const T = panel.periods.length;
	const y = demean(panel.outcome, n, T);
	const d = demean(
		panel.firstTreated.map((first) => Float64Array.from(panel.periods, (p) => (first > 0 && p >= first ? 1 : 0))),
		n,
		T
	);
	let dd = 0;
	let dy = 0;
	for (let u = 0; u < n; u++)
		for (let t = 0; t < T; t++) {
			dd += d[u]![t]! ** 2;
			dy += d[u]![t]! * y[u]![t]!;
		}
	if (!(dd > 1e-12)) throw new StatisticsFailure('TOO_FEW_ROWS', 'treatment does not vary within units and periods');
	const estimate = dy / dd;
	const groups = clusters?.count ?? n;
	const scores = new Float64Array(groups);
	for (let u = 0; u < n; u++) {
		const g = clusters ? clusters.of[u]! : u;
		for (let t = 0; t < T; t++) scores[g] = scores[g]! + d[u]![t]! * (y[u]![t]! - estimate * d[u]![t]!);
	}
	const meat = scores.reduce((sum, s) => sum + s * s, 0);
	const rows = n * T;
	const se = (k: number) => Math.sqrt(((meat / dd ** 2) * (groups / (groups - 1)) * (rows - 1)) / Math.max(1, rows - k));
	return { estimate, seAllK: se(n + T), seNested: se(T + 1) };
}

function demean(values: Float64Array[], n: number, T: number): Float64Array[] {
	const byPeriod = new Float64Array(T);
	let grand = 0;
	const byUnit = values.map((row) => {
		let sum = 0;
		for (let t = 0; t < T; t++) {
			sum += row[t]!;
			byPeriod[t] = byPeriod[t]! + row[t]! / n;
		}
		grand += sum / (n * T);
		return sum / T;
	});
	return values.map((row, u) => row.map((v, t) => v - byUnit[u]! - byPeriod[t]! + grand));
}
