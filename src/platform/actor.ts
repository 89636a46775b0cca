/**
 * Who acts. An explicit argument everywhere, in jobs too. Roles are opaque names here; `people` gives them meaning.
 */
export interface Grant {
	role: string;
	/** Subtree the grant covers, as an ltree path; null = everywhere. */
	unitPath: string | null;
	unitId: string | null;
	/** The partner organisation the grant covers. */
	organisationId: string | null;
}

export interface Actor {
	/** `people.accounts.id`; null for the system and for a citizen without account. */
	accountId: string | null;
	/** `people.officers.id` where the account is an officer's. */
	officerId: string | null;
	/** Key of inbox items and audit rows: the officer where there is one, else the account. */
	personId: string | null;
	name: string;
	email: string | null;
	locale: 'id' | 'en';
	grants: Grant[];
	system: boolean;
}

export const systemActor: Actor = {
	accountId: null,
	officerId: null,
	personId: null,
	name: 'Siginjai',
	email: null,
	locale: 'id',
	grants: [],
	system: true
};

/** Somebody without an account: a citizen who checks a certificate or rates a service. */
export const anonymousActor: Actor = { ...systemActor, name: '', system: false };

export const hasRole = (actor: Actor, ...roles: string[]): boolean =>
	actor.system || actor.grants.some((grant) => roles.includes(grant.role));

/** Subtrees in which the actor holds one of the roles; `null` inside means everywhere. */
export const scopesOf = (actor: Actor, ...roles: string[]): (string | null)[] =>
	actor.system ? [null] : actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.unitPath);

/** True when `unitPath` lies in one of the actor's subtrees for the roles. */
export function covers(actor: Actor, unitPath: string | null, ...roles: string[]): boolean {
	return scopesOf(actor, ...roles).some(
		(scope) => scope === null || (unitPath !== null && (unitPath === scope || unitPath.startsWith(`${scope}.`)))
	);
}
