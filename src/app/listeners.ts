/** All news and who listens, in one place. A listener is idempotent and runs in its own transaction. */
import { completedListener } from '#modules/credentials/server/index.ts';
import { measurementListener, nextClassListener, ratingAnswerListener, testAnswerListener } from '#modules/evaluation/server/index.ts';
import { enrolledListener } from '#modules/learning/server/index.ts';
import type { Listener } from '#platform/events.ts';

export const listeners: Listener[] = [
	enrolledListener,
	completedListener,
	measurementListener,
	nextClassListener,
	ratingAnswerListener,
	testAnswerListener
];
