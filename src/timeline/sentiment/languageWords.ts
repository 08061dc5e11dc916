function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Common in English, from small words to those of support, and in no other language that writes Latin letters, as far as these are spoken much. */
export const ENGLISH_WORDS = words(
  'the and you your yours this that these those with have having had it its my mine are were been being not but from they them their our ours ' +
    'what where when why who whose which how would could should cannot can does did there here about after again any because before both each ' +
    'get got getting going just now only other some than then through today tomorrow yesterday tonight too until want wants wanted while ' +
    "yes please thanks thank hello hey sorry i'm i've i'd i'll you're you've it's that's there's what's we're we've they're let's still yet such " +
    'never ever always nobody everybody everything nothing something anything need needs needed waiting waited wait order ordered orders refund ' +
    'refunded delivery delivered invoice bill parcel package shipping shipped ship arrived arrival received account password cancel cancelled ' +
    'broken missing wrong late customer reply answer help working worked works bought buy paid pay money back charged stock size card ' +
    'crashes crashed starts screen leaks leaking send sent copy look looks see seen know think says said make made use used using update ' +
    'opened closed first last next week month year day days time times morning view things thing people checking watching listening posted',
);

/** English, but words of other languages, too; each says half as much. */
export const HALF_ENGLISH_WORDS = words(
  'a an i me in on of to is at for by as was up we he she us or if so off out over under into will all one more very',
);

/** Common words of other languages that are no English words, or are hardly ever said in it. */
export const FOREIGN_WORDS = words(
  'der die das und ist nicht ich ein eine zu mit auf für von im dem wir sie sehr gut war alles danke bitte keine mein meine beim hallo toll rot fest ' +
    'le la les et est une des pas je vous que qui pour dans avec sur mon ma merci bonjour très ' +
    'el los las es y un una por con para mi del muy todo gracias hola gusta ' +
    'il lo gli che non di mia sono molto grazie ciao ' +
    'os um uma não com meu minha obrigado obrigada ' +
    'het een niet ik mijn bedankt och att det är inte jag og ikke jeg er tak tack takk ' +
    'nie jest się proszę dziękuję není mám saya tidak terima kasih ve bir bu çok nem egy este unde',
);

/** Words of VADER that mean the same in several languages: beside other words they tell nothing, by themselves they are taken for English. */
export const INTERNATIONAL_WORDS = words(
  'no ok okay hi super perfect cool fun fan hero fatal brilliant kind grave chic pro plus stop top ultra total major marginal extreme block bully ' +
    'gag gloom join loss luck arrest stark apart hell rage war',
);
