import { StatisticsFailure } from '../failure.ts';

export interface CeilingCheck {
	atMaximum: number;
	share: number;
	/** True when more than 15% reach the maximum: the test can then no longer show what the best have learnt. */
	ceiling: boolean;
}

/** Share of the totals at the highest possible score. Throws TOO_FEW_ROWS. */
export function ceilingCheck(total: readonly number[], maximum: number): CeilingCheck {
	if (total.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'no score');
	const atMaximum = total.filter((sum) => sum >= maximum).length;
	const share = atMaximum / total.length;
	return { atMaximum, share, ceiling: share > 0.15 };
}
