import type { Chance } from './chance';

export const GIVEN_MEN =
  'john william thomas george james charles henry robert joseph edward richard samuel david arthur frederick alfred walter francis daniel hugh peter philip alexander andrew matthew michael stephen edmund harold albert ernest herbert benjamin nicholas patrick christopher ralph lewis roger simon isaac jacob adam anthony gerald leonard stanley sidney martin donald kenneth gilbert percy edwin reginald bernard cecil oliver theodore nathaniel josiah abraham luke mark paul julian rupert gregory humphrey bartholomew ambrose basil clement conrad cuthbert denis duncan eustace felix godfrey guy horace hubert ivor jasper lancelot leopold maurice neville oscar owen quentin randolph rowland silas tobias urban victor wilfred angus alan barry bruce colin craig dean derek douglas gary glen graham ian jason keith kevin neil nigel raymond shaun stuart terence trevor wayne'.split(
    ' ',
  );
export const GIVEN_WOMEN =
  'mary elizabeth anne sarah jane margaret catherine ellen alice florence emily charlotte harriet eleanor frances caroline martha hannah emma louisa dorothy edith ethel annie agnes helen lucy maria susanna rebecca rachel isabella georgiana henrietta amelia sophia julia matilda constance beatrice gertrude maud mabel grace winifred violet hilda irene kathleen marjorie phyllis ruth esther judith naomi phoebe lydia miriam priscilla philippa rosalind sylvia theresa ursula veronica vivian yvonne zoe amanda angela barbara brenda carol christine claire deborah denise diane donna gillian heather jacqueline janet jennifer joanne julie karen kim linda lisa lorraine maureen michelle nicola pamela patricia pauline sandra sharon shirley susan tina tracey valerie wendy'.split(
    ' ',
  );

const STARTS =
  'al bar ben bla bra bur cal car chi cla cor cra dal dar den dra dun ed far fen fle gar gil gra hal har hen hol jar ker kin lan lin mac mal mar mor nor oak pal pen pre rad ran ros rus sal sha sto tal tre tur van wal war wel whi win wor yar'.split(
    ' ',
  );
const MIDDLES = ['', '', '', 'ber', 'cher', 'da', 'ding', 'er', 'ing', 'la', 'low', 'ma', 'na', 'ring', 'ser', 'ter', 'th', 'ver'];
const ENDS =
  'by den don er field ford ham hurst ing land ley low man more ney ock rick s sey shaw son stead ster ston stow thorpe ton well wick win wood worth'.split(
    ' ',
  );
const COMMON =
  'smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts green hall wood jackson clarke'.split(
    ' ',
  );

/** Names that sound English and are nobody's; the same at each run. */
function coin(count: number, chance: Chance): string[] {
  const coined = new Set<string>();
  while (coined.size < count) coined.add(chance.oneOf(STARTS) + chance.oneOf(MIDDLES) + chance.oneOf(ENDS));
  return [...coined];
}

export interface Place {
  readonly town: string;
  readonly county: string;
  /** Such as tq13. */
  readonly districts: readonly string[];
}

/** The names and places that people of one made-up country have. */
export interface Country {
  readonly surnames: readonly string[];
  readonly places: readonly Place[];
  readonly streets: readonly string[];
}

export function aCountry(chance: Chance): Country {
  const counties = coin(40, chance);
  const places = coin(400, chance).map((town) => {
    const area = town.slice(0, 2);
    return { town, county: `${chance.zipf(counties)}shire`, districts: Array.from({ length: 6 }, () => `${area}${chance.between(1, 40)}`) };
  });
  const streets = coin(1500, chance).map(
    (name) => `${name} ${chance.zipf(['street', 'road', 'avenue', 'lane', 'close', 'place', 'crescent'])}`,
  );
  return { surnames: [...COMMON, ...coin(6000, chance)], places, streets };
}

export function aDate(chance: Chance, firstYear: number, lastYear: number): string {
  const pad = (number: number): string => String(number).padStart(2, '0');
  return `${chance.between(firstYear, lastYear)}-${pad(chance.between(1, 12))}-${pad(chance.between(1, 28))}`;
}

export function aPostcode(place: Place, chance: Chance): string {
  return `${chance.oneOf(place.districts)} ${chance.between(1, 9)}${chance.oneOf([...'abdefgh'])}${chance.oneOf([...'jlnpqrs'])}`;
}
