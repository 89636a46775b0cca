/** Every category of data about a person, in one place, in the order in which it is shown. */
import { assessmentPersonalData } from '#modules/assessment/server/index.ts';
import { cataloguePersonalData } from '#modules/catalogue/server/index.ts';
import { competencyPersonalData } from '#modules/competency/server/index.ts';
import { credentialsPersonalData } from '#modules/credentials/server/index.ts';
import { evaluationPersonalData } from '#modules/evaluation/server/index.ts';
import { learningPersonalData } from '#modules/learning/server/index.ts';
import { peoplePersonalData } from '#modules/people/server/index.ts';
import { performancePersonalData } from '#modules/performance/server/index.ts';
import { planningPersonalData } from '#modules/planning/server/index.ts';
import { recordsPersonalData } from '#modules/records/server/index.ts';
import { surveysPersonalData } from '#modules/surveys/server/index.ts';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const personalData: PersonalDataSource[] = [
	...peoplePersonalData,
	...performancePersonalData,
	...competencyPersonalData,
	...surveysPersonalData,
	...assessmentPersonalData,
	...cataloguePersonalData,
	...learningPersonalData,
	...recordsPersonalData,
	...credentialsPersonalData,
	...planningPersonalData,
	...evaluationPersonalData
];
