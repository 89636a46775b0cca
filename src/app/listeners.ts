/** All news and who listens, in one place. A listener is idempotent and runs in its own transaction. */
import type { Listener } from '#platform/events.ts';

export const listeners: Listener[] = [];
