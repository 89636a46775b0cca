import { expect, test } from 'vitest';
import { evaluate, EvaluationFaults, seeded } from '#statistics';
import type { EvaluationPlan, EvaluationResult, Random } from '#statistics';
import { FileFault, parseTable } from './statistics.ts';

/**
 * Plans and files as they come: odd sizes, odd cells, broken text. No crash, no NaN, and never a confident verdict that
 * the data cannot carry. `SIGINJAI_LONG` runs 100,000 cases.
 */
const CASES = process.env.SIGINJAI_LONG ? 100_000 : 2_000;
const CLASSES = ['A1', 'A1', 'A2', 'A2', 'B', 'C', 'D', 'E', 'F'] as const;
const ODD = ['', 'NA', ' ', 'abc', '1e400', '-1e308', 'NaN', 'Infinity', '0x10', '1,5', '"', '1e-320', '999999999999999', 'é', '2', '-0'];

test(`${CASES} plans and files`, { timeout: 60_000 * (CASES / 2000) }, () => {
	let answered = 0;
	let refused = 0;
	let judgedNull = 0;
	let confidentNull = 0;
	for (let c = 0; c < CASES; c++) {
		const random = seeded(c + 1);
		const { plan, text, clean } = makeCase(random);
		let result: EvaluationResult;
		try {
			result = evaluate(plan as unknown as EvaluationPlan, parseTable(text, 'data.csv').rows);
		} catch (fault) {
			if (!(fault instanceof EvaluationFaults) && !(fault instanceof FileFault)) throw new Error(`case ${c + 1}`, { cause: fault });
			expect(fault.message.length, `case ${c + 1}`).toBeGreaterThan(10);
			refused++;
			continue;
		}
		answered++;
		sound(result, `case ${c + 1}`);
		// Labels are drawn at random and change nothing: a lottery with clean data is wrong at most one time in twenty.
		if (clean && (plan.class === 'A1' || plan.class === 'A2') && result.ci95 !== null && result.rating !== 'DOES_NOT_MEET') {
			judgedNull++;
			if (result.verdict === 'EFFECTIVE' || result.verdict === 'HARMFUL') confidentNull++;
		}
	}
	expect(answered).toBeGreaterThan(CASES * 0.3);
	expect(refused).toBeGreaterThan(CASES * 0.05);
	expect(judgedNull).toBeGreaterThan(CASES * 0.05);
	expect(confidentNull).toBeLessThanOrEqual(judgedNull * 0.065 + 3 * Math.sqrt(judgedNull * 0.065));
});

function sound(r: EvaluationResult, name: string): void {
	finiteAll(r, name);
	expect(r.sentence.id + r.sentence.en, name).not.toMatch(/NaN|Infinity|undefined/);
	expect(r.sentence.id.length * r.sentence.en.length, name).toBeGreaterThan(100);
	if (r.verdict === 'NOT_ENOUGH_DATA') {
		expect([r.estimate, r.ci95, r.ci90, r.moreNeeded], name).toEqual([null, null, null, null]);
		expect(r.reasons.length, name).toBeGreaterThan(0);
		return;
	}
	expect(r.ci95![0] <= r.ci90![0] && r.ci90![0] <= r.estimate! && r.estimate! <= r.ci90![1] && r.ci90![1] <= r.ci95![1], name).toBe(true);
	if (r.verdict === 'NO_CAUSAL_VERDICT') return;
	expect(['A1', 'A2', 'B', 'C', 'D'], name).toContain(r.class);
	expect(r.rating, name).not.toBe('DOES_NOT_MEET');
	const least = r.class === 'D' ? 4 : 10;
	expect(Math.min(r.flow.analysed.treated, r.class === 'C' ? least : r.flow.analysed.comparison), name).toBeGreaterThanOrEqual(least);
	if (r.verdict === 'EFFECTIVE' || r.verdict === 'HARMFUL') expect(r.ci95![0] > 0 || r.ci95![1] < 0, name).toBe(true);
	if (r.verdict === 'INCONCLUSIVE') expect(r.moreNeeded !== null || r.reasons.includes('NOT_ROBUST'), name).toBe(true);
}

