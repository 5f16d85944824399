import { describe, expect, it } from 'vitest';
import { isPictureCredit, splitCredit, withoutLabel } from '../../../src/extract/media/credits.js';

describe('the credit at the end of a caption', () => {
  it.each([
    ['The wall at night. Photo: Ann Lee', 'The wall at night.', 'Ann Lee'],
    ['The wall at night (Photo by Ann Lee/Getty Images)', 'The wall at night', 'Ann Lee/Getty Images'],
    [
      'The mayor, left, on Monday. (AP Photo/Ann Lee, File) The Associated Press',
      'The mayor, left, on Monday.',
      'AP Photo/Ann Lee, File',
    ],
    [
      'The wall on Nov. 8, 2023. Ann Lee/AFP via Getty Images',
      'The wall on Nov. 8, 2023.',
      'Ann Lee/AFP via Getty Images',
    ],
    ['Die Mauer bei Nacht. © Ann Lee', 'Die Mauer bei Nacht.', 'Ann Lee'],
    ['Die Mauer bei Nacht (Symbolbild) | Foto: dpa', 'Die Mauer bei Nacht (Symbolbild)', 'dpa'],
    ['Le mur, la nuit. | DR', 'Le mur, la nuit.', 'DR'],
    ['El muro de noche (Ana Lago/Cuarto Claro)', 'El muro de noche', 'Ana Lago/Cuarto Claro'],
    ['Стена ночью. Фото: Анна Ли / ТАСС', 'Стена ночью.', 'Анна Ли / ТАСС'],
    ['The wall at night AP Photo/Ann Lee', 'The wall at night', 'AP Photo/Ann Lee'],
    [
      'The wall at night in 1973 Ann Lee/Quay Archives/Getty Images',
      'The wall at night in 1973',
      'Ann Lee/Quay Archives/Getty Images',
    ],
    ['La reunión del Grupo de Cuarto Claro EFE/ A. Lago', 'La reunión del Grupo de Cuarto Claro', 'EFE/ A. Lago'],
    ['El muro de noche/ Foto Ana Lago Gil', 'El muro de noche', 'Ana Lago Gil'],
    [
      'The wall on Nov. 8, 2023. (AP Photo/Ann Lee) (AP Photo/Ann Lee)',
      'The wall on Nov. 8, 2023.',
      'AP Photo/Ann Lee',
    ],
    ['The wall at night. — AFP pic', 'The wall at night.', 'AFP pic'],
    ['夜の岸壁＝ロイター', '夜の岸壁', 'ロイター'],
    ['桟橋に停泊する渡し船＝10日、アン・ベルグ撮影', '桟橋に停泊する渡し船＝10日', 'アン・ベルグ'],
    ['嵐の翌朝の岸壁＝3日、みなと市（田中一郎撮影）', '嵐の翌朝の岸壁＝3日、みなと市', '田中一郎'],
    ['风暴过后的旧码头。江边日报记者 李四 摄', '风暴过后的旧码头。', '江边日报记者 李四'],
    ['폭풍이 지난 뒤의 옛 부두. 강변시 제공', '폭풍이 지난 뒤의 옛 부두.', '강변시'],
    ['Krantinė ryte. J. Pavyzdžio nuotr.', 'Krantinė ryte.', 'J. Pavyzdžio'],
    ['ნავმისადგომი დილით. ფოტო: გია ნიმუში', 'ნავმისადგომი დილით.', 'გია ნიმუში'],
    ['துறைமுகச் சுவர் | படம்: எம். மாதிரி', 'துறைமுகச் சுவர்', 'எம். மாதிரி'],
    ['Stary mur nocą, fot. Anna Przykład', 'Stary mur nocą', 'Anna Przykład'],
    ['The pier in May / Photo by Ann Lee on Unsplash', 'The pier in May', 'Ann Lee on Unsplash'],
    ['The wall at night.CreditCredit...Ann Lee for The Quay Post', 'The wall at night.', 'Ann Lee for The Quay Post'],
  ])('of "%s" is apart', (text, caption, credit) => {
    expect(splitCredit(text)).toEqual({ caption, credit });
  });

  it.each([
    ['Foto: Ann Lee', 'Ann Lee'],
    ['Credits: Supplied Image;', 'Supplied Image'],
    ['Photograph by Ann Lee/AFP', 'Ann Lee/AFP'],
    ['Ann Lee via Getty Images', 'Ann Lee via Getty Images'],
    ['Ann Lee | Getty Images', 'Ann Lee / Getty Images'],
    ['Image credit: Quay Games', 'Quay Games'],
  ])('may be all of it: "%s"', (text, credit) => {
    expect(splitCredit(text)).toEqual({ credit });
  });

  it.each([
    'A woman takes a picture of the dock near the refinery, which is to be opened again.',
    'The wall, built in 1900, holds.',
    'Mayor Lee (C) with the divers.',
    'Ann Lee',
    'A picture of the wall hangs in the hall. It was made by Ann Lee. Nobody knows when.',
    'The image: what divers see. They see stones. Each of them is as old as the town.',
  ])('is not seen in "%s"', (caption) => {
    expect(splitCredit(caption)).toEqual({ caption });
  });

  it('takes a caption of any kind in linear time', () => {
    for (const piece of ['(', '| ', 'Photo: ', 'Foto ', '. A', 'A/', '— '])
      expect(splitCredit(piece.repeat(20_000))).toBeDefined();
  });
});

it.each([
  ['Foto di Ada Lens', 'Ada Lens'],
  ['Photo de Ada Lens', 'Ada Lens'],
  ['Foto: Ada Lens', 'Ada Lens'],
  ['Ada Lens', 'Ada Lens'],
])('a credit is a name: "%s"', (text, name) => {
  expect(withoutLabel(text)).toBe(name);
});

it.each([
  'Photo: Jane Doe',
  'Ljósmynd: Jón Jónsson',
  'Nuotrauka: Jonas Jonaitis',
  '© Фото: РИА',
  'Φωτό: ΑΠΕ',
  'Լուսանկար՝ Անի',
  'ფოტო: ნინო ბერიძე',
  'صورة: رويترز',
  'تصویر: احمد',
  'फोटो: पीटीआई',
  'ఫోటో: రవి',
  'ภาพ: สมชาย',
  'Gambar: Ahmad',
  'Picha: Juma',
  '撮影：田中',
  '图源：路透社',
])('says whom a picture is by: %s', (line) => {
  expect(isPictureCredit(line)).toBe(true);
});
