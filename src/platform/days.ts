/** Whether a text is a day of the calendar as `yyyy-mm-dd`: the 31st of February is none, and the database would stumble over it. */
export function isDay(text: string): boolean {
	if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
