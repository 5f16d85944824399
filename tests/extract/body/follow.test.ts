/** Lines whose only message is to follow the site at a platform are no text of the article, in any language. */
import { describe, expect, it } from 'vitest';
import { asksToFollow } from '../../../src/extract/body/follow.js';
import { fieldsOf, page } from '../reading.js';

describe('a line asks to follow the site', () => {
  it.each([
    'Follow us on Google News',
    'Join our WhatsApp channel',
    'For more updates, follow us on Facebook and X.',
    'Add us as a preferred source on Google',
    'Simak berita pilihan kami langsung dari ponselmu. Pilih saluran andalanmu: WhatsApp Channel: https://www.example.org/channel/002',
    'Gabung dengan saluran Telegram kami',
    'Suivez-nous sur WhatsApp',
    'Síguenos en Google News',
    'Únete a nuestro canal de WhatsApp',
    'Siga-nos no Google News',
    'Iscriviti al canale WhatsApp',
    'Folgen Sie uns auf WhatsApp',
    'Volg ons op Instagram',
    'Följ oss på Facebook',
    'Подписывайтесь на наш Telegram-канал',
    'Читайте нас в Telegram',
    'Підписуйтесь на наш Telegram',
    "Bizi Google News'te takip edin",
    'WhatsApp kanalımıza katılın',
    'Dołącz do nas na Facebooku',
    'Sledujte nás na Facebooku',
    'Kövess minket a Facebookon is!',
    'Urmărește-ne pe Google News',
    'Ακολουθήστε το Ταχυδρόμος στο Google News',
    'تابعونا على فيسبوك وتويتر',
    'ما را در تلگرام دنبال کنید',
    'עקבו אחרינו בפייסבוק',
    'हमारे व्हाट्सएप चैनल को फॉलो करें',
    'খবর পেতে গুগল নিউজ চ্যানেল ফলো করুন',
    'Theo dõi Báo Sông Hồng trên Google News',
    'ติดตามข่าวสารได้ที่ Facebook',
    '公式Xをフォローする',
    '▶ 네이버에서 강변일보 구독하기',
    '关注我们的微信公众号',
    'Jiunge na kundi letu la WhatsApp',
    'Want more of this? Sign up for our newsletter.',
    'Melden Sie sich für unseren Newsletter an',
    'Inscrivez-vous à notre newsletter',
    'Suscríbete a nuestro boletín',
    'Zapisz się do naszego newslettera i bądź na bieżąco',
    'Přihlaste se k odběru newsletteru',
    'Bültenimize abone olun, gelişmeleri kaçırmayın',
    'Подпишитесь на нашу рассылку, чтобы ничего не пропустить',
    'Εγγραφείτε στο newsletter μας',
    'اشترك في نشرتنا البريدية',
    'हमारे न्यूज़लेटर की सदस्यता लें',
    'メールマガジンに登録する',
    '뉴스레터 구독하기',
  ])('%s', (line) => {
    expect(asksToFollow(line, 0)).toBe(true);
    const html = page('<h1>The old quay wall holds</h1>');
    expect(fieldsOf(html.replace('</p><p>', `</p><p><strong>${line}</strong></p><p>`)).articleBody).not.toContain(line);
  });

  it.each([
    'You can follow Jane Doe on Instagram.',
    'He asked us to follow him on Telegram.',
    'Like most of our neighbours, she is on Facebook.',
    'Get the most out of X with our guide to posting',
    'Telegram said on Monday that it had removed the channel.',
    'Entre los usuarios de Facebook hay un grupo que no quiere ver anuncios.',
    'We follow the rules of our house.',
    'The newsletter that he signs up readers for costs four kroner a month.',
    'Er schreibt einen Newsletter über das Hafenviertel.',
  ])('but not: %s', (line) => {
    expect(asksToFollow(line, 0)).toBe(false);
  });
});
