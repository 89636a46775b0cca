import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const requests = new Counter({
	name: 'siginjai_requests_total',
	help: 'Requests answered',
	labelNames: ['method', 'route', 'status'],
	registers: [registry]
});
const seconds = new Histogram({
	name: 'siginjai_request_seconds',
	help: 'Time to answer',
	labelNames: ['route'],
	buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
	registers: [registry]
});

export function observe(method: string, route: string, status: number, milliseconds: number): void {
	requests.inc({ method, route, status });
	seconds.observe({ route }, milliseconds / 1000);
}
