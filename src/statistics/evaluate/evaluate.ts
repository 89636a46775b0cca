import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import type { FailureCode } from '../failure.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { evaluateComparison } from './comparison.ts';
import { describeOneGroup } from './description.ts';
import { because, newDraft, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { judge } from './judge.ts';
import { evaluateLottery } from './lottery.ts';
import { completePlan } from './plan.ts';
import type { DesignClass, EvaluationPlan } from './plan.ts';
import type { EvaluationResult, Reason } from './result.ts';
import { readRows } from './rows.ts';
import type { EvaluationRow } from './rows.ts';
import { sentence } from './sentence.ts';
import { evaluateStaggered } from './staggered.ts';
import { evaluateUnitChange } from './unitChange.ts';
import { criticalAt } from './verdict.ts';

const DESIGNS: Record<DesignClass, (draft: Draft) => void> = {
	A1: evaluateLottery,
	A2: evaluateLottery,
	B: evaluateComparison,
	C: evaluateStaggered,
	D: evaluateUnitChange,
	E: describeOneGroup,
	F: describeOneGroup
};

const REASONS: Record<FailureCode, Reason> = {
	NOT_FINITE: 'NOT_FINITE',
	BAD_INPUT: 'FEW_ROWS',
	TOO_FEW_ROWS: 'FEW_ROWS',
	NO_OUTCOME_VARIANCE: 'NO_OUTCOME_VARIANCE',
	NO_OVERLAP: 'NO_OVERLAP',
	NOT_BALANCED: 'BALANCING_NOT_ATTAINABLE',
	NOT_CONVERGED: 'NOT_CONVERGED'
};

/**
 * Evaluates one outcome of one programme: the plan says how, the rows are the data.
 * The same plan and rows give the same answer to the last byte; the order of rows does not matter
 * (only `dataHash` depends on it). No NaN or Infinity leaves: it becomes NOT_ENOUGH_DATA.
 * @throws EvaluationFaults when the plan or a row is wrong, naming key, row and mend.
 */
export function evaluate(plan: EvaluationPlan, rows: readonly EvaluationRow[]): EvaluationResult {
	const complete = completePlan(plan);
	const reading = readRows(complete, rows);
	const critical = criticalAt(complete.looks, Math.min(complete.look, complete.looks));
	const hashes = [sha256(canonicalJson(plan)), sha256(canonicalJson(rows))] as const;
	const draft = newDraft(complete, reading, critical, hashes[0], hashes[1]);
	if (reading.duplicates > 0) note(draft, `DUPLICATE_ROWS_DROPPED:${reading.duplicates}`);
	if (reading.outsideWindow > 0) {
		note(draft, `OUTSIDE_WINDOW:${reading.outsideWindow}`);
		warn(draft, 'OUTSIDE_WINDOW');
	}
	attempt(draft, () => {
		DESIGNS[complete.class](draft);
		everyNumberFinite(draft.result);
	});
	judge(draft);
	attempt(
		draft,
		() => everyNumberFinite(draft.result),
		() => judge(draft)
	);
	draft.result.sentence = sentence(complete, draft.result, draft.gain);
	return draft.result;
}

function attempt(draft: Draft, work: () => void, afterFailure: () => void = () => {}): void {
	try {
		work();
	} catch (failure) {
		if (!(failure instanceof StatisticsFailure)) throw failure;
		const reason = REASONS[failure.code];
		because(draft, reason);
		if (reason === 'NO_OUTCOME_VARIANCE' || reason === 'NO_OVERLAP') warn(draft, reason);
		for (const name of failure.about) note(draft, `${failure.code}:${name}`);
		forgetNonFinite(draft);
		afterFailure();
	}
}

/** Parts found before a failure stay only when they are finite. */
function forgetNonFinite(draft: Draft): void {
	const { result } = draft;
	const safe = (value: unknown) => {
		try {
			everyNumberFinite(value);
			return true;
		} catch {
			return false;
		}
	};
	if (!safe(result.balance)) result.balance = [];
	if (!safe(result.means)) result.means = null;
	if (!safe(result.attrition)) result.attrition = null;
	if (!safe(result.preTrend)) result.preTrend = null;
	if (draft.gain !== null && !Number.isFinite(draft.gain)) draft.gain = null;
}
