/** The event log of Table 1.1 in van der Aalst, Process Mining (2016): requests for compensation, with the times as they are printed there. */
const CASES: Readonly<Record<string, string>> = {
  1: '30-12-2010:11.02 register request|31-12-2010:10.06 examine thoroughly|05-01-2011:15.12 check ticket|06-01-2011:11.18 decide|07-01-2011:14.24 reject request',
  2: '30-12-2010:11.32 register request|30-12-2010:12.12 check ticket|30-12-2010:14.16 examine casually|05-01-2011:11.22 decide|08-01-2011:12.05 pay compensation',
  3: '30-12-2010:14.32 register request|30-12-2010:15.06 examine casually|30-12-2010:16.34 check ticket|06-01-2011:09.18 decide|06-01-2011:12.18 reinitiate request|06-01-2011:13.06 examine thoroughly|08-01-2011:11.43 check ticket|09-01-2011:09.55 decide|15-01-2011:10.45 pay compensation',
  4: '06-01-2011:15.02 register request|07-01-2011:12.06 check ticket|08-01-2011:14.43 examine thoroughly|09-01-2011:12.02 decide|12-01-2011:15.44 reject request',
  5: '06-01-2011:09.02 register request|07-01-2011:10.16 examine casually|08-01-2011:11.22 check ticket|10-01-2011:13.28 decide|11-01-2011:16.18 reinitiate request|14-01-2011:14.33 check ticket|16-01-2011:15.50 examine casually|19-01-2011:11.18 decide|20-01-2011:12.48 reinitiate request|21-01-2011:09.06 examine casually|21-01-2011:11.34 check ticket|23-01-2011:13.12 decide|24-01-2011:14.56 reject request',
  6: '06-01-2011:15.02 register request|06-01-2011:16.06 examine casually|07-01-2011:16.22 check ticket|07-01-2011:16.52 decide|16-01-2011:11.47 pay compensation',
};

/** Rows of case, activity and time, case by case. */
export const RUNNING_EXAMPLE: readonly (readonly [caseId: string, activity: string, time: string])[] = Object.entries(CASES).flatMap(
  ([caseId, events]) =>
    events.split('|').map((event) => {
      const [time = '', ...words] = event.split(' ');
      return [caseId, words.join(' '), time] as const;
    }),
);

/** What follows directly on what in it, counted by hand. */
export const RUNNING_EXAMPLE_FOLLOWS: Readonly<Record<string, number>> = {
  'register request > examine casually': 3,
  'register request > check ticket': 2,
  'register request > examine thoroughly': 1,
  'examine casually > check ticket': 4,
  'examine casually > decide': 2,
  'examine thoroughly > check ticket': 2,
  'examine thoroughly > decide': 1,
  'check ticket > decide': 6,
  'check ticket > examine casually': 2,
  'check ticket > examine thoroughly': 1,
  'decide > reinitiate request': 3,
  'decide > pay compensation': 3,
  'decide > reject request': 3,
  'reinitiate request > examine thoroughly': 1,
  'reinitiate request > check ticket': 1,
  'reinitiate request > examine casually': 1,
};
