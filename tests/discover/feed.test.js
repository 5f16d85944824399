import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { isoDateOf } from '../../src/discover/dates.js';
import { readDocument } from '../../src/discover/document.js';
const FEED = 'https://example.org/feed';
const read = (body, url = FEED) => readDocument(Buffer.from(body), { url });
const data = (name) => readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');
const story = { url: 'https://example.org/storm', kind: 'page', source: 'feed', title: 'Storm hits "the coast"' };
describe('every kind of feed', () => {
    it.each([
        ['rss-0.91.xml', { ...story, inLanguage: 'en-GB' }],
        ['rss-1.0.rdf', { ...story, datePublished: '2017-11-23T18:49:00+03:00' }],
        [
            'rss-2.0.xml',
            { ...story, datePublished: '2017-11-23T18:49:00-05:00', inLanguage: 'en', content: '<p>The whole story.</p>' },
        ],
        ['atom-0.3.xml', { ...story, datePublished: '2017-11-23T18:49:00Z', lastModified: '2017-11-24' }],
        [
            'atom-1.0.xml',
            {
                ...story,
                datePublished: '2017-11-23T18:49:00+03:00',
                lastModified: '2017-11-24T08:00:00Z',
                inLanguage: 'de',
                content: '<div>The <em>whole</em> story.</div>',
            },
        ],
        [
            'feed.json',
            {
                ...story,
                datePublished: '2017-11-23T18:49:00+03:00',
                lastModified: '2017-11-24T08:00:00Z',
                inLanguage: 'en',
                content: '<p>The whole story.</p>',
            },
        ],
    ])('%s gives the article', (name, lead) => {
        const document = read(data(name));
        expect(document?.kind).toBe('feed');
        expect(document?.problems).toEqual([]);
        expect(document?.leads[0]).toEqual(lead);
    });
    it('says to which page it belongs, and what its next page is', () => {
        const document = read(data('atom-1.0.xml'));
        expect(document).toMatchObject({ title: 'Example News', home: 'https://example.org/' });
        expect(document?.leads.at(-1)).toEqual({
            url: 'https://example.org/feed?page=2',
            kind: 'feed',
            source: 'pagination',
        });
    });
});
describe('entries', () => {
    const rss = (item, channel = '') => read(`<rss version="2.0"><channel><link>https://example.org/</link>${channel}<item>${item}</item></channel></rss>`);
    const first = (item) => rss(item)?.leads[0];
    it('use the guid where there is no link, if it is one', () => {
        expect(first('<guid>https://example.org/a</guid>')?.url).toBe('https://example.org/a');
        expect(first('<guid isPermaLink="false">tag:example.org,2017:1</guid>')).toBeUndefined();
    });
    it('use the original link of FeedBurner', () => {
        expect(first('<link>https://feedproxy.example.net/~r/1</link><feedburner:origLink>https://example.org/a</feedburner:origLink>')?.url).toBe('https://example.org/a');
    });
    it('take the page among several links', () => {
        const document = read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/self"/><link rel="enclosure" href="/a.mp3"/><link type="text/html" href="/a"/><link rel="replies" href="/c"/></entry></feed>`);
        expect(document?.leads.map(({ url }) => url)).toEqual(['https://example.org/a']);
    });
    it('resolve links against xml:base', () => {
        const document = read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/x/"><entry xml:base="y/"><link href="a"/></entry></feed>`);
        expect(document?.leads[0]?.url).toBe('https://example.org/x/y/a');
    });
    it('do not take the title, link or date of something nested', () => {
        expect(first('<source url="https://other.example/">Other</source><media:content><media:title>Picture</media:title></media:content><title>Own</title><link>/a</link><itunes:title>Podcast</itunes:title>')).toEqual({
            url: 'https://example.org/a',
            kind: 'page',
            source: 'feed',
            title: 'Own',
        });
        const atom = read('<feed xmlns="http://www.w3.org/2005/Atom"><entry><source><title>Other</title><link href="https://other.example/"/><updated>2001-01-01</updated></source><title>Own</title><link href="/a"/></entry></feed>');
        expect(atom?.leads[0]).toEqual({ url: 'https://example.org/a', kind: 'page', source: 'feed', title: 'Own' });
    });
    it('have titles as text, however often they were escaped', () => {
        expect(first('<link>/a</link><title>A &lt;b&gt;bold&lt;/b&gt; &amp;amp; quiet&nbsp;word</title>')?.title).toBe('A bold & quiet word');
        expect(first('<link>/a</link><title><![CDATA[1 < 2 & 3]]></title>')?.title).toBe('1 < 2 & 3');
    });
    it.each([
        ['cut off', '<rss><channel><item><link>/a</link></item><item><link>/b</link><title>Half a'],
        ['ends missing', '<rss><channel><item><link>/a</link><title>No end<item><link>/b</link></channel></rss>'],
        [
            'markup in a title',
            '<rss><channel><item><title>A <b>bold</i> word</title><link>/a</link></item><item><link>/b</link></item></channel></rss>',
        ],
        [
            'bare ampersands',
            '<rss><channel><item><title>A & B &c</title><link>/a</link></item><item><link>/b?x&copy=1</link></item></channel></rss>',
        ],
        [
            'items outside the channel',
            '<rdf:RDF><channel rdf:about="x"/><item rdf:about="/x"><link>/a</link></item><item><link>/b</link></item></rdf:RDF>',
        ],
        [
            'a declaration after a line',
            '\n\n<?xml version="1.0"?><rss><channel><item><link>/a</link></item><item><link>/b</link></item></channel></rss>',
        ],
    ])('are read all the same with %s', (_, body) => {
        expect(read(body)?.leads.map(({ url }) => url.split('?')[0])).toEqual([
            'https://example.org/a',
            'https://example.org/b',
        ]);
    });
    it('are not expanded from a DTD', () => {
        const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title><link>/a</link></item></channel></rss>`;
        expect(read(bomb)?.leads[0]?.title).toBe('&b;');
    });
    it('are as a generator wrote them', () => {
        const entry = fc.record({
            title: fc.stringMatching(/^[A-Za-z&'"äж][A-Za-z0-9 &'"äж]{0,30}[a-z]$/).filter((text) => !/&[a-z]/i.test(text)),
            path: fc.stringMatching(/^[a-z0-9]{1,12}$/),
            date: fc.date({ min: new Date('1995-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
            content: fc.stringMatching(/^<p>[a-z &;<>]{0,40}<\/p>$/),
        });
        fc.assert(fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (entries) => {
            const seconds = (date) => Math.floor(date.getTime() / 1000);
            const expected = entries.map((e) => [
                `https://example.org/${e.path}`,
                e.title.replace(/\s+/g, ' '),
                seconds(e.date),
                e.content,
            ]);
            const link = (e) => `https://example.org/${e.path}`;
            const feeds = [
                generateRssFeed({
                    title: 'T',
                    description: 'D',
                    items: entries.map((e) => ({
                        title: e.title,
                        link: link(e),
                        pubDate: e.date,
                        content: { encoded: e.content },
                    })),
                }),
                generateAtomFeed({
                    id: 'x',
                    title: { value: 'T' },
                    updated: new Date(0),
                    entries: entries.map((e) => ({
                        id: link(e),
                        title: { value: e.title },
                        updated: e.date,
                        published: e.date,
                        links: [{ href: link(e) }],
                        content: { value: e.content, type: 'html' },
                    })),
                }),
                JSON.stringify(generateJsonFeed({
                    title: 'T',
                    items: entries.map((e) => ({
                        id: link(e),
                        url: link(e),
                        title: e.title,
                        date_published: e.date,
                        content_html: e.content,
                    })),
                })),
            ];
            for (const feed of feeds) {
                const read = readDocument(Buffer.from(feed), { url: FEED })?.leads.map((lead) => [
                    lead.url,
                    lead.title,
                    seconds(new Date(lead.datePublished)),
                    lead.content,
                ]);
                expect(read).toEqual(expected);
            }
        }));
    });
});
describe('what is no feed', () => {
    it.each([
        ['an HTML page', '<!doctype html><html><head><title>Feed</title></head><body><rss></rss></body></html>'],
        ['a page without a doctype', '<html><body>about <feed> and <rss></body></html>'],
        ['a fragment', '<div><rss></rss></div>'],
        ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'],
        [
            'OpenSearch',
            '<?xml version="1.0"?><OpenSearchDescription><Url template="https://example.org/?q="/></OpenSearchDescription>',
        ],
        ['other RDF', '<rdf:RDF xmlns:rdf="x"><foaf:Person><foaf:name>A</foaf:name></foaf:Person></rdf:RDF>'],
        ['other JSON', '{"items": [{"url": "https://example.org/a"}]}'],
        ['text', 'hello'],
        ['nothing', ''],
        ['white space', '  \n '],
    ])('%s', (_, body) => {
        expect(read(body)).toBeUndefined();
    });
    it('an empty feed is one', () => {
        expect(read('<rss version="2.0"><channel><title>Quiet</title></channel></rss>')).toMatchObject({
            kind: 'feed',
            leads: [],
            title: 'Quiet',
        });
    });
});
describe('dates of feeds and sitemaps', () => {
    it.each([
        ['2017', '2017'],
        ['2017-11', '2017-11'],
        ['2017-11-23', '2017-11-23'],
        ['2017-11-23T18:49Z', '2017-11-23T18:49Z'],
        ['2017-11-23T18:49:00.123+0300', '2017-11-23T18:49:00.123+03:00'],
        ['2017-11-23 18:49:00', '2017-11-23T18:49:00'],
        ['2017-11-23 18:49:00 UTC', '2017-11-23T18:49:00Z'],
        ['20171123T184900Z', '2017-11-23T18:49:00Z'],
        ['Thu, 23 Nov 2017 18:49:00 GMT', '2017-11-23T18:49:00Z'],
        ['Thu, 23 Nov 2017 18:49:00 +0300', '2017-11-23T18:49:00+03:00'],
        ['23 Nov 17 18:49 EDT', '2017-11-23T18:49:00-04:00'],
        ['Thu, 23 November 2017 18:49:00 MSK', '2017-11-23T18:49:00+03:00'],
        ['Thu, 23 Nov 2017 18:49:00 XYZ', '2017-11-23T18:49:00'],
        ['Thu Nov 23 18:49:00 PST 2017', '2017-11-23T18:49:00-08:00'],
        ['November 23, 2017', '2017-11-23'],
        ['2017-02-30', undefined],
        ['2017-13-01', undefined],
        ['yesterday', undefined],
        ['0000-00-00', undefined],
        ['', undefined],
    ])('%s → %s', (given, iso) => {
        expect(isoDateOf(given)?.replace(/T(\d\d:\d\d)(?=Z|[+-]|$)/, given.includes('T18:49Z') ? 'T$1' : 'T$1:00')).toBe(iso);
    });
    it('never throw and always are the record’s form', () => {
        const form = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;
        fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:]{4,8}[+-][0-9]{2,4}$/), fc.stringMatching(/^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{2,4} [0-9:]{5,8} [A-Z+0-9]{1,5}$/)), (text) => {
            const iso = isoDateOf(text);
            if (iso !== undefined)
                expect(iso).toMatch(form);
        }), { numRuns: 500 });
    });
});
