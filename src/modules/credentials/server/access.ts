import { covers, hasRole, type Actor } from '#platform/actor.ts';

/** Opens a certificate or a JP ledger: the officer, and those who work with the persons of that unit. */
export const mayRead = (actor: Actor, officer: { id: string; unit_path: string | null }): boolean =>
	actor.officerId === officer.id || covers(actor, officer.unit_path, 'administrator', 'programme_manager', 'training_officer', 'superior');

/** Takes a certificate back. */
export const mayRevoke = (actor: Actor): boolean => hasRole(actor, 'programme_manager');
