/** Where pages put their dates, as data: names of `<meta>`, keys of JSON, class words, and words beside a visible date. */
import { WordList } from '../page/tokens.js';
import type { Element } from '../page/tree.js';

/** What a date is of. */
export type Role = 'published' | 'modified';

export interface Place {
  readonly role: Role;
  /** 0 to 1: how often such a date is the article's. */
  readonly weight: number;
}

const published = (weight: number): Place => ({ role: 'published', weight });
const modified = (weight: number): Place => ({ role: 'modified', weight });

/** By lower-cased name, property or itemprop. */
export const META_DATES: Readonly<Record<string, Place>> = {
  'article:published_time': published(0.9),
  'article:published': published(0.88),
  'article:publicationdate': published(0.85),
  'og:published_time': published(0.88),
  'og:article:published_time': published(0.88),
  'og:pubdate': published(0.85),
  'og:publish_date': published(0.85),
  'article.published': published(0.85),
  published_time: published(0.85),
  'rnews:datepublished': published(0.85),
  datepublished: published(0.88),
  'parsely-pub-date': published(0.85),
  'cxenseparse:recs:publishtime': published(0.85),
  'cxenseparse:publishtime': published(0.85),
  'sailthru.date': published(0.75),
  'dc.date.issued': published(0.8),
  'dcterms.issued': published(0.8),
  'dcterms.available': published(0.75),
  'dc.date.created': published(0.7),
  'dcterms.created': published(0.7),
  'dc.created': published(0.65),
  'dc.date.published': published(0.8),
  'dc.date': published(0.65),
  'dc.date.x-metadatalastmodified': modified(0.6),
  'dcterms.date': published(0.65),
  'dcsext.articlefirstpublished': published(0.85),
  'bt:pubdate': published(0.8),
  publishdate: published(0.8),
  'publish-date': published(0.8),
  publish_date: published(0.8),
  'published-date': published(0.8),
  pubdate: published(0.8),
  pub_date: published(0.8),
  publication_date: published(0.8),
  'publication-date': published(0.8),
  publicationdate: published(0.8),
  originalpublicationdate: published(0.85),
  article_date_original: published(0.85),
  'article:created_time': published(0.7),
  'article:post_date': published(0.75),
  date: published(0.65),
  datecreated: published(0.65),
  'date.created': published(0.65),
  date_published: published(0.8),
  'date.release': published(0.75),
  created: published(0.6),
  displaydate: published(0.75),
  release_date: published(0.6),
  'dcterms.dateaccepted': published(0.4),
  citation_online_date: published(0.7),
  citation_publication_date: published(0.6),
  citation_date: published(0.6),
  'prism.publicationdate': published(0.65),
  ptime: published(0.7),
  gentime: published(0.6),
  firstpublished: published(0.8),
  'video:release_date': published(0.6),
  'ob:published': published(0.7),
  uploaddate: published(0.6),
  time: published(0.4),
  'article:modified_time': modified(0.85),
  'article:modified': modified(0.85),
  'og:updated_time': modified(0.75),
  'og:modified_time': modified(0.8),
  'article:updated': modified(0.8),
  'article:updated_time': modified(0.8),
  datemodified: modified(0.85),
  'dcterms.modified': modified(0.8),
  'dc.date.modified': modified(0.8),
  'dc.modified': modified(0.75),
  lastmod: modified(0.7),
  'last-modified': modified(0.6),
  lastmodified: modified(0.65),
  'last-updated': modified(0.7),
  'article:last_modified': modified(0.8),
  modified: modified(0.6),
  updated: modified(0.6),
  revised: modified(0.6),
  utime: modified(0.6),
  'dcterms.dateupdated': modified(0.7),
  dateupdate: modified(0.7),
  article_date_updated: modified(0.75),
  'date.modified': modified(0.7),
  'date.updated': modified(0.7),
  revision_date: modified(0.6),
  last_updated_date: modified(0.7),
};

