import { sql, type RawBuilder } from 'kysely';
import { visibleOfficers } from '#modules/people/server/index.ts';
import { covers, hasRole, type Actor } from '#platform/actor.ts';

/** Drafts, publishes, opens classes, draws and completes. */
export const mayManage = (actor: Actor): boolean => hasRole(actor, 'administrator', 'programme_manager');

/** Reads drafts: managers, and trainers, who write the lessons before publication. */
export const mayReadDrafts = (actor: Actor): boolean => mayManage(actor) || hasRole(actor, 'trainer');

/** Marks attendance. */
export const mayMark = (actor: Actor): boolean => mayManage(actor) || hasRole(actor, 'trainer');

/** Nominates an officer, and withdraws the nomination, within the own subtree. */
const NOMINATORS = ['programme_manager', 'training_officer', 'superior'];
export const mayNominate = (actor: Actor, officer: { unit_path: string | null }): boolean =>
	covers(actor, officer.unit_path, ...NOMINATORS);
export const nominates = (actor: Actor): boolean => hasRole(actor, ...NOMINATORS);

/** Query scope of `mayNominate` on alias `c` of `people.officer_cards`. */
export const nominatable = (actor: Actor): RawBuilder<boolean> => visibleOfficers(actor, ...NOMINATORS);

/** Names in a class: those who run it see all, nominators their own people, an officer himself. */
export function visibleInClass(actor: Actor): RawBuilder<boolean> {
	if (mayMark(actor)) return sql<boolean>`true`;
	return sql<boolean>`(c.id = ${actor.officerId} or ${nominatable(actor)})`;
}
