import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { InboxItem } from '#platform/inbox.ts';
import type { Runtime } from '#app/runtime.ts';

declare global {
	namespace App {
		interface Locals {
			runtime: Runtime;
			/** Null without an account. */
			actor: Actor;
			/** The injected clock, read once a request. */
			at: Date;
			requestId: string;
			/** The page ships a script, which reads the page's data. */
			hasScript: boolean;
			/** What waits for the actor, asked once a request: the frame counts it, the home page lists it. */
			waiting(): Promise<InboxItem[]>;
			/** One transaction; a refusal or fault inside rolls it back. */
			transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
			/** For reading only. */
			db: Db;
		}
		interface Error {
			message: string;
			requestId?: string;
		}
		type PageState = Record<string, never>;
	}
}
export {};
