/** Door of `evaluation` for the server. */
export { mayManage, mayReadEffects } from './access.ts';
export { measurementListener, measurementsOf, openMeasurements, type Measurement } from './measurements.ts';
export { isLocked, planOf, plansOf, savePlan, spreadOf, type Plan, type PlanContent } from './plans.ts';
