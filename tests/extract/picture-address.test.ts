import { describe, expect, it } from 'vitest';
import { isOfSite, isSign, pictureKey, widest, widthIn } from '../../src/extract/picture-address.js';

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
    ['22967847ec0a746452362a913e4b4226=w700', '22967847ec0a746452362a913e4b4226'],
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
  ['2024/iconic-harbour.jpg', false],
])('%s is a sign: %s', (path, expected) => {
  expect(isSign(`${AT}${path}`)).toBe(expected);
});
