/** How fast this machine is just now: hours of a shared machine differ by half, and readings of different hours are compared by this. */
import { createHash } from 'node:crypto';

const ROUNDS = 15;

/** Milliseconds of processor time of a fixed piece of work of the kinds that a page is made of; the median of fifteen. */
export function fixedWork(): number {
	const samples: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const before = process.cpuUsage();
		const rows = Array.from({ length: 5000 }, (_, i) => ({ id: i, name: `Pegawai ${(i * 7919) % 5000}`, unit: `Unit ${i % 600}` }));
		rows.sort((a, b) => (a.name < b.name ? -1 : 1));
		const read = JSON.parse(JSON.stringify(rows)) as typeof rows;
		createHash('sha256')
			.update(read.map((row) => `<tr><td>${row.name}</td><td>${row.unit}</td></tr>`).join(''))
			.digest();
		const used = process.cpuUsage(before);
		samples.push((used.user + used.system) / 1000);
	}
	return samples.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}
