/** `node tests/bench/psychometrics.ts`: a test of 5,000 persons × 60 items, each figure best of three. Asserts nothing. */
import { cpus } from 'node:os';
import { analyseTest, eapScores, mantelHaenszel, marginalFit, raschConditional, reliability, seeded } from '#statistics';

const random = seeded(20_261);
const persons = 5000;
const slopes = Array.from({ length: 60 }, () => 0.6 + 1.2 * random.uniform());
const places = Array.from({ length: 60 }, () => 1.2 * random.normal());
const scores = Array.from({ length: persons }, () => {
	const ability = random.normal();
	return slopes.map((a, item) => (random.uniform() < 1 / (1 + Math.exp(-a * (ability - places[item]!))) ? 1 : 0));
});
const focal = scores.map((_, person) => person % 2 === 0);
const items = slopes.map((_, item) => `Q${item + 1}`);
const fit = marginalFit(scores, '2PL');

const measures: [name: string, budgetSeconds: number | null, act: () => unknown][] = [
	['2PL', 20, () => marginalFit(scores, '2PL')],
	['2PL with standard errors', 20, () => marginalFit(scores, '2PL', { standardErrors: true })],
	['Rasch, conditional', null, () => raschConditional(scores)],
	['EAP scores', null, () => eapScores(scores, fit)],
	['Reliability with omega', null, () => reliability(scores)],
	['Mantel–Haenszel', null, () => mantelHaenszel(scores, focal)],
	['Everything of `siginjai items`', null, () => analyseTest({ items, scores, choices: null, group: focal.map(String) })]
];

console.log(
	`Machine: ${cpus().length} × ${cpus()[0]!.model}; Node ${process.version}; 2PL: ${fit.iterations} EM steps, converged ${fit.converged}\n`
);
console.log('| 5,000 persons × 60 items | Seconds | Budget |\n|---|---|---|');
for (const [name, budget, act] of measures) {
	const seconds = Array.from({ length: 3 }, () => {
		const start = performance.now();
		act();
		return (performance.now() - start) / 1000;
	});
	console.log(`| ${name} | ${Math.min(...seconds).toFixed(2)} | ${budget ?? ''} |`);
}
