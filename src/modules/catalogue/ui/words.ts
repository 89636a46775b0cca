/** Words for the codes of the catalogue, in the language of the request. */
import * as m from '#paraglide/messages.js';
import type { ClassState, CompletionObstacle } from '../rules.ts';

export const classStateWord = (state: ClassState): string =>
	({
		soon: m.catalogue_state_soon,
		open: m.catalogue_state_open,
		closed: m.catalogue_state_closed,
		drawn: m.catalogue_state_drawn,
		running: m.catalogue_state_running,
		ended: m.catalogue_state_ended
	})[state]();

/** A state's look; the word always stands beside it. */
export const classStateKind = (state: ClassState): 'neutral' | 'info' | 'caution' | 'positive' =>
	(({ soon: 'neutral', open: 'info', closed: 'caution', drawn: 'info', running: 'positive', ended: 'neutral' }) as const)[state];

const requirementWords: Record<string, () => string> = {
	evaluation_plan: m.catalogue_requirement_evaluation_plan,
	course: m.catalogue_requirement_course
};
/** What a version or an enrolment waits for; a kind of a later module without words of its own shows its name. */
export const requirementWord = (kind: string): string => requirementWords[kind]?.() ?? kind;

export const obstacleWord = (obstacle: CompletionObstacle): string =>
	obstacle.kind === 'attendance'
		? m.catalogue_obstacle_attendance({ days: obstacle.missing })
		: m.catalogue_obstacle_requirement({ what: requirementWord(obstacle.requirement) });
