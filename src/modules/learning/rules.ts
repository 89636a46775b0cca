/** Bytes a learner's line carries for a lesson, before compression; shown before the lesson is opened. */
export const lessonBytes = (markdown: string): number => new TextEncoder().encode(markdown).length;

/** The lesson to continue with: the first unfinished one. */
export const nextLesson = <T extends { finished_at: Date | null }>(lessons: readonly T[]): T | undefined =>
	lessons.find((lesson) => lesson.finished_at === null);
