import type { Finding } from './rules.ts';

/** Links of the chain from need to work; the place where it broke tells what to change. */
export const LINKS = ['need', 'method', 'material', 'trainer', 'learning', 'transfer'] as const;
export type Link = (typeof LINKS)[number];

/** What can be computed about one class. Shares 0–1; null where nothing is known. */
export interface ChainFacts {
	/** Programme arm below the level the programme leads to, before it began. */
	needShare: number | null;
	/** Sessions attended of sessions held, programme arm. */
	attendanceShare: number | null;
	/** Lessons finished of lessons offered, programme arm. */
	lessonShare: number | null;
	learning: Finding | null;
	behaviour: Finding | null;
}

export type LinkState = 'held' | 'broke' | 'unknown';

/** Below these shares a link is held to have broken: most of those trained had no need, came, or read. */
const NEED = 0.5;
const ATTENDANCE = 0.75;
const LESSONS = 0.75;

const byShare = (share: number | null, limit: number): LinkState => (share === null ? 'unknown' : share < limit ? 'broke' : 'held');

function byFinding(finding: Finding | null): LinkState {
	if (finding === 'EFFECTIVE') return 'held';
	if (finding === 'TOO_SMALL' || finding === 'NO_MEANINGFUL_EFFECT' || finding === 'HARMFUL') return 'broke';
	return 'unknown';
}

/**
 * Each link in order, the first that broke, and what to mend as a suggestion; where people did learn, the links that lead to learning
 * are passed over. What no figure can show (the trainer) stays unknown: the owner decides.
 */
export function diagnose(facts: ChainFacts): { links: { link: Link; state: LinkState }[]; brokeAt: Link | null; suggestion: Link | null } {
	const learning = byFinding(facts.learning);
	const behaviour = byFinding(facts.behaviour);
	const states: Record<Link, LinkState> = {
		need: byShare(facts.needShare, NEED),
		method: byShare(facts.attendanceShare, ATTENDANCE),
		material: byShare(facts.lessonShare, LESSONS),
		trainer: 'unknown',
		learning,
		// behaviour that did not move is a broken transfer only if people had learned; one that got worse always is
		transfer: behaviour === 'broke' && learning === 'broke' && facts.behaviour !== 'HARMFUL' ? 'unknown' : behaviour
	};
	const links = LINKS.map((link) => ({ link, state: states[link] }));
	// who learned enough in spite of missed sessions and lessons was not stopped there
	const asked: readonly Link[] = learning === 'held' ? ['need', 'transfer'] : LINKS;
	const brokeAt = asked.find((link) => states[link] === 'broke') ?? null;
	// came, read, and still did not learn: the material
	return { links, brokeAt, suggestion: brokeAt === 'learning' ? 'material' : brokeAt };
}
