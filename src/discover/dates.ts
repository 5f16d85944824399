/**
 * Dates as feeds and sitemaps write them → ISO 8601 as precise as given. In: ISO 8601 in its many spellings, RFC 822
 * with named zones. Out: the record's date form, with the offset the source meant; undefined where it is no date.
 * Never: assumes a zone that is not written.
 */

/** RFC 822 and the zones that news feeds use beside it. Ambiguous names (IST, CST of China, BST of Bangladesh) mean what they most often do. */
const ZONES: Readonly<Record<string, string>> = {
  z: 'Z',
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  wet: '+00:00',
  west: '+01:00',
  bst: '+01:00',
  ist: '+05:30',
  cet: '+01:00',
  cest: '+02:00',
  met: '+01:00',
  mest: '+02:00',
  mez: '+01:00',
  mesz: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  msk: '+03:00',
  trt: '+03:00',
  sast: '+02:00',
  eat: '+03:00',
  wat: '+01:00',
  cat: '+02:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  akst: '-09:00',
  akdt: '-08:00',
  hst: '-10:00',
  ast: '-04:00',
  adt: '-03:00',
  brt: '-03:00',
  art: '-03:00',
  pkt: '+05:00',
  npt: '+05:45',
  ict: '+07:00',
  wib: '+07:00',
  hkt: '+08:00',
  sgt: '+08:00',
  pht: '+08:00',
  awst: '+08:00',
  jst: '+09:00',
  kst: '+09:00',
  acst: '+09:30',
  aest: '+10:00',
  aedt: '+11:00',
  nzst: '+12:00',
  nzdt: '+13:00',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ISO =
  /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s]\s?(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(z|[+-]\d{2}:?\d{2})?)?$/i;
const RFC_822 =
  /^(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]([a-z]{3,9})\.?,?[\s-](\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s?([+-]\d{2}:?\d{2}|[a-z]{1,5}))?(?:\s?\([^)]*\))?)?$/i;
/** `Nov 23, 2017 18:49`, `Thu Nov 23 18:49:00 EST 2017` (asctime and Java's). */
const MONTH_FIRST =
  /^(?:[a-z]{2,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(?:(\d{4}),?)?(?:\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([+-]\d{2}:?\d{2}|[a-z]{1,5})?(?:\s(\d{4}))?)?$/i;

export function isoDateOf(text: string | undefined): string | undefined {
  const date = text?.slice(0, 100).replace(/\s+/g, ' ').trim();
  if (!date) return undefined;
  const iso = ISO.exec(date);
  if (iso) return compose(iso[1]!, iso[2], iso[3], iso[4], iso[5], iso[6], iso[8], iso[7]);
  const compact = COMPACT.exec(date);
  if (compact) return compose(compact[1]!, compact[2], compact[3], compact[4], compact[5], compact[6], compact[7]);
  const rfc = RFC_822.exec(date);
  if (rfc) return compose(fullYear(rfc[3]!), monthOf(rfc[2]!), rfc[1], rfc[4], rfc[5], rfc[6], rfc[7]);
  const first = MONTH_FIRST.exec(date);
  const year = first?.[3] ?? first?.[8];
  if (first && year) return compose(year, monthOf(first[1]!), first[2], first[4], first[5], first[6], first[7]);
  return undefined;
}

const two = (text: string): string => text.padStart(2, '0');
const monthOf = (name: string): string => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`);

function compose(
  year: string,
  month?: string,
  day?: string,
  hour?: string,
  minute?: string,
  second?: string,
  zone?: string,
  fraction?: string,
): string | undefined {
  if (year < '1900') return undefined;
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === undefined) return `${year}-${two(month)}`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > last) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined || minute === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return date;
  return `${date}T${two(hour)}:${minute}${second === undefined ? '' : `:${second}`}${fraction ?? ''}${offsetOf(zone)}`;
}

/** Empty for a zone that nobody knows: the time stays local. */
function offsetOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  const numeric = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!numeric) return ZONES[zone.toLowerCase()] ?? '';
  return Number(numeric[2]) > 14 || Number(numeric[3] ?? 0) > 59
    ? ''
    : `${numeric[1]}${numeric[2]}:${numeric[3] ?? '00'}`;
}
