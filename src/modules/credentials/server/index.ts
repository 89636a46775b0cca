/** Door of `credentials` for the server. */
export { mayRevoke } from './access.ts';
export {
	certificate,
	certificatesOf,
	certificatesOfClass,
	checkCertificate,
	revokeCertificate,
	type Certificate,
	type CheckedCertificate
} from './certificates.ts';
export { completedListener } from './completed.ts';
export { certificatePdf, type CertificatePrint } from './pdf/certificate-pdf.ts';
export { developmentForms, jpRule, refuseUncountable, type DatedJpRule, type JpTarget } from './jp-rules.ts';
export { jpOf, jpOn, type JpEntry, type JpYear } from './jp.ts';
export { seedJp } from './reference.ts';
export { jpOfYear, jpYears, type JpYearReport, type JpYearRow } from './jp-year.ts';
export { jpRows, jpSummary, type JpRow, type JpSummary } from './summary.ts';
export { credentialsPersonalData } from './personal-data.ts';
export { trainingImports as credentialsImports } from '../imports/trainings.ts';
export { historyHours, trainingHistory, type HistoryRow } from './history.ts';
