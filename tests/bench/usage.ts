/** Loaded by `--import` into a measured process: leaves what it used in the file that SIGINJAI_USAGE names. */
import { writeFileSync } from 'node:fs';

const file = process.env.SIGINJAI_USAGE;
if (file)
	process.on('exit', () => {
		const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
		writeFileSync(file, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1000 }));
	});
