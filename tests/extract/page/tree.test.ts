import type { AnyNode } from 'domhandler';
import fc from 'fast-check';
import { parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import {
  type Document,
  type Element,
  holds,
  type Node,
  parseDocument,
  textOf,
} from '../../../src/extract/page/tree.js';

/** The tree as nested names, text in quotes. */
function outline(node: Document | Node): string {
  if (node.type === 'text') return JSON.stringify(node.data);
  const inside = node.children.map(outline).join(' ');
  return node.type === 'root' ? inside : inside === '' ? node.name : `${node.name}(${inside})`;
}

const parse = (html: string): string => outline(parseDocument(html));

/** The elements that it stands in. */
function around({ parent }: Element): Element[] {
  const found: Element[] = [];
  for (let at = parent; at.type === 'tag'; at = at.parent) found.push(at);
  return found;
}

/** Those that are kept, of our element or of htmlparser2's. */
function attributesOf({ attribs }: Element): Record<string, string> {
  const given = 'entries' in attribs ? Object.fromEntries(attribs.entries()) : { ...(attribs as object) };
  const kept = Object.entries(given).filter(([name]) => name !== 'data-other');
  return Object.fromEntries(kept.sort());
}

describe('the lean tree', () => {
  it('nests what is nested and decodes references in text and attributes', () => {
    const document = parseDocument('<p class="a &amp; b">x &lt; y &nbsp;&eacute;<b>z</b></p>');
    expect(outline(document)).toBe('p("x < y \u00a0é" b("z"))');
    expect((document.children[0] as Element).attribs.class).toBe('a & b');
  });

  it('ends open paragraphs, list items, cells and options where the next begins', () => {
    expect(parse('<p>a<p>b<div>c</div>')).toBe('p("a") p("b") div("c")');
    expect(parse('<p><b>a<p>b')).toBe('p(b("a")) p("b")');
    expect(parse('<ul><li>a<li>b<ul><li>c</ul><li>d</ul>')).toBe('ul(li("a") li("b" ul(li("c"))) li("d"))');
    expect(parse('<table><tr><td>a<td>b<tr><td>c</table>')).toBe('table(tr(td("a") td("b")) tr(td("c")))');
    expect(parse('<dl><dt>a<dd>b<dt>c</dl>')).toBe('dl(dt("a") dd("b") dt("c"))');
  });

  it('keeps a block open when a formatting element is closed across it', () => {
    expect(parse('<div><a href="x"><div>a</a>b</div>c</div>d')).toBe('div(a(div("ab")) "c") "d"');
    expect(parse('<div><span>a<div>b</span>c</div>d</div>e')).toBe('div(span("a" div("bc")) "d") "e"');
  });

  it('ignores end tags that end nothing', () => {
    expect(parse('<div>a</p></span></section>b</div>')).toBe('div("ab")');
    expect(parse('<table><tr><td>a</div>b</td></tr></table>')).toBe('table(tr(td("ab")))');
  });

  it('keeps what follows </body> inside the body', () => {
    expect(parse('<html><body><p>a</p></body></html><p>b</p>')).toBe('html(body(p("a") p("b")))');
  });

  it('puts scripts aside, JSON-LD apart, and keeps no style, comment or drawing', () => {
    const document = parseDocument(
      '<script type="application/ld+json">{"a":"</b>"}</script><style>p{}</style><!-- <p>no</p> --><svg><title>icon</title><path d="M0"/></svg><p>a</p><script id=x>var a = "<p>";</script>',
    );
    expect(outline(document)).toBe('p("a")');
    expect(document.jsonLd).toEqual(['{"a":"</b>"}']);
    expect(document.scripts).toMatchObject([{ attribs: { id: 'x' }, text: 'var a = "<p>";' }]);
  });

  it('finds its way out of a drawing that is never closed', () => {
    expect(parse('<svg><path><div>a</div>')).toBe('div("a")');
  });

  it('reads attributes in all the ways they are written', () => {
    const [element] = parseDocument(`<a HREF=x/y class='c"d' id="e>f" hidden data-URL = h class=no>`).elements;
    expect(Object.fromEntries(element?.attribs.entries() ?? [])).toEqual({
      href: 'x/y',
      class: 'c"d',
      id: 'e>f',
      hidden: '',
      'data-url': 'h',
    });
  });

  it('keeps no attribute that nothing reads', () => {
    const [element] = parseDocument('<p onclick="a()" data-x=1 __proto__=2 classx=3 clas=4 title=5>').elements;
    expect(element?.attribs.entries()).toEqual([['title', '5']]);
  });

  it('reads elements, attributes and text as htmlparser2 does where nothing is to be repaired', () => {
    const name = fc.constantFrom('div', 'SPAN', 'em', 'my-part', 'section', 'x');
    const value = fc.stringMatching(/^[a-z <>/=&;é"]{0,8}$/);
    const attributes = fc.dictionary(fc.constantFrom('class', 'Href', 'id', 'title', 'data-src', 'data-other'), value);
    const { markup } = fc.letrec<{ markup: string }>((tie) => ({
      markup: fc.oneof(
        { maxDepth: 5 },
        fc.stringMatching(/^[a-z][a-z &;é\n]{0,8}$/),
        fc.tuple(name, attributes, fc.array(tie('markup'), { maxLength: 4 })).map(([tag, given, inside]) => {
          const written = Object.entries(given).map(([key, text]) => ` ${key}='${text}'`);
          return `<${tag}${written.join('')}>${inside.join('')}</${tag}>`;
        }),
      ),
    }));
    const told = (node: AnyNode | Node): unknown =>
      node.type === 'text'
        ? node.data
        : [
            (node as Element).name,
            attributesOf(node as Element),
            (node as Element).children.filter((child) => child.type !== 'text' || child.data.trim() !== '').map(told),
          ];
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 4 }), (pieces) => {
        const html = `<main>${pieces.join('')}</main>`;
        expect(parseDocument(html).children.map(told)).toEqual(parseWithHtmlparser2(html).children.map(told));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a "<" that begins no markup as text', () => {
    expect(parse('<p>3 < 4 <5 <> a</p>')).toBe('p("3 < 4 <5 <> a")');
  });

  it('ends short and unclosed comments as browsers do', () => {
    expect(parse('<!-->a<!--->b<!-- c -->d<!-- e')).toBe('"abd"');
  });

  it('tells order and containment by numbers', () => {
    const document = parseDocument('<div><p>a</p><p>b</p></div><p>c</p>');
    const [div, first, , last] = document.elements as [Element, Element, Element, Element];
    expect(holds(div, first)).toBe(true);
    expect(holds(div, last)).toBe(false);
    expect(holds(document, last)).toBe(true);
    expect(textOf(div)).toBe('ab');
  });
});

describe('hostile input', () => {
  const depthOf = (document: Document): number =>
    Math.max(0, ...document.elements.slice(-10).map((element) => around(element).length));

  it('flattens tags nested a million deep and closes them again', () => {
    const document = parseDocument(`${'<div>'.repeat(1_000_000)}a${'</div>'.repeat(1_000_000)}<p>b</p>`);
    expect(depthOf(document)).toBeLessThanOrEqual(512);
    expect(document.truncated).toBe(true);
  });

  it('flattens deep formatting without losing the text', () => {
    expect(textOf(parseDocument(`${'<b><i>'.repeat(5000)}text`))).toBe('text');
  });

  it.each([
    ['opening quotes', '<a b="'],
    ['end tags without a start', '</p>'],
    ['a comment never closed', '<!--'],
    ['less-than signs', '<'],
    ['scripts never closed', '<script>'],
    ['drawings never closed', '<svg>'],
    ['links never closed', '<a href=x>'],
    ['formatting closed across blocks', '<b><p></b>'],
    ['attributes', '<p a=b c=d '],
    ['ampersands', '&am'],
  ])('reads half a megabyte and more of %s', (_, piece) => {
    // A reader that searches the rest again for each of them would take hours.
    const document = parseDocument(`${piece.repeat(300_000)}`);
    expect(document.elements.length + document.texts.length).toBeLessThanOrEqual(400_001);
  });

  it('reads any text whatever, and builds a sound tree of it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        '&',
        ';',
        '<!--',
        '-->',
        '</',
        '<p>',
        '</p>',
        '<a ',
        '<svg>',
        '<td>',
        '<table>',
        '</table>',
        '<b>',
        '</b>',
        '<script>',
        '</script>',
        '\u0000',
        '\ud800',
        '<li>',
        '<title>',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const document = parseDocument(pieces.join(''));
        const check = (node: Element | Document): number => {
          let count = 0;
          node.children.forEach((child, i) => {
            expect(child.parent).toBe(node);
            expect(child.prev).toBe(node.children[i - 1] ?? null);
            expect(child.next).toBe(node.children[i + 1] ?? null);
            expect(holds(node, child)).toBe(true);
            count += 1 + (child.type === 'tag' ? check(child) : 0);
          });
          return count;
        };
        expect(check(document)).toBe(document.elements.length + document.texts.length);
      }),
      { numRuns: 500 },
    );
  });
});
