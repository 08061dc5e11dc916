/**
 * English given names with the short and familiar forms they go by, one group a line, written down from common knowledge. A form may stand
 * in several groups ('alex' is Alexander's and Alexandra's).
 */
const GROUPS = `
abigail abby abbie gail
abraham abe bram
adelaide addie ada
adrian ade
agnes aggie nessie
albert al bert bertie
alexander alex alec sandy sasha alick xander
alexandra alex sandra lexi sasha sandy alexa
alfred alf alfie fred freddie
alice ali allie alicia
alison ali allie alyson
amanda mandy manda
amelia amy millie mia
andrew andy drew
angela angie ange
ann anne anna annie nan nancy hannah anita
anthony antony tony ant
archibald archie
arthur art artie
augustus gus august
barbara barb babs barbie
bartholomew bart
beatrice bea trixie beatrix
benjamin ben benny benji
bernard bernie
bradley brad
bridget bridie biddy
caroline carol carrie caro carolyn
catherine katherine kathryn catharine kathleen kate katie kathy cathy kat cath kitty katy kit
charles charlie chas chuck charley
charlotte charlie lottie lotte char
christina christine tina chris chrissie kirsty christy
christopher chris kit topher
clement clem
constance connie
cornelius con neil
cynthia cindy
daniel dan danny
danielle dani
david dave davy davie
deborah debra deb debbie
dennis denis den denny
desmond des
donald don donny
dorothy dot dottie dolly dora
douglas doug dougie
edmund ed eddie ned ted
edward ed eddie ted teddy ned eddy
eleanor ellie nell nelly nora elinor ella ellen
elizabeth elisabeth liz lizzie beth betty bess bessie eliza lisa libby elsie betsy lizzy
ellen nell nellie ella helen
emily em emmie millie
emma em emmy
ernest ernie
esther hester essie
eugene gene
evelyn eve evie
florence flo florrie flossie
frances fran fanny frankie francesca
francis frank fran francie frankie
frederick fred freddie freddy fredrick frederic
gabriel gabe
gabrielle gabby
geoffrey jeffrey geoff jeff
george georgie geordie
georgina georgie gina georgia georgiana
gerald gerry jerry gerard
gertrude gertie trudy
gillian jill gill
gregory greg
gwendolyn gwen wendy
harold harry hal
harriet hattie harriett
helen nell nellie helena ellen
henrietta hettie etta hetty
henry harry hal hank
herbert herb bert bertie
howard howie
hugh hughie hugo
humphrey humph
isaac ike zac
isabella isabel isobel bella izzy belle isabelle
jacob jake jack
jacqueline jackie jacqui
james jim jimmy jamie jem jimmie
jane janie jenny janet jean
janet jan jane
jasmine jas
jean jeanie jeannie
jennifer jen jenny jennie
jeremiah jerry jeremy
jessica jess jessie
joan joanie
joanna joanne jo josie
john johnny jack jon jackie johnnie ian
jonathan jon jonny jonathon johnathan nathan
joseph joe joey jo
josephine jo josie
joshua josh
judith judy judi
julia julie jules juliet
kenneth ken kenny
kimberley kim kimberly
lawrence laurence larry laurie
leonard len lenny leo
leslie les lesley
lewis louis lou lew
lillian lily lilian lil
louise lou louisa
lucy lucinda lucille
lydia lyddie
madeline maddie madeleine
malcolm mal
marcus marc mark
margaret maggie meg peggy peg madge marge margie greta daisy rita
maria mary marie mia
martha marty mattie
martin marty
mary molly polly may mamie minnie moll maria
matilda tilly mattie tilda
matthew matt mat
maurice morris
maximilian max
michael mick mike mickey micky mikey
michelle shelly mich
millicent millie
mildred millie
mitchell mitch
mohammed mohammad muhammad mohamed
montague monty
nathaniel nathan nat nate
nathan nate nat
natalie nat nathalie
nicholas nick nicky nicolas
nicole nicola nicky nikki
olive olivia livvy liv
oliver ollie
oscar ozzy
oswald oz ossie
pamela pam
patricia pat trish patty tricia paddy
patrick pat paddy rick
paul paulie
pauline paula
penelope penny
percival percy
peter pete
philip phillip phil pip
philippa pippa pip
phoebe phebe
phyllis phyl
priscilla cilla prissy
rachel rachael rae
ralph rafe
raymond ray
rebecca becky becca bex
reginald reg reggie
richard dick rich rick ricky richie dickie
robert bob rob bobby robbie bert robin
roderick rod rory
rodney rod
roger rodge
roland rollo rowland
ronald ron ronnie
rosalind ros roz
rosemary rose rosie
rose rosie rosa
rupert rupe
russell russ
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sebastian seb
sidney sydney sid syd
simon si
sophia sophie sophy
stanley stan
stephanie steph stevie
stephen steven steve stevie
stewart stuart stu stew
susan sue susie suzie susanna susannah suzanne
sylvester syl sly
terence terry terrence
theodore ted theo teddy
theresa teresa terry tess tessa
thomas tom tommy thom
timothy tim timmy
toby tobias
tracy tracey
valerie val
vera ronnie
veronica ronnie vera
victor vic
victoria vicky vicki tori vic
vincent vin vinny vince
virginia ginny
vivian viv vivien
walter wally walt wat
wilfred wilf
wilhelmina minnie willa
william will bill billy willie liam willy
winifred win winnie freda
zachary zac zach zack
`;

const groupsOf = new Map<string, number[]>();
for (const [index, line] of GROUPS.trim().split('\n').entries()) {
  for (const name of line.split(' ')) groupsOf.set(name, [...(groupsOf.get(name) ?? []), index]);
}

/** The groups of equivalent given names that a name stands in; none for most names. */
export function nicknameGroups(name: string): readonly number[] {
  return groupsOf.get(name) ?? [];
}

/** Whether two given names, folded, are forms of the same one: Bill and William, not Bill and Robert. */
export function areNicknames(one: string, other: string): boolean {
  const groups = nicknameGroups(one);
  return groups.length > 0 && nicknameGroups(other).some((group) => groups.includes(group));
}
