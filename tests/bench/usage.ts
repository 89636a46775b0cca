/** Loaded by `--import` into a measured process: leaves what it used in the folder that SIGINJAI_USAGE names. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.SIGINJAI_USAGE;
if (folder)
	process.on('exit', () => {
		const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
		const used = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1000 };
		writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(used));
	});
