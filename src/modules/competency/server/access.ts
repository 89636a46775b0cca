import type { RawBuilder } from 'kysely';
import { superiorsOf, visibleUnits } from '#modules/people/server/index.ts';
import { covers, hasRole, scopesOf, type Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Source } from '../rules.ts';

/** Who works with the persons of a subtree. Leadership sees counts and means, no persons. */
export const PERSONS = ['administrator', 'programme_manager', 'training_officer'] as const;
const COUNTS = [...PERSONS, 'leadership'];

/** May open the gap map at all. */
export const mayReadGaps = (actor: Actor): boolean => hasRole(actor, ...COUNTS);

/** Sees the persons behind a figure about this subtree, and so figures about fewer than five too. */
export const mayReadPersons = (actor: Actor, unitPath: string | null): boolean => covers(actor, unitPath, ...PERSONS);

/** Sees figures about this subtree. */
export const mayReadCounts = (actor: Actor, unitPath: string | null): boolean => covers(actor, unitPath, ...COUNTS);

/** Subtrees about which the actor sees figures; null inside = everywhere. */
export const countScopes = (actor: Actor): (string | null)[] => scopesOf(actor, ...COUNTS);

/** Rows of alias `u` of `people.current_units` whose persons the actor works with. */
export const personUnits = (actor: Actor): RawBuilder<boolean> => visibleUnits(actor, ...PERSONS);
/** Standards, validity and other reference rows. */
export const mayKeepStandards = (actor: Actor): boolean => covers(actor, null, 'administrator');

/** The officer's superior on that day, by the tree of units. */
export async function isSuperiorOf(db: Db, actor: Actor, at: Date, officerIds: string[]): Promise<boolean> {
	if (actor.accountId === null || officerIds.length === 0) return false;
	const superiors = await superiorsOf(db, at, officerIds);
	return officerIds.every((id) => superiors.get(id)?.accountId === actor.accountId);
}

/** The officer, the superior, and those who work with the persons of that unit. */
export async function mayReadProfile(db: Db, actor: Actor, at: Date, officer: { id: string; unit_path: string | null }): Promise<boolean> {
	return actor.officerId === officer.id || mayReadPersons(actor, officer.unit_path) || (await isSuperiorOf(db, actor, at, [officer.id]));
}

/** Somebody else's competence was opened: kept in the trail, and the officer can see who. */
export async function auditProfileRead(db: Db, actor: Actor, at: Date, officerId: string): Promise<void> {
	if (actor.officerId !== officerId) await audit(db, actor, at, 'competency.read_profile', { type: 'officer', id: officerId });
}

/**
 * Who may write a rating of a source: the officer about himself, the superior about his people; assessment results
 * come through those who keep them. Tests and anonymous rounds are counted by the system.
 */
export async function mayRate(
	db: Db,
	actor: Actor,
	at: Date,
	officer: { id: string; unit_path: string | null },
	source: Source
): Promise<boolean> {
	if (actor.system) return true;
	if (source === 'self') return actor.officerId === officer.id;
	if (source === 'superior') return isSuperiorOf(db, actor, at, [officer.id]);
	if (source === 'assessment_centre') return covers(actor, officer.unit_path, 'administrator', 'programme_manager');
	return false;
}
