import { describe, expect, it } from 'vitest';
import { isOfSite, isSign, pictureKey, widest, widthIn } from '../../../src/extract/media/picture-address.js';

const AT = 'https://pictures.example/';
const keyOf = (path: string): string => pictureKey(`${AT}${path}`);

describe('two addresses', () => {
  it.each([
    ['2024/quay-wall-holds-300x200.jpg', '2024/quay-wall-holds.jpg'],
    ['2024/quay-wall-holds-scaled.jpg?w=640', '2024/quay-wall-holds-1024x768.webp'],
    ['a/quay-wall-holds_v16_9_1600.jpeg', 'a/quay-wall-holds_v1_1_400.webp'],
    [
      '_processed_/4/csm_quay-wall-and-harbour_0e8b3d365c.jpg',
      '_processed_/9/csm_quay-wall-and-harbour_68651efb91.jpg',
    ],
    ['news/quay-wall-758x531@paper.jpg', 'news/quay-wall-1200x840@paper.jpg'],
    ['a/b1c2d3/ED_583616.jpg', 'a/e4f5a6/ED_583616.jpg'],
    ['AdobeStock_372820225_b0464c6958b2ce61.jpeg', 'AdobeStock_372820225_472cff0c4144c55b.jpeg'],
    ['173825/16x9/1200.jpg', '173825/4x3/1200.jpg'],
    ['styles/xl/quay.jpg', 'styles/th/quay.jpg'],
    ['image?url=https%3A%2F%2Fx.example%2Fquay.jpg&w=100', 'image?url=https%3A%2F%2Fx.example%2Fquay.jpg&w=900'],
    ['_processed_/f/c/csm_quay_22ce777a90.jpg', '_processed_/f/c/csm_quay_d26b8616bd.jpg'],
    ['photos/01/07/18636107/9/rawImage.jpg', 'photos/01/07/18636107/9/920x920.jpg'],
    ['images/44152f97/16x9/original.jpg', 'images/44152f97/16x9/1280@40.jpg'],
    ['images/iqjWHB/v1/1200x800.jpg', 'images/iqjWHB/v1/2000x1333.jpg'],
    ['picture27/alternates/FREE_1140/quay.jpg', 'picture27/alternates/LANDSCAPE_1140/quay.jpg'],
    ['the-quay-466/alternates/LANDSCAPE_1280', 'the-quay-466/alternates/SQUARE_1280'],
    ['2023/12/1280/1280/quay.jpg', '2023/12/1280/720/quay.jpg'],
    ['photos/65aa/16:9/w_3488,h_1962,c_limit/quay.jpg', 'photos/65aa/master/w_2240,c_limit/quay.jpg'],
    ['files/styles/xs_1x/public/quay.jpg?itok=a', 'files/styles/xs_2x/public/quay.jpg?itok=b'],
    ['Quay_2185.2e16d0ba.fill-1200x630-c0.jpg', 'Quay_2185.2e16d0ba.fill-735x490.jpg'],
    ['06gJ368Dbs0mSbmu-1..v1703341095.jpg', '06gJ368Dbs0mSbmu-1.fit_lim.size_1600x900.v1703341095.jpg'],
    ['1200x675_cmsv2_5cf0f21b-25f6.jpg', '1920x1080_cmsv2_5cf0f21b-25f6.jpg'],
    ['news/quay142_v-fullhd.jpg', 'news/quay142_v-quadratxl.jpg'],
    ['4c113d3e-b078_w1200_r1.77_fpx45_fpy48.jpg', '4c113d3e-b078_w948_r1.33_fpx45_fpy48.webp'],
    ['image/8/4/9/5/1065948_quay_default_1BxY.jpg', 'image/8/4/9/5/1065948_quay_detail-800w_1FnQ.webp'],
    ['2023/quay/quay-videoSixteenByNineJumbo1600.jpg', '2023/quay/quay-superJumbo.jpg'],
    ['gallery/quay/l-intro-1702923080.jpg', 'gallery/quay/intro-1702923080.webp'],
    ['image/65897427_804.jpg', 'image/65897427_604.jpg'],
    ['quay.jpg_895565321.jpg', 'quay.jpg_1318795700.jpg'],
    [
      'width/900/https://media.example/2018/08/quay.jpg',
      'height/675/https%3A%2F%2Fmedia.example%2F2018%2F08%2Fquay.jpg',
    ],
    ['media/quay-wall-1200x.jpg', 'media/quay-wall-1536x.jpg'],
    ['a/8fc28b26d8_600_resize.webp', 'a/8fc28b26d8.jpg'],
    ['22967847ec0a746452362a913e4b4226=w700', '22967847ec0a746452362a913e4b4226'],
    ['images/332174/fill-1200x800|format-webp|webpquality-85/', 'images/332174/fill-1148x766|format-jpeg/'],
  ])('mean one picture: %s, %s', (a, b) => {
    expect(keyOf(a)).toBe(keyOf(b));
  });

  it.each([
    ['gallery/1.jpg', 'gallery/2.jpg'],
    ['1/image.jpg', '2/image.jpg'],
    ['quay-wall-harbour-2019.jpg', 'quay-wall-harbour-2020.jpg'],
    [
      'capi_0ff32ae4ef9a49808c620ce0f339ab13_5bf60494e920961e103f637ab3e72d8b.jpg',
      'capi_0ff32ae4ef9a49808c620ce0f339ab13_635300f36d3afbcba46474df7636e928.jpg',
    ],
    ['picture.php?id=77', 'picture.php?id=78'],
    ['photo/1535178347_1.jpg', 'photo/1535178347_2.jpg'],
    ['2019/345/1.jpg', '2019/346/1.jpg'],
    ['a/920x920.jpg', 'b/920x920.jpg'],
    ['images/332174/fill-1200x800|format-webp/', 'images/332175/fill-1200x800|format-webp/'],
    ['image?url=https%3A%2F%2Fx.example%2Fquay.jpg', 'image?url=https%3A%2F%2Fx.example%2Fferry.jpg'],
  ])('mean two: %s, %s', (a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});

it.each(['csm_logo-bwe_e7d19c89cb.jpg', 'assets/site_logos/qp.png'])("%s is the site's", (path) => {
  expect(isOfSite(`${AT}${path}`)).toBe(true);
});

it.each([
  ['quay.jpg?w=640&h=360', 640],
  ['quay-300x200.jpg', 300],
  ['c_fill,h_720,w_1280/quay.jpg', 1280],
  ['quay_16_9_1600.jpeg', 1600],
  ['crop/17x231/3050x1937/resize/1220/quay.jpg', 1220],
  ['2019/quay-2019.jpg', undefined],
  ['quay_23x15.jpg', undefined],
  ['quay_64x64.jpg', 64],
  ['quay-16x16.jpg', 16],
  ['images/332174/fill-1200x800|format-webp/', 1200],
  ['max/60/1*GiNVFk.png?q=20', 60],
  ['v2/resize:fit:1400/1*GiNVFk.png', 1400],
])('the width in %s is %s', (path, width) => {
  expect(widthIn(`${AT}${path}`)).toBe(width);
});

it('the picture that was uploaded is taken before its copies', () => {
  expect(widest(`${AT}quay.jpg`, `${AT}quay-1200x675.jpg`)).toBe(`${AT}quay.jpg`);
  expect(widest(`${AT}quay.jpg?w=2400`, `${AT}quay.jpg`)).toBe(`${AT}quay.jpg`);
  expect(widest(`${AT}quay_600.jpg`, `${AT}quay_1600.jpg`)).toBe(`${AT}quay_1600.jpg`);
});

it.each([
  ['paper-logo.png', true],
  ['img/opengraph_default.png', true],
  ['blank.jpg', true],
  ['data/avatars/l/81/81656.jpg', true],
  ['2015/alibaba-logo-getty-headquarters.jpg', false],
  ['2022/FINA_LOGO_FUKUOKA.jpeg', false],
  ['63/default.jpg', false],
])('%s stands for the site: %s', (path, expected) => {
  expect(isOfSite(`${AT}${path}`)).toBe(expected);
});

it.each([
  ['style/icon_lupe.png', true],
  ['image/placeholder/800x600.png', true],
  ['icons/loupe.svg', true],
  ['loaders/loader_small_grey.gif', true],
  ['fa/empty.gif', true],
  ['239/lazy.svg', true],
  ['smilies/bonus/grr.gif', true],
  ['2024/iconic-harbour.jpg', false],
  ['2024/loading-dock.jpg', false],
  ['2024/smiling-captain.jpg', false],
])('%s is a sign: %s', (path, expected) => {
  expect(isSign(`${AT}${path}`)).toBe(expected);
});
