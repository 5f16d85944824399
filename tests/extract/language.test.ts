/** The language of an article: from its text where the markup says nothing or lies. */
import { describe, expect, it } from 'vitest';
import { extractPage, parseDocument } from '../../src/extract/index.js';
import { languageOf } from '../../src/extract/text/language-of-text.js';

/** Two sentences of local news in each language. */
const SENTENCES: readonly (readonly [language: string, text: string])[] = [
  [
    'en',
    'The bakery at the old bridge has found someone to take over its oven. She will bake the first bread on Monday, and the neighbours are already asking for it.',
  ],
  [
    'de',
    'Die Bäckerei an der alten Brücke hat eine Nachfolgerin gefunden. Sie wird am Montag das erste Brot backen, und die Nachbarn fragen schon danach.',
  ],
  [
    'fr',
    'La boulangerie du vieux pont a trouvé quelqu’un pour reprendre son four. Elle cuira le premier pain lundi, et les voisins en demandent déjà.',
  ],
  [
    'es',
    'La panadería del puente viejo ha encontrado a alguien para su horno. El lunes se hará el primer pan, y los vecinos ya lo piden.',
  ],
  [
    'pt',
    'A padaria da ponte velha encontrou quem fique com o seu forno. Na segunda-feira faz-se o primeiro pão, e os vizinhos já perguntam por ele.',
  ],
  [
    'it',
    'Il forno del ponte vecchio ha trovato chi lo prende in mano. Lunedì si farà il primo pane, e i vicini lo chiedono già.',
  ],
  [
    'nl',
    'De bakkerij bij de oude brug heeft iemand gevonden die de oven overneemt. Op maandag bakt zij het eerste brood, en de buren vragen er al naar.',
  ],
  [
    'sv',
    'Bageriet vid den gamla bron har hittat någon som tar över ugnen. På måndag bakar hon det första brödet, och grannarna frågar redan efter det.',
  ],
  [
    'da',
    'Bageriet ved den gamle bro har fundet en, der overtager ovnen. Efter weekenden bager hun det første brød, og naboerne spørger også efter det.',
  ],
  [
    'no',
    'Bakeriet ved den gamle broen har funnet en som tar over ovnen. Etter helgen baker hun det første brødet, og naboene spør også etter det.',
  ],
  [
    'fi',
    'Vanhan sillan leipomo on löytänyt jatkajan. Ensimmäinen leipä on uunissa maanantaina, ja naapurit kysyvät sitä jo, mutta se ei ole vielä valmis.',
  ],
  [
    'pl',
    'Piekarnia przy starym moście znalazła kogoś, kto przejmie jej piec. W poniedziałek upiecze się pierwszy chleb, a sąsiedzi już o niego pytają.',
  ],
  [
    'cs',
    'Pekárna u starého mostu našla někoho, kdo převezme její pec. V pondělí se bude péct první chléb a sousedé se na něj už ptají, protože je dobrý.',
  ],
  [
    'hu',
    'A régi híd melletti pékség talált valakit, aki átveszi a kemencét. Hétfőn sül meg az első kenyér, és a szomszédok már most kérdezik, hogy lesz-e.',
  ],
  [
    'ro',
    'Brutăria de la podul vechi a găsit pe cineva care să preia cuptorul. Luni se va coace prima pâine, iar vecinii deja întreabă de ea.',
  ],
  [
    'tr',
    'Eski köprünün yanındaki fırın yeni bir usta buldu. İlk ekmek pazartesi günü çıkacak ve komşular bunun için şimdiden soruyor.',
  ],
  [
    'vi',
    'Tiệm bánh ở cây cầu cũ đã tìm được người tiếp quản lò nướng. Mẻ bánh đầu tiên sẽ ra lò vào thứ hai, và hàng xóm đã hỏi về nó.',
  ],
  [
    'id',
    'Toko roti di dekat jembatan tua itu sudah menemukan penerus. Roti pertama akan dibuat pada hari Senin, dan para tetangga sudah menanyakannya.',
  ],
  [
    'ru',
    'Пекарня у старого моста нашла того, кто возьмёт на себя печь. В понедельник испекут первый хлеб, и соседи уже спрашивают о нём.',
  ],
  [
    'uk',
    'Пекарня біля старого мосту знайшла того, хто візьме на себе піч. У понеділок спечуть перший хліб, і сусіди вже питають про нього.',
  ],
  [
    'bg',
    'Пекарната до стария мост намери кой да поеме пещта. В понеделник ще се изпече първият хляб и съседите вече питат за него.',
  ],
  [
    'el',
    'Ο φούρνος δίπλα στην παλιά γέφυρα βρήκε συνεχιστή. Το πρώτο ψωμί θα ψηθεί τη Δευτέρα και οι γείτονες το ζητούν ήδη.',
  ],
  [
    'ar',
    'وجد المخبز القريب من الجسر القديم من يتولى فرنه. وسيخبز الرغيف الأول يوم الاثنين، والجيران يسألون عنه منذ الآن.',
  ],
  [
    'fa',
    'نانوایی کنار پل قدیمی کسی را پیدا کرده است که تنور را بگیرد. نان اول روز دوشنبه پخته می شود و همسایه ها از حالا سراغ آن را می گیرند.',
  ],
  [
    'ur',
    'پرانے پل کے پاس والی بیکری کو نیا نانبائی مل گیا ہے۔ پہلی روٹی پیر کو پکے گی اور پڑوسی ابھی سے اس کے بارے میں پوچھ رہے ہیں۔',
  ],
  ['he', 'המאפייה ליד הגשר הישן מצאה מי שייקח את התנור. הלחם הראשון ייאפה ביום שני, והשכנים כבר שואלים עליו.'],
  ['hi', 'पुराने पुल के पास की बेकरी को नया मालिक मिल गया है। पहली रोटी सोमवार को बनेगी और पड़ोसी अभी से पूछ रहे हैं।'],
  ['th', 'ร้านเบเกอรี่ข้างสะพานเก่าพบผู้สืบทอดเตาอบแล้ว ขนมปังก้อนแรกจะออกจากเตาในวันจันทร์'],
  ['zh', '老桥边的面包店找到了接手烤炉的人。第一炉面包将在星期一出炉，邻居们已经在打听了。'],
  ['ja', '古い橋のそばのパン屋に後継者が見つかった。月曜日に最初のパンを焼き、近所の人たちはもう楽しみにしている。'],
  ['ko', '오래된 다리 옆 빵집이 화덕을 이어받을 사람을 찾았다. 첫 빵은 월요일에 나오며 이웃들은 벌써 묻고 있다.'],
];