/**
 * Names that no table can list: `five_hundred_pixels:uploaded`, `dtk:createddate`, `iso-8601-publish-date`,
 * `article_date`. Only a machine's date counts there.
 */
const UNKNOWN_META_DATE =
  /^(?!.*(?:publisher|last|modif|updat|expir|revis|review|valid|build|render|cache|generat|by$))(?:.*[:._-])?(?:publish|publication|pub-?_?da|upload|create|issued|posted|release|(?:(?:article|content|display|entry|first|news|page|post|story)[._-]?)?date(?:time)?$)/i;

/** What each of those names has. */
const MAY_BE_DATE = /publi|pub[-_]?da|upload|create|issued|posted|release|date/i;

/** Names that were asked for; a page has tens of them, and its site the same on all pages. */
const metaPlaces = new Map<string, Place | null>();
/** The table is emptied when it holds as many. */
const MAX_META_PLACES = 2000;

export function metaPlace(name: string): Place | undefined {
  let place = metaPlaces.get(name);
  if (place === undefined) {
    if (metaPlaces.size >= MAX_META_PLACES) metaPlaces.clear();
    const isDate = MAY_BE_DATE.test(name) && UNKNOWN_META_DATE.test(name);
    place = META_DATES[name] ?? (isDate ? published(0.4) : null);
    metaPlaces.set(` ${name}`.slice(1), place);
  }
  return place ?? undefined;
}

/** Of the page's own linked thing. */
export const LINKED_DATES: Readonly<Record<string, Place>> = {
  datePublished: published(0.92),
  dateCreated: published(0.7),
  uploadDate: published(0.7),
  datePosted: published(0.75),
  dateModified: modified(0.9),
};

/** Microdata and RDFa properties, without prefix. */
export const PROPERTY_DATES: Readonly<Record<string, Place>> = {
  datepublished: published(0.85),
  datecreated: published(0.65),
  published: published(0.7),
  uploaddate: published(0.6),
  issued: published(0.7),
  created: published(0.6),
  date: published(0.6),
  datemodified: modified(0.8),
};

