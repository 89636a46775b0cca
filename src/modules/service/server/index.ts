/** Door of `service` for the server. */
export { mayKeep } from './access.ts';
export { seedSkm } from './reference.ts';
export { indexes, indexOf, overallIndex, questionsOn, respond, responses, type IndexResult, type ResponseRow } from './responses.ts';
export { openServiceUnit, serviceUnit, serviceUnitByCode, type ServiceUnit } from './service-units.ts';
export { responsesImport } from '../imports/responses.ts';
