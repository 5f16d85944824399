/**
 * Short codes of content systems that nothing has filled in: "[gallery ids="1,2"]", "[embed]…[/embed]". In: text of a
 * page. Out: the text without the codes, with what stands between two of them. Never: brackets of an author, as "[sic]",
 * "[…]" and "[1]", or what is shown as code.
 */

/** An address that was to become a player. */
const EMBED = /\[embed[^\]]{0,200}\]\s{0,9}https?:[^\s[\]]{1,500}\s{0,9}\[\/embed\]/gi;
/** "[b]words[/b]". */
const PAIR = /\[([a-z][\w-]{0,40})\]([^[\]]{0,2000})\[\/\1\]/gi;
/** "[button link=”/tickets” size=”big”]", "[/button]", "[embed]", "[vc_row]". */
const CODE =
  /\[[a-z][\w-]{1,40}\s{1,9}[\w-]{1,40}\s{0,9}=[^\][\n]{1,400}\]|\[\/[a-z][\w-]{0,40}\]|\[(?:embed|gallery|caption|toc|[a-z]{2,12}(?:_[a-z]{2,12}){1,4})\]/g;

export function withoutShortCodes(text: string): string {
  return text.replace(EMBED, '').replace(PAIR, '$2').replace(CODE, '');
}
