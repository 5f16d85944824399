import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, decodeHtml } from '../../src/fetch/charset.js';
/** Encodes by turning the decoder around: every one- and two-byte sequence of the encoding, read once. */
function encode(text, encoding) {
    const table = new Map();
    const decoder = new TextDecoder(encoding, { fatal: true });
    const put = (bytes) => {
        try {
            const char = decoder.decode(Uint8Array.from(bytes));
            if (!table.has(char))
                table.set(char, bytes);
        }
        catch { }
    };
    for (let byte = 0; byte < 256; byte++)
        put([byte]);
    if (/jis|euc|gb|big5/.test(encoding))
        for (let lead = 0x81; lead < 0xff; lead++)
            for (let trail = 0x40; trail < 0xff; trail++)
                put([lead, trail]);
    // Some releases of Node read these as control characters.
    if (encoding === 'windows-1252')
        for (const [char, byte] of [
            ['’', 0x92],
            ['“', 0x93],
            ['”', 0x94],
            ['–', 0x96],
        ])
            table.set(char, [byte]);
    return Uint8Array.from([...text].flatMap((char) => table.get(char) ?? fail(`${encoding} has no ${char}`)));
}
function fail(message) {
    throw new Error(message);
}
const latin1 = (text) => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf8 = (text) => Uint8Array.from(Buffer.from(text));
const TEXTS = {
    german: 'Die Brücke über den Fluß wurde für drei Jahre gesperrt, sagte der Bürgermeister “vor Ort” – größtenteils.',
    polish: 'Źródła w urzędzie potwierdziły, że most będzie zamknięty do września; żadnych wyjątków nie będzie, mówią władze.',
    hungarian: 'A hidat három évre lezárják, közölte a polgármester; az üzemeltető szerint hétfőtől kerülőút működik, műszaki okból.',
    italian: 'Il ponte resterà chiuso perché non è più sicuro, ha detto il sindaco; così la città cercherà un’altra via.',
    french: 'Le pont sera fermé à la circulation, a déclaré le maire ; les élèves prendront l’autobus dès la rentrée, où qu’ils soient.',
    turkish: 'Köprü üç yıl boyunca kapalı kalacak, dedi belediye başkanı; ulaşım değişik bir güzergâhtan sağlanacak, kış için ışıklandırılacak.',
    russian: 'Мост через реку закрыли на три года, сообщил мэр города. Жители будут ездить в объезд.',
    ukrainian: 'Міст через річку закрили на три роки, повідомив міський голова. Мешканці їздитимуть в об’їзд.',
    greek: 'Η γέφυρα θα παραμείνει κλειστή για τρία χρόνια, είπε ο δήμαρχος της πόλης.',
    hebrew: 'הגשר ייסגר לשלוש שנים, אמר ראש העיר לתושבים.',
    arabic: 'سيغلق الجسر لمدة ثلاث سنوات حسبما قال رئيس البلدية للسكان.',
    thai: 'สะพานจะปิดเป็นเวลาสามปี นายกเทศมนตรีกล่าวกับประชาชน',
    japanese: 'この橋は三年間閉鎖されると市長が発表した。住民は別の道を使うことになる。',
    chinese: '市长说这座桥将关闭三年，居民们要走另外的路，新的交通方案已经公布。',
    taiwanese: '市長說這座橋將關閉三年，居民們要走另外的路，新的交通方案已經公布。',
    korean: '시장은 이 다리가 삼 년 동안 폐쇄될 것이라고 말했다. 주민들은 다른 길로 다녀야 한다.',
};
const LEGACY = [
    ['german', 'windows-1252'],
    ['polish', 'windows-1250'],
    ['polish', 'iso-8859-2'],
    ['hungarian', 'windows-1250'],
    ['italian', 'windows-1252'],
    ['french', 'windows-1252'],
    ['turkish', 'windows-1254'],
    ['russian', 'windows-1251'],
    ['russian', 'koi8-r'],
    ['russian', 'iso-8859-5'],
    ['ukrainian', 'windows-1251'],
    ['greek', 'windows-1253'],
    ['hebrew', 'windows-1255'],
    ['arabic', 'windows-1256'],
    ['thai', 'windows-874'],
    ['japanese', 'shift_jis'],
    ['japanese', 'euc-jp'],
    ['chinese', 'gbk'],
    ['taiwanese', 'big5'],
    ['korean', 'euc-kr'],
];
function page(language, encoding, before) {
    // What an encoding has no sign for stands as an apostrophe or a comma on its pages.
    const text = encoding === 'windows-1252' || !/[“”–’]/.test(TEXTS[language])
        ? TEXTS[language]
        : TEXTS[language].replace(/[“”–’]/g, ',');
    return Buffer.concat([latin1(before), encode(text, encoding)]);
}
describe('a page in a legacy encoding', () => {
    it.each(LEGACY)('in %s, %s, is read by its header', (language, encoding) => {
        const { html } = decodeHtml(page(language, encoding, '<p>'), `text/html; charset="${encoding}"`);
        expect(html.slice(3, 30)).toBe(TEXTS[language].slice(0, 27));
    });
    it.each(LEGACY)('in %s, %s, is read by its meta', (language, encoding) => {
        const { html, encoding: name } = decodeHtml(page(language, encoding, `<meta charset=${encoding}><p>`), 'text/html');
        expect(html).toContain(TEXTS[language].slice(0, 27));
        expect(name).toBe(new TextDecoder(encoding).encoding);
    });
    it.each(LEGACY)('in %s, %s, is recognised where nothing declares it', (language, encoding) => {
        const { html } = decodeHtml(page(language, encoding, '<!doctype html><title>news</title><p>'));
        expect(html).toContain(TEXTS[language].slice(0, 27));
    });
});
describe('a declaration', () => {
    const german = encode('<p>Brücke', 'windows-1252');
    const russian = encode('Мост закрыли', 'windows-1251');
    it.each([
        ['<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
        ['<META content=text/html;charset=windows-1251 http-equiv=content-type />'],
        ["<meta name=x><!-- <meta charset=utf-8> --><script>if (a<b) c</script><meta charset = 'windows-1251'>"],
        ['<?xml version="1.0" encoding="windows-1251"?><html>'],
        [`<script>${'x'.repeat(3000)}</script><meta charset="windows-1251">`],
        ['<meta charset="utf-8"><meta charset="windows-1251">'],
        ['<meta charset="no-such"><meta charset="windows-1251">'],
    ])('%.60s is found', (head) => {
        expect(decodeHtml(Buffer.concat([latin1(head), russian]))).toEqual({
            html: `${head}Мост закрыли`,
            encoding: 'windows-1251',
        });
    });
    it.each([
        ['<!-- <meta charset=windows-1251> -->'],
        ['<meta name="description" content="charset=windows-1251">'],
        ['<p title="<meta charset=windows-1251>">'],
        ['<meta charset="replacement">'],
    ])('%s is none', (head) => {
        expect(decodeHtml(Buffer.concat([latin1(head), german])).html).toContain('Brücke');
    });
    it('in the header goes before the one in the page, where both can be', () => {
        const bytes = Buffer.concat([latin1('<meta charset=iso-8859-5>'), russian]);
        expect(decodeHtml(bytes, 'text/html; charset=windows-1251').html).toContain('Мост закрыли');
    });
    it('of Latin-1 that a server adds to everything does not hold against the page and its text', () => {
        const bytes = Buffer.concat([latin1('<meta charset=windows-1251>'), encode(TEXTS.russian, 'windows-1251')]);
        expect(decodeHtml(bytes, 'text/html; charset=ISO-8859-1').html).toContain(TEXTS.russian);
    });
    it.each(['windows-1252', 'us-ascii', 'windows-1251', 'gbk'])('of %s over UTF-8 is a lie', (label) => {
        const html = `<meta charset=${label}>${TEXTS.russian}`;
        expect(decodeHtml(utf8(html), `text/html; charset=${label}`)).toEqual({ html, encoding: 'utf-8' });
    });
    it('of UTF-8 over something else is a lie, too', () => {
        const bytes = Buffer.concat([latin1('<meta charset=utf-8>'), encode(TEXTS.german, 'windows-1252')]);
        expect(decodeHtml(bytes, 'text/html; charset=utf-8')).toEqual({
            html: `<meta charset=utf-8>${TEXTS.german}`,
            encoding: 'windows-1252',
        });
    });
    it('of a multi-byte encoding over a few bytes that could be UTF-8 holds', () => {
        const bytes = encode('木末', 'gbk');
        expect(Buffer.from(bytes).toString()).not.toContain('\uFFFD');
        expect(decodeHtml(bytes, 'text/html; charset=gb2312').html).toBe('木末');
    });
    it('of ISO-2022-JP is obeyed, though its bytes are all ASCII', () => {
        const bytes = latin1('<meta charset=iso-2022-jp>\x1b$B5~ET\x1b(B');
        expect(decodeHtml(bytes)).toEqual({ html: '<meta charset=iso-2022-jp>京都', encoding: 'iso-2022-jp' });
    });
});
describe('UTF-8', () => {
    it('with a mark at its beginning loses the mark', () => {
        expect(decodeHtml(utf8('\uFEFF<p>ö'), 'text/html; charset=windows-1252')).toEqual({
            html: '<p>ö',
            encoding: 'utf-8',
        });
    });
    it('with fragments of another encoding in it is read as both', () => {
        const bytes = Buffer.concat([utf8(`<p>${TEXTS.russian} ä ö`), latin1(' f\xfcr \x93Stra\xdfe\x94')]);
        expect(decodeHtml(bytes, 'text/html; charset=utf-8').html).toBe(`<p>${TEXTS.russian} ä ö für “Straße”`);
    });
    it('cut in the middle of a character ends in a replacement character', () => {
        const bytes = utf8(`${TEXTS.russian}€`).subarray(0, -1);
        expect(decodeHtml(bytes)).toEqual({ html: `${TEXTS.russian}\uFFFD`, encoding: 'utf-8' });
    });
});
describe('UTF-16', () => {
    it.each([
        ['utf-16le', true, 'with'],
        ['utf-16be', true, 'with'],
        ['utf-16le', false, 'without'],
        ['utf-16be', false, 'without'],
    ])('%s (mark: %s) is read %s its mark', (encoding, marked) => {
        const html = '<p>Мост — 桥';
        const bytes = Buffer.from((marked ? '\uFEFF' : '') + html, 'utf16le');
        if (encoding === 'utf-16be')
            bytes.swap16();
        expect(decodeHtml(bytes, 'text/html; charset=utf-16')).toEqual({ html, encoding });
    });
    it('declared in bytes that are none is ignored', () => {
        expect(decodeHtml(utf8('<meta charset=utf-16>ö'))).toEqual({ html: '<meta charset=utf-16>ö', encoding: 'utf-8' });
    });
});
describe('any bytes', () => {
    it('give well-formed text without NUL', () => {
        const declarations = fc.constantFrom(undefined, 'utf-8', 'windows-1252', 'shift_jis', 'gb18030', 'utf-16', 'koi8-r', 'x');
        fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), declarations, (bytes, label) => {
            const { html } = decodeHtml(bytes, label && `text/html; charset=${label}`);
            expect(html).not.toContain('\0');
            expect(cleanText(html)).toBe(html);
        }), { numRuns: 500 });
    });
    it('of a text in UTF-8 give that text', () => {
        fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
            fc.pre(!text.includes('\uFEFF'));
            expect(decodeHtml(utf8(text)).html).toBe(text.replaceAll('\0', ''));
        }));
    });
    it('by the megabyte, unclosed tags or stray bytes, take no time to speak of', () => {
        for (const unit of ['<meta ', '<meta content="', '<!--', '\xe4', '\xc3', '\xe4\xe4 a', '<?xml encoding='])
            expect(decodeHtml(latin1(unit.repeat(2 ** 21 / unit.length))).html.length).toBeGreaterThan(0);
    });
});
describe('text that came as text', () => {
    it('loses NUL and unpaired surrogates', () => {
        expect(cleanText('a\0b\ud800c\udc00d\ud83d\ude00')).toBe('ab\ufffdc\ufffdd\ud83d\ude00');
    });
});
