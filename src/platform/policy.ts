import { hasRole, type Actor } from './actor.ts';

/**
 * Who may enter a route at all. The fine scope (which unit, which person) is the domain's `access.ts`; what is out of
 * scope reads as not found. Each folder of `src/routes` with a page or an endpoint carries a `policy.ts`:
 *
 *     export const policy: Policy = { load: roles('programme_manager'), actions: { publish: roles('programme_manager') } };
 */
export type Gate =
	{ kind: 'anyone' } | { kind: 'signed-in' } | { kind: 'officer' } | { kind: 'roles'; roles: string[] } | { kind: 'development' };

export interface Policy {
	/** GET and HEAD. */
	load: Gate;
	/** Each form action by name (`default` for the unnamed one), or each other method of an endpoint (`POST`, ...). */
	actions?: Record<string, Gate>;
}

export const anyone: Gate = { kind: 'anyone' };
export const signedIn: Gate = { kind: 'signed-in' };
/** Signed in as an officer (somebody with a NIP), whatever the roles. */
export const officer: Gate = { kind: 'officer' };
export const development: Gate = { kind: 'development' };
export const roles = (...names: string[]): Gate => ({ kind: 'roles', roles: names });

export type Admission = 'admitted' | 'sign-in' | 'not-found';

export function admit(gate: Gate, actor: Actor | null, isDevelopment: boolean): Admission {
	if (gate.kind === 'anyone') return 'admitted';
	if (gate.kind === 'development') return isDevelopment ? 'admitted' : 'not-found';
	if (!actor || actor.accountId === null) return 'sign-in';
	if (gate.kind === 'signed-in') return 'admitted';
	if (gate.kind === 'officer') return actor.officerId ? 'admitted' : 'not-found';
	return hasRole(actor, ...gate.roles) ? 'admitted' : 'not-found';
}
