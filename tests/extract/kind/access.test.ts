/** Whether an article is free to read, where no machine is told. */
import { describe, expect, it } from 'vitest';
import { explained, fieldsOf, jsonLd, page } from '../reading.js';

const behind = (html: string): string => page('<h1>The old quay wall holds</h1>', '', `<div>${html}</div>`);

describe('a wall behind the text', () => {
  it.each([
    ['en', '<h3>To read the full story</h3><p>Subscribe or sign in</p>'],
    ['en', '<p>This article is reserved for subscribers.</p>'],
    ['de', '<p>Jetzt weiterlesen mit dem Abo</p>'],
    ['de', '<p>Dieser Text ist Abonnenten vorbehalten.</p>'],
    ['fr', '<p>Il vous reste 60 % de cet article à lire. La suite est réservée aux abonnés.</p>'],
    ['es', '<p>Para seguir leyendo, suscríbete</p>'],
    ['pt', '<p>Conteúdo exclusivo para assinantes do jornal</p>'],
    ['it', '<p>Continua a leggere: abbonati al giornale</p>'],
    ['nl', '<p>Lees verder met een abonnement</p>'],
    ['da', '<p>Læs videre med et abonnement</p>'],
    ['nb', '<p>Denne saken er kun for abonnenter</p>'],
    ['sv', '<p>Läs vidare som prenumerant</p>'],
    ['fi', '<p>Tämä juttu on vain tilaajille</p>'],
    ['pl', '<p>Ten tekst jest tylko dla prenumeratorów</p>'],
    ['cs', '<p>Tento článek je jen pro předplatitele</p>'],
    ['hu', '<p>Ez a cikk csak előfizetőknek szól</p>'],
    ['ru', '<p>Читать дальше — по подписке</p>'],
    ['uk', '<p>Читати далі можна за передплатою</p>'],
    ['tr', '<p>Bu haber yalnızca abonelere özel</p>'],
    ['ja', '<p>この記事は会員限定です。続きは有料会員になるとお読みいただけます。</p>'],
    ['zh', '<p>本文仅限付费会员阅读，请订阅后继续阅读全文。</p>'],
    ['ko', '<p>이 기사의 전문은 구독자만 읽을 수 있습니다.</p>'],
    ['ar', '<p>متابعة القراءة تتطلب اشتراك في الصحيفة</p>'],
    ['he', '<p>להמשך קריאה הצטרפו כמנויים לעיתון</p>'],
  ])('is read in %s: %s', (_language, wall) => {
    const { draft } = explained(behind(wall));
    expect(draft.fields.isAccessibleForFree).toBe(false);
    expect(draft.provenance.isAccessibleForFree?.from).toBe('text');
  });

  it.each([
    ['comments', '<p>Comments are available to subscribers only.</p>'],
    ['a newsletter', '<p>Continue reading in our newsletter: subscribe here.</p>'],
    ['registration for nothing', '<p>Kostenlos registrieren und weiterlesen, ohne Abo</p>'],
    ['another article', '<p>Read on</p><p>Storm takes the ferry</p>'],
    ['a label', '<p>Subscriber only</p>'],
  ])('is not seen in %s', (_name, line) => {
    expect(fieldsOf(behind(line)).isAccessibleForFree).toBeUndefined();
  });

  it('counts for less than what machines are told', () => {
    const wall = '<p>This article is reserved for subscribers.</p>';
    const told = jsonLd({ '@type': 'NewsArticle', headline: 'The old quay wall holds', isAccessibleForFree: true });
    expect(fieldsOf(page('<h1>The old quay wall holds</h1>', told, wall)).isAccessibleForFree).toBe(true);
  });

  it('does not make a long article a cut one', () => {
    const long = Array.from(
      { length: 60 },
      (_, n) =>
        `<p>Diver number ${n} came up and said that the stones below the water line were where they had been.</p>`,
    );
    const html = behind('<p>This article is reserved for subscribers.</p>').replace('</div>', `${long.join('')}</div>`);
    expect(fieldsOf(html).isAccessibleForFree).toBeUndefined();
  });
});

it.each([
  'To read the full article, subscribe or log in.',
  'Jetzt abonnieren und weiterlesen',
  'Abonnez-vous pour lire la suite',
  'Suscríbete para seguir leyendo',
  'Abbonati per continuare a leggere',
  'Assine para continuar lendo',
  'Word abonnee om verder te lezen',
  'Bli abonnent for å lese videre',
  'Tilaa ja jatka lukemista',
  'Wykup subskrypcję, aby czytać dalej',
  'Předplaťte si a čtěte dál',
  'Fizessen elő a cikk elolvasásához',
  'Материал доступен только подписчикам',
  'Γίνετε συνδρομητής για να συνεχίσετε την ανάγνωση',
  'Okumaya devam etmek için abone olun',
  'הירשמו כמנויים כדי להמשיך לקרוא',
  '続きを読むには会員登録が必要です',
  '계속 읽으려면 구독하세요',
  '订阅后继续阅读',
])('a wall that looks like the last paragraph is none: %s', (line) => {
  const html = page('<h1>The old quay wall holds</h1>').replace(/<\/p>(?![\s\S]*<\/p>)/, `</p><p>${line}</p>`);
  const { articleBody, isAccessibleForFree } = fieldsOf(html);
  expect(articleBody).toBeDefined();
  expect(articleBody).not.toContain(line);
  expect(isAccessibleForFree).toBe(false);
});
