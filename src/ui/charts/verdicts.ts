import type { Qualifier, Verdict } from '#statistics';
import * as m from '#paraglide/messages.js';
import type { IconName } from '../icons.ts';

/** The seven answers about an effect: none of them is zero, and each has its own word, icon and colour. */
export interface VerdictLook {
	word: string;
	icon: IconName;
	kind: 'neutral' | 'info' | 'caution' | 'danger' | 'positive';
	tone: 'good' | 'null' | 'open' | 'bad';
}

export function verdictLook(verdict: Verdict, qualifier: Qualifier | null = null): VerdictLook {
	switch (verdict) {
		case 'EFFECTIVE':
			if (qualifier === 'TOO_SMALL_TO_MATTER') return { word: m.ui_verdict_too_small(), icon: 'minus', kind: 'caution', tone: 'open' };
			return {
				word: qualifier === 'LARGE_ENOUGH_CERTAIN' ? m.ui_verdict_effective_large() : m.ui_verdict_effective(),
				icon: 'arrow-up',
				kind: 'positive',
				tone: 'good'
			};
		case 'HARMFUL':
			return { word: m.ui_verdict_harmful(), icon: 'arrow-down', kind: 'danger', tone: 'bad' };
		case 'NO_MEANINGFUL_EFFECT':
			return { word: m.ui_verdict_no_effect(), icon: 'equal', kind: 'neutral', tone: 'null' };
		case 'INCONCLUSIVE':
			return { word: m.ui_verdict_inconclusive(), icon: 'move-horizontal', kind: 'caution', tone: 'open' };
		case 'NO_CAUSAL_VERDICT':
			return { word: m.ui_verdict_no_causal(), icon: 'eye', kind: 'info', tone: 'null' };
		case 'NOT_ENOUGH_DATA':
			return { word: m.ui_verdict_not_enough(), icon: 'hourglass', kind: 'neutral', tone: 'null' };
	}
}