/** What may be a date behind a key of a script: `:"2023-…`, escaped or not, ` = 1700000000`. */
export const STATE_DATE = /[:=]\s?\\?["']?((?:19|20)\d\d[-/]\d\d?[-/]\d\d?[^"'\\,;}<]{0,20}|1\d{9}(?:\d{3})?(?!\d))/g;
/** The key, at the end of what stands before it. */
export const STATE_KEY = /([\w.-]{4,40})\\?["']?\s?$/;
/** Characters in which that key stands. */
export const MAX_STATE_KEY = 44;

/** Keys in hydration state that speak of publication, most trusted first; others than the first that holds are not asked. */
const STATE_KEYS: readonly (readonly [key: RegExp, weight: number])[] = [
  [/modif|updat|last|expir|un_?publi|remov|delet|valid|until|end/i, 0],
  [/^datePublished$/, 0.6],
  [/first_?publi|publi(?:sh|cation).*first/i, 0.55],
  [/publi(?:sh|cation)|pub_?dat|pub_?time/i, 0.5],
  [/^(?:published|display_?date|post_?date|article_?date|date_?posted|release_?date)$/i, 0.45],
  [/created|create_?(?:time|date|at|on)/i, 0.35],
];

export function stateWeight(key: string): number {
  return STATE_KEYS.find(([pattern]) => pattern.test(key))?.[1] ?? 0;
}

/** Class words of a date that is the publication's, an update's, or not the article's. */
export const PUBLISHED_WORDS = new WordList(
  'published publish pubdate publication postdate entrydate articledate datepublished posted created dateline',
);
export const MODIFIED_WORDS = new WordList('modified updated update lastmod lastupdate datemodified refresh');
const ELSEWHERE_WORDS = new WordList(
  'comment comments commentlist reply replies related recommended recommendations sidebar widget teaser teasers card cards footer nav navigation menu archive calendar events event ticker latest popular trending most copyright clock today now weather stock promo carousel slider readmore more',
);

/** What notes of an article stand in behind its text, though other footers are the site's. */
const OWN_FOOTER = /(?:^|[\s_-])(?:post|entry|article|story)[_-]{0,2}footer/i;

/** Whether an element's names say that it holds something else than the article. */
export const isElsewhere = (element: Element): boolean =>
  ELSEWHERE_WORDS.names(element) && !OWN_FOOTER.test(element.attribs.class ?? '');

/** Visible words beside the date of an update, in many languages; nothing in the runtime's data says "updated". */
export const UPDATED_TEXT =
  /updated?\b|modified|last edit|revised|aktualisier|akt\.|geändert|änderung|zuletzt|stand:|bearbeitet|überarbeitet|mis à jour|màj|modifié|actualis|actualiz|actualitz|atualiz|aggiornat|modificat|ultima modifica|bijgewerkt|gewijzigd|laatste update|uppdater|opdater|oppdater|päivitetty|muokattu|aktualiz|zaktualiz|zmodyfik|frissít|módosít|обновл|изменен|оновлен|обновен|güncelle|cập nhật|diperbarui|更新|수정|업데이트|تحديث|עודכן|अपडेट|আপডেট|হালনাগাদ|อัปเดต|อัพเดต|แก้ไขล่าสุด|به‌روزرسانی|بروزرسانی|اپ ?ڈیٹ|yenilən|yangilan|жаңарт|ενημ[εέ]ρ[ωώ]|τροποποι|uppfær|posodob|spremenjen|ažurir|izmenjen|izmijenjen|izmjena|izmena|promijenjen|ажурир|измењен|измена|актуализ|променен|абноўлен|upraven|změněn|zmenen|atnaujin|atjaun(?:ot|ināt)|uuendat|muudet|განახლ|թարմաց|अद्यतन|अद्ययावत|અપડેટ|புதுப்பிக்க|అప్‌?డేట్|నవీకర|ನವೀಕರ|അപ്‌?ഡേറ്റ്|പുതുക്കി|ปรับปรุง|kemas ?kini|imesasish|opgedateer|përditës|eguneratu|diweddar|nuashonr|修改|最后编辑|最後編輯/i;

/** Visible words beside the date of publication. */
export const PUBLISHED_TEXT =
  /^(?:datum|date|fecha|data|дата)(?=\s*(?:[:：]|\d|$))|publish|posted|first |created|veröffentlicht|erschienen|erstellt|vom |publié|publica[dcçt]|publicăr|pubblica[tz]|publikac|gepubliceerd|geplaatst|publicerad|publisert|udgivet|offentliggjort|julkaistu|opublikowan|zveřejněn|vydán|megjelent|közzétév|опубликов|опубліков|публик|yayın|oluşturul|đăng|terbit|dipublikasikan|発表|公開|投稿|配信|发布|發布|发表|입력|게재|登録|登錄|发表|掲載|등록|نشر|انتشار|شائع|פורסם|प्रकाशित|প্রকাশ|પ્રકાશિત|வெளியிட|ప్రచుర|ಪ್ರಕಟ|പ്രസിദ്ധീകരി|เผยแพร่|δημοσ[ιί]ε|objavljen|објављен|објавен|апублікаван|publikov|paskelbt|publicēt|avaldat|birt(?=[\s:])|жариялан|lon qilin|გამოქვეყნ|հրապարակ|dərc|imechapish|gepubliseer|publikuar|argitarat|cyhoedd|foilsith/i;

/** Visible words right before a date that is a member's, not an article's: forums show it beside each post. */
export const OTHER_TEXT =
  /(?:registriert|mitglied seit|dabei seit|registered|joined|member since|inscrit|inscription|miembro desde|registrad[oa]|iscritt[oa]|lid sinds|geregistreerd|medlem s[ei]dan|зарегистрирован|dołączył[ay]?|registrace|üyelik|tarihi katıldı)[\s:a-z]{0,8}$/i;
