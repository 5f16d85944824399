/** Where pages put their dates, as data: names of `<meta>`, keys of JSON, class words, and words beside a visible date. */
import { WordList } from '../tokens.js';

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
  'sailthru.date': published(0.8),
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
};

/** Names that no table can list: `five_hundred_pixels:uploaded`. Only a machine's date counts there. */
export const UNKNOWN_META_DATE =
  /^(?!.*(?:publisher|last|modif|updat|expir|by$))(?:.*[:._-])?(?:publish|pubdate|pub_date|upload|created|issued|posted)/i;

/** What each of those names has. */
export const MAY_BE_DATE = /publish|pub_?date|upload|created|issued|posted/i;

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

/** Keys in hydration state, in order of trust. */
export const STATE_KEYS: readonly (readonly [key: string, weight: number])[] = [
  ['datePublished', 0.6],
  ['firstPublished', 0.55],
  ['firstPublishedAt', 0.55],
  ['publishedAt', 0.55],
  ['published_at', 0.55],
  ['publishedDate', 0.55],
  ['publishDate', 0.5],
  ['publish_date', 0.5],
  ['pubDate', 0.5],
  ['pub_date', 0.5],
  ['pubdate', 0.5],
  ['publicationDate', 0.5],
  ['published_time', 0.5],
  ['published', 0.45],
  ['displayDate', 0.45],
  ['dateCreated', 0.4],
  ['createdAt', 0.35],
];

/** Class words of a date that is the publication's, an update's, or not the article's. */
export const PUBLISHED_WORDS = new WordList(
  'published publish pubdate publication postdate entrydate articledate datepublished posted created dateline',
);
export const MODIFIED_WORDS = new WordList('modified updated update lastmod lastupdate datemodified refresh');
export const ELSEWHERE_WORDS = new WordList(
  'comment comments commentlist reply replies related recommended recommendations sidebar widget teaser teasers card cards footer nav navigation menu archive calendar events event ticker latest popular trending most copyright clock today weather stock promo carousel slider readmore more',
);

/** Visible words beside the date of an update, in many languages; nothing in the runtime's data says "updated". */
export const UPDATED_TEXT =
  /updated?\b|modified|last edit|revised|aktualisier|akt\.|geändert|änderung|zuletzt|stand:|bearbeitet|überarbeitet|mis à jour|màj|modifié|actualis|actualiz|atualiz|aggiornat|modificat|ultima modifica|bijgewerkt|gewijzigd|laatste update|uppdater|opdater|oppdater|päivitetty|muokattu|aktualiz|zaktualiz|zmodyfik|frissít|módosít|обновл|изменен|оновлен|обновен|güncelle|cập nhật|diperbarui|更新|수정|업데이트|تحديث|עודכן|अपडेट|ενημερώ/i;

/** Visible words beside the date of publication. */
export const PUBLISHED_TEXT =
  /^(?:datum|date|fecha|data|дата)(?=[\s:])|publish|posted|first |created|veröffentlicht|erschienen|erstellt|vom |publié|publicad|pubblicat|gepubliceerd|geplaatst|publicerad|publisert|udgivet|offentliggjort|julkaistu|opublikowan|zveřejněn|vydán|megjelent|közzétév|опубликов|опубліков|публик|yayın|oluşturul|đăng|terbit|dipublikasikan|発表|公開|投稿|发布|發布|发表|입력|게재|نشر|פורסם|प्रकाशित|δημοσιε/i;
