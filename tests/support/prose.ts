/**
 * Sentences that read like prose, out of word lists and a seed number: enough function words for a language to be told
 * by, enough different words that two articles never look like copies. Names of people and places are invented from
 * syllables. Everything stands in the plural, so that the grammar holds without tables.
 */

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

interface Language {
  readonly nouns: readonly string[];
  readonly adjectives: readonly string[];
  readonly verbs: readonly string[];
  /** `A` adjective, `N` noun, `V` verb, `P` a name, `D` a number. */
  readonly sentences: readonly string[];
  readonly headlines: readonly string[];
  readonly sections: readonly string[];
  readonly by: string;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

export const LANGUAGES = {
  en: {
    nouns: words(
      'bridges harbours teachers gardens lanterns ferries orchards printers archives miners bakers violins markets rivers gliders windmills scholars fences chapels tunnels kites captains libraries clocks barns sailors museums potters beacons meadows stations choirs engines carpenters lakes journals',
    ),
    adjectives: words(
      'old quiet northern crowded careful modest famous wooden young distant narrow patient local noisy fragile generous silver weary early hidden cheerful steep salty lonely',
    ),
    verbs: words(
      'repaired welcomed measured painted counted followed rebuilt admired opened studied sold crossed praised searched guarded visited recorded doubted replaced remembered',
    ),
    sentences: [
      'The A N of P V about D A N before the end of the winter, and nobody in the town had expected that.',
      'According to P, the A N have V more than D N since the spring, which is why the council wants to wait.',
      '“We V the A N because there was no other way to reach the N,” said P, who has lived here for D years.',
      'In P itself, A N and A N stood side by side for D days until the first N were V by the A N.',
      'It was not the A N that worried P most, but the D N which the N had V only a week earlier.',
    ],
    headlines: ['A N of P V D A N', 'Why the N of P V their A N', 'P and the D A N: how A N V the N'],
    sections: ['Politics', 'Culture', 'Business', 'Science'],
    by: 'By',
  },
  de: {
    nouns: words(
      'Brücken Häfen Lehrer Gärten Laternen Fähren Mühlen Drucker Archive Bergleute Bäcker Geigen Märkte Flüsse Segler Türme Forscher Zäune Kapellen Tunnel Drachen Kapitäne Bücher Uhren Scheunen Matrosen Museen Töpfer Wiesen Bahnhöfe Chöre Motoren Tischler Seen Zeitungen',
    ),
    adjectives: words(
      'alten stillen nördlichen vollen vorsichtigen bescheidenen berühmten hölzernen jungen fernen schmalen geduldigen lauten brüchigen großzügigen silbernen müden frühen versteckten heiteren steilen einsamen',
    ),
    verbs: words(
      'repariert begrüßt gemessen gestrichen gezählt verfolgt bewundert geöffnet untersucht verkauft überquert gelobt gesucht bewacht besucht bezweifelt ersetzt vermisst',
    ),
    sentences: [
      'Die A N von P haben noch vor dem Ende des Winters rund D A N V, und damit hatte in der Stadt niemand gerechnet.',
      'Nach den Worten von P wurden die A N seit dem Frühjahr mehr als D Mal V, weshalb der Rat jetzt abwarten will.',
      '„Wir haben die A N V, weil es keinen anderen Weg zu den N gab“, sagte P, der seit D Jahren hier lebt.',
      'In P selbst standen A N und A N ganze D Tage nebeneinander, bis die ersten N von den A N V wurden.',
      'Nicht die A N machten P die größten Sorgen, sondern die D N, die erst vor einer Woche V worden waren.',
    ],
    headlines: ['A N aus P haben D A N V', 'Warum die N von P ihre A N V haben', 'P und die D A N: wie N V wurden'],
    sections: ['Politik', 'Kultur', 'Wirtschaft', 'Wissen'],
    by: 'Von',
  },
  fr: {
    nouns: words(
      'ponts ports jardins phares bateaux vergers moulins tunnels musées marins libraires boulangers violons marchés fleuves savants chemins villages capitaines livres potiers signaux trains moteurs lacs journaux élèves voisins peintres chanteurs pêcheurs registres navires',
    ),
    adjectives: words(
      'célèbres modestes tranquilles fragiles rares jeunes vastes utiles solides proches immenses sensibles fidèles agiles tristes calmes rapides nobles pauvres riches',
    ),
    verbs: words(
      'réparé accueilli mesuré repeint compté suivi admiré ouvert étudié vendu traversé loué cherché gardé visité noté remplacé retrouvé',
    ),
    sentences: [
      'Les N A de P ont V près de D N A avant la fin de l’hiver, ce que personne dans la ville n’avait prévu.',
      'Selon P, les N A ont V plus de D N depuis le printemps, et c’est pourquoi le conseil préfère attendre.',
      '« Nous avons V les N A parce qu’il n’y avait pas d’autre moyen de joindre les N », explique P, qui vit ici depuis D ans.',
      'À P même, des N A et des N A sont restés côte à côte pendant D jours, jusqu’à ce que les N aient V les N.',
      'Ce ne sont pas les N A qui inquiétaient P, mais les D N que les N avaient V une semaine plus tôt.',
    ],
    headlines: [
      'Les N A de P ont V D N',
      'Pourquoi les N de P ont V leurs N A',
      'P et les D N A : comment les N ont V',
    ],
    sections: ['Politique', 'Culture', 'Économie', 'Sciences'],
    by: 'Par',
  },
  es: {
    nouns: words(
      'puentes puertos jardines faros barcos molinos archivos túneles museos marineros libreros panaderos violines mercados ríos sabios caminos pueblos capitanes libros relojes graneros trenes motores lagos diarios maestros vecinos pintores cantores',
    ),
    adjectives: words(
      'grandes verdes tristes alegres fuertes breves azules jóvenes débiles frágiles notables humildes nobles pobres firmes ágiles útiles fieles libres leves',
    ),
    verbs: words(
      'repararon midieron pintaron contaron siguieron admiraron abrieron estudiaron vendieron cruzaron alabaron buscaron guardaron visitaron anotaron dudaron cambiaron recordaron',
    ),
    sentences: [
      'Los N A de P V cerca de D N A antes de que acabara el invierno, y nadie en la ciudad lo había previsto.',
      'Según P, los N A V más de D N desde la primavera, por lo que el consejo prefiere esperar un poco más.',
      '«Aquí todos V los N A porque no había otra forma de llegar a los N», dijo P, que vive en el lugar desde hace D años.',
      'En el mismo P los N A y los N A estuvieron juntos durante D días hasta que los N V los primeros N.',
      'No eran los N A lo que más preocupaba a P, sino los D N que los N V apenas una semana antes.',
    ],
    headlines: ['Los N A de P V D N', 'Por qué los N de P V sus N A', 'P y los D N A: cómo los N V los N'],
    sections: ['Política', 'Cultura', 'Economía', 'Ciencia'],
    by: 'Por',
  },
  ru: {
    nouns: words(
      'мосты порты учителя сады фонари паромы мельницы архивы шахтёры пекари скрипки рынки реки башни учёные заборы туннели капитаны книги часы амбары моряки музеи гончары луга вокзалы хоры моторы столяры озёра газеты',
    ),
    adjectives: words(
      'старые тихие северные людные скромные знаменитые деревянные молодые далёкие узкие терпеливые местные шумные хрупкие щедрые усталые ранние скрытые весёлые крутые одинокие',
    ),
    verbs: words(
      'починили встретили измерили покрасили посчитали открыли изучили продали пересекли похвалили нашли посетили записали заменили вспомнили удивили',
    ),
    sentences: [
      'Эти A N из города P V почти D раз ещё до конца зимы, и никто в округе этого не ожидал.',
      'По словам P, A N с весны V уже больше D раз, поэтому совет решил пока подождать.',
      '«Здесь все A N, потому что других N у нас не было», — сказал P, который живёт тут уже D лет.',
      'В самом городе P эти A N и A N стояли рядом D дней, пока их не V другие A N.',
      'Не только A N тревожили P, но и те D случаев, когда A N V их всего неделю назад.',
    ],
    headlines: ['A N из города P V D раз', 'Почему N города P V A N', 'P и ещё D причин: как A N V нас'],
    sections: ['Политика', 'Культура', 'Экономика', 'Наука'],
    by: 'Автор:',
  },
} as const satisfies Record<string, Language>;

export type LanguageCode = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

const SYLLABLES: Record<'latin' | 'cyrillic', readonly string[]> = {
  latin: words('ba bel dor fen gar hal kel lin mar nor pel ros sal tam ul ver wen yor zan mir tol bri cas del'),
  cyrillic: words('ба бел дор вен гар зол кел лин мар нор пел рос сал там ур вер зан мир тол бри'),
};

/** An invented name: one word, with a capital. */
export function inventedName(random: Random, code: LanguageCode): string {
  const syllables = SYLLABLES[code === 'ru' ? 'cyrillic' : 'latin'];
  const name = Array.from({ length: between(random, 2, 4) }, () => pick(random, syllables)).join('');
  return name[0]!.toUpperCase() + name.slice(1);
}

function fill(random: Random, code: LanguageCode, pattern: string): string {
  const language = LANGUAGES[code];
  const text = pattern.replace(/(?<![\p{L}])[ANVPD](?![\p{L}])/gu, (slot) => {
    if (slot === 'A') return pick(random, language.adjectives);
    if (slot === 'N') return pick(random, language.nouns);
    if (slot === 'V') return pick(random, language.verbs);
    return slot === 'P' ? inventedName(random, code) : String(between(random, 3, 980));
  });
  return text[0]!.toUpperCase() + text.slice(1);
}

export const headline = (random: Random, code: LanguageCode): string =>
  fill(random, code, pick(random, LANGUAGES[code].headlines));

export const paragraph = (random: Random, code: LanguageCode): string =>
  Array.from({ length: between(random, 2, 4) }, () => fill(random, code, pick(random, LANGUAGES[code].sentences))).join(
    ' ',
  );
