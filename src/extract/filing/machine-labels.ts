/** What content systems file articles by: no words of a reader's. Data; keywords and sections are held against it. */

const MACHINE_LABELS: readonly RegExp[] = [
  /** "tag:123", "article_id=7", "source:tagname:Wire". */
  /^[\w.-]+[:=](?:\S*$|[\w.-]+[:=])/,
  /** "_evergreen", "_Prio_3", "editors_pick", "e!_insider", "@front-page". */
  /^_|^[a-z][a-z\d!&]*(?:_[a-z\d!&-]+)+$|^@[\w-]/i,
  /** What may be shown again in years; "Evergreen" is a name. */
  /^evergreen$|^Evergreen[A-Z]|[a-z]Evergreen$/,
  /** "Category: Wine", "NLP Category: General", "Section: News", "type: news", "Page: article": the section again. */
  /^(?:\w+ )?(?:category|section|type|page|region|brand|template|channel): ?/i,
  /** What is to be done with a page: "exclude-from-homepage", "paywall exclude", "no-index", "comments-enabled", "show-published-date". */
  /(?:^|[-_ ])exclude(?:[-_ ]|$)|^no-?(?:index|follow)$|^(?:comments?|ads?|paywall)[-_ ](?:enabled|disabled|on|off)$|^(?:show|hide)-(?:\w+-)?(?:date|author|byline|title|image|comments|ads)$/i,
  /** How it is laid out: "textaboveleftsmall", "splitscreenimageleftinset". */
  /^(?:text|image|video|split|screen|one|two|columns?|above|below|left|right|center|small|large|inset|full|bleed|grid|width|hero|header){3,}$|^(?:one|two|three)columns?$/,
  /** A place that nobody filled in: "[NAME]", "{team}", "[SYNDICATED CONTENT]". */
  /^(?:\[[^\]]*\]|\{[^}]*\})$/,
  /^[\da-f]{32}$/i,
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  /^[\d.,;/ -]+$/,
  /** An address of the site's, or of who writes for it. */
  /^(?:www\.)?[\w-]+\.(?:com|org|net|de|fr|es|it|uk|co\.uk)$|^https?:|[\w.]@[\w-]+\.\w/i,
  /** What a content system writes where nobody chose. */
  /^(?:un(?:categori[sz]ed|kategorisiert)|nicht kategorisiert|ohne kategorie|keine kategorie|sin categor[ií]a|non class[ée]|senza categoria|sem categoria|geen categorie|okategoriserad[e]?|ukategorisert|ikke kategoriseret|bez kategorii|nezařazené|kategorizálatlan|genel kategori|без рубрики|без категории|未分类|未分類|미분류|غير مصنف|غير مصنفة)$/iu,
  /^(?:articles?|news ?article|story|stories|tags|default|root|null|undefined|none|n\/a)$/i,
];

export const isMachineLabel = (text: string): boolean => MACHINE_LABELS.some((label) => label.test(text));
