import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';

/** Writes questionnaires and reads them. */
export const mayAuthor = (actor: Actor): boolean => hasRole(actor, 'administrator', 'programme_manager', 'trainer');

/**
 * Only the rater sees a round's form; nobody else, whatever the role: a rating read along is not an honest one.
 * Rows of `rating_assignments a` that the actor was asked to fill.
 */
export const ownAssignments = (actor: Actor): RawBuilder<boolean> =>
	actor.personId === null ? sql<boolean>`false` : sql<boolean>`a.rater_person_id = ${actor.personId}`;
