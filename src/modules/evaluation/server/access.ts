import { hasRole, type Actor } from '#platform/actor.ts';

/** Plans, measures, decides: who runs programmes. Programmes belong to no unit, so the role is the scope. */
export const mayManage = (actor: Actor): boolean => hasRole(actor, 'programme_manager', 'administrator');

/** Reads effect cards and review cases: figures about five persons and more, never a person. */
export const mayReadEffects = (actor: Actor): boolean => mayManage(actor) || hasRole(actor, 'leadership', 'trainer', 'training_officer');