function finiteAll(value: unknown, name: string): void {
	if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
	else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) finiteAll(inner, name);
}

function makeCase(random: Random) {
	const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
	const chance = (p: number) => random.uniform() < p;
	const design = pick(CLASSES);
	const long = design === 'C' || (design === 'D' && chance(0.5));
	const scale = pick([1, 1, 1, 1e-6, 1e6, 100]);
	const n = pick([0, 1, 3, 12, 20, 25, 40, 60, 90]);
	const units = Math.max(1, pick([1, 2, 6, 9, 12, 30]));
	const starts = [0, 0, pick([0, 1, 2, 3, 9]), pick([2, 3])];
	const header = ['id', 'u', 'a', 'd', 'pre', 'post', 'x', 'g', 't', 'f'];
	const unitArm = Array.from({ length: units }, () => random.below(2));
	const unitShift = Array.from({ length: units }, () => random.normal() * pick([0, 0.3, 1]));
	const constant = chance(0.05);
	const lines: string[][] = [];
	for (let i = 0; i < n; i++) {
		const u = random.below(units);
		const arm = design === 'A2' || design === 'D' ? unitArm[u]! : random.below(2);
		const before = random.normal() + unitShift[u]!;
		for (let t = 1; t <= (long ? 4 : 1); t++) {
			const after = constant ? 1 : 0.6 * before + random.normal() + unitShift[u]!;
			const first = design === 'D' ? unitArm[u]! * 3 : starts[u % 4]!;
			lines.push([
				`P${i}`,
				`U${u}`,
				String(arm),
				String(random.below(2)),
				String(before * scale),
				String(after * scale),
				String(random.normal()),
				pick(['p', 'q', 'r']),
				String(t),
				String(first)
			]);
		}
	}
	let dirty = 0;
	if (chance(0.4) && lines.length > 0)
		for (let k = 0; k < 1 + random.below(4); k++, dirty++) lines[random.below(lines.length)]![random.below(header.length)] = pick(ODD);
	if (chance(0.15)) for (const line of lines) if (chance(0.2)) line[5] = '';
	let text = [header, ...lines].map((line) => line.join(',')).join('\n');
	if (chance(0.05)) {
		const at = random.below(text.length);
		text = text.slice(0, at) + pick([',', '"', '\n', ';', '\0', '\uFEFF', '']) + text.slice(at + 1);
		dirty++;
	}
	const columns: Record<string, unknown> = { id: 'id', unit: 'u', outcome: 'post' };
	if (long) Object.assign(columns, { period: 't', firstTreated: 'f' }, design === 'C' ? { id: chance(0.5) ? 'u' : null } : {});
	else
		Object.assign(columns, {
			assigned: 'a',
			attended: chance(0.5) ? 'd' : null,
			baseline: chance(0.8) || 'BDE'.includes(design) ? 'pre' : null,
			covariates: pick([[], ['x'], ['g'], ['x', 'g']])
		});
	const plan: Record<string, unknown> = {
		class: design,
		columns,
		delta: pick([0.3, 0.5, 2]) * scale,
		seed: random.below(1000),
		draws: 199
	};
	if (chance(0.2)) plan.looks = pick([1, 2, 3]);
	if (chance(0.2)) plan.look = pick([1, 2, 4]);
	if (chance(0.2)) plan.direction = pick(['higher', 'lower']);
	if (chance(0.1)) plan.interaction = true;
	if (chance(0.08)) {
		plan[pick(['delta', 'class', 'seed', 'look', 'typo', 'columns'])] = pick([null, -1, 'x', NaN, Infinity, [], {}]);
		dirty++;
	}
	return { plan, text, clean: dirty === 0 };
}
