import { describe, expect, it } from 'vitest';
import { withoutShortCodes } from '../../../src/extract/text/short-codes.js';
import { fieldsOf, page } from '../reading.js';

describe('short codes', () => {
  it.each([
    ['[caption id="attachment_12" align="alignnone" width="800"] The ferry[/caption]', ' The ferry'],
    ['[button link=”https://x.example/” type=”big”]Send photos[/button]', 'Send photos'],
    ['Seen [embed]https://www.youtube.com/watch?v=abc[/embed] by all', 'Seen  by all'],
    ['[vc_row][vc_column_text]The ferry[/vc_column_text][/vc_row]', 'The ferry'],
    ['a [b]bold[/b] word', 'a bold word'],
    ['[gallery]', ''],
  ])('go: %s', (text, rest) => {
    expect(withoutShortCodes(text)).toBe(rest);
  });

  it.each([
    'a gift [sic] of the sea',
    'he left [Ed.: for good]',
    'the wall [1] held […]',
    '[Video] The ferry',
    'a[type=text]',
  ])('are none: %s', (text) => {
    expect(withoutShortCodes(text)).toBe(text);
  });

  it('are left out of text and HTML alike, and stay in code', () => {
    const html = page('<h1>The old quay wall holds</h1>').replace(
      '</p><p>',
      ' [gallery ids="1,2"]</p><p>Editors write <code>[gallery ids="3"]</code> where the pictures of the harbour are to stand in the text.</p><p>',
    );
    const { articleBody, articleHtml } = fieldsOf(html);
    expect(articleBody).not.toContain('1,2');
    expect(articleHtml).not.toContain('1,2');
    expect(articleBody).toContain('[gallery ids="3"]');
  });
});

it("a day in an element of its own before the first words is cut off, a wire's dateline is not", () => {
  const first = (before: string) =>
    fieldsOf(page('<h1>The old quay wall holds</h1>').replace('<p>', `<p>${before}`)).articleBody;
  expect(first('<span class="date">19.10.2019, 15:30</span> ')).toMatch(/^The old quay/);
  expect(first('<b>HARBOUR, 19 October 2019</b> – ')).toMatch(/^HARBOUR/);
});