describe('the language of a text', () => {
  it.each(SENTENCES)('is told of two sentences: %s', (language, text) => {
    expect(languageOf(text)?.language).toBe(language);
  });

  it('is not told of a few words or of none', () => {
    expect(languageOf('')).toBeUndefined();
    expect(languageOf('2:1 (1:0)')).toBeUndefined();
    expect(languageOf('Bayern – Ajax')).toBeUndefined();
  });
});

describe('the language of an article', () => {
  const read = (markup: string, text: string) => {
    const html = `<html${markup}><head><title>A</title></head><body><main><article><h1>Title of it all</h1>${text
      .split('. ')
      .map((sentence) => `<p>${sentence}. ${sentence}. ${sentence}.</p>`)
      .join('')}</article></main></body></html>`;
    return extractPage(parseDocument(html), { url: 'https://paper.example/news/a-slug-of-words', html }).fields
      .inLanguage;
  };
  const text = (language: string) => SENTENCES.find(([name]) => name === language)![1];

  it('comes from the text where the markup is silent', () => {
    expect(read('', text('pl'))).toBe('pl');
    expect(read('', text('ru'))).toBe('ru');
  });

  it('comes from the headline where the page has no text', () => {
    const html = '<h1>渡し船は今日も港を走る</h1>';
    expect(
      extractPage(parseDocument(html), { url: 'https://paper.example/news/a-slug-of-words', html }).fields.inLanguage,
    ).toBe('ja');
  });

  it('comes from the text where the markup lies', () => {
    expect(read(' lang="en"', text('de'))).toBe('de');
    expect(read(' lang="en-US"', text('ar'))).toBe('ar');
  });

  it('keeps the region that the markup names', () => {
    expect(read(' lang="pt-BR"', text('pt'))).toBe('pt-BR');
    expect(read(' lang="zh-Hant-TW"', text('zh'))).toBe('zh-Hant-TW');
  });

  it('keeps a language that the text cannot tell from its neighbour', () => {
    expect(read(' lang="nb"', text('no'))).toBe('nb');
    expect(read(' lang="nn-NO"', text('no'))).toBe('nn-NO');
  });
});
