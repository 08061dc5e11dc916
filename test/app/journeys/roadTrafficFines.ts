const ACTIVITIES: Readonly<Record<string, string>> = {
  C: 'Create Fine',
  S: 'Send Fine',
  I: 'Insert Fine Notification',
  A: 'Add penalty',
  P: 'Payment',
  T: 'Send for Credit Collection',
  D: 'Insert Date Appeal to Prefecture',
  F: 'Send Appeal to Prefecture',
  R: 'Receive Result Appeal from Prefecture',
  N: 'Notify Result Appeal to Offender',
};

export const FINE_LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ACTIVITIES).map(([letter, name]) => [name, letter]),
);

/** Case by case what happened; a small letter is of the same day as the one before. */
const CASES = `
N77802:CS A17641:CP S106046:CSIAPP N86044:CP S57499:CS N67803:CSIAT S73479:CS A23741:CSIAT S59734:CSIAT N55940:CP A13415:CS
A43678:CSIAp A17768:CS N38118:CSIAT S127586:CP S60775:CS S138518:CSIAT C13687:CsiAT S71489:CSIAT P5172:CS S67541:CSP S157468:CP
S100992:CSIPAP P716:CSIAT C18200:CsiAT N62843:CSIPAP S82710:CSIAT S72997:CSP N68169:CP A34570:CP N61259:CSPIAP S114544:CP
V10961:CS N98851:CP N32179:CSIAT P1616:CSIAT S60957:CP S177357:CSIAT N81159:CSIPAP N61346:CSIAT S132979:CP S168952:CSIAT
N73576:CSIAT S163863:CSIAP S125897:CP S84154:CS S111357:Cp S181181:CSIAP N57174:CS N57933:CSIPAP V9832:CSIAT S58927:CSIAT
V18195:CSIDAFRNP N74729:CSIAPP N98199:CP A43990:CSIAT S115977:CSIAPP S63516:CSIAT A10466:CSIAT P990:CSIAPP N58044:CSIAT
S45359:CSIAT A16409:CSIAT V5222:CSIAT C18702:CsiAP S93300:CSIAT N76661:CS A182:CSIAP C22944:CsiAP N91722:CSIAP S173060:CSIAP
S75551:CSIAT V11342:CS N79305:CP S139983:CP S171178:Cp A14816:CSIAT S132229:CSiAT N33329:CS S83371:CP N74006:CSIAT N29297:CSIAT
S77408:CSIAT N78482:CS N74075:CP A19204:CSIAT N77682:CS S153533:CP S61365:CSP S150741:CSIAT N47046:CSIAPP N36957:CPS A26153:CS
S126332:CP S70308:CSIAT S125404:CSIAP S68119:CSP A18477:CSIAP S125452:CP V6627:CSIAT
`;

const DAY_MS = 86_400_000;

/**
 * A hundred cases of the Road Traffic Fine Management Process (de Leoni, Mannhardt, 4TU.ResearchData 2015, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5),
 * those of roadtraffic100traces.csv in pm4py. The order of events and which are of one day are the log's; the dates are not. Sorted by date, so that only the times
 * tell the order of a case.
 */
export const ROAD_TRAFFIC_FINES: string = [
  'amount,case:concept:name,concept:name,time:timestamp',
  ...CASES.trim()
    .split(/\s+/)
    .flatMap((fine, index) => rowsOf(fine, index))
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ caseId, activity, atMs }) => `35.0,${caseId},${activity},${new Date(atMs).toISOString().slice(0, 10)} 00:00:00+01:00`),
].join('\n');

function rowsOf(fine: string, index: number): { caseId: string; activity: string; atMs: number }[] {
  const [caseId = '', letters = ''] = fine.split(':');
  let atMs = Date.UTC(2001, 0, 1) + index * 13 * DAY_MS;
  return [...letters].map((letter) => {
    if (letter === letter.toUpperCase()) atMs += 29 * DAY_MS;
    return { caseId, activity: ACTIVITIES[letter.toUpperCase()] as string, atMs };
  });
}
