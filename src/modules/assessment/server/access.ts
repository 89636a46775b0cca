import { hasRole, type Actor } from '#platform/actor.ts';

/** Writes tests, sees their answers in numbers. */
export const mayAuthor = (actor: Actor): boolean => hasRole(actor, 'trainer', 'programme_manager');

/** Only the person asked sits the test. */
export const maySit = (actor: Actor, officerId: string): boolean => actor.officerId !== null && actor.officerId === officerId;
